"""An order's interceptions: it stays open while one of them is."""

from domain.case.child import fact_between_cases, hear_grandchild
from domain.case.ids import CaseKind
from domain.case.parcel import Said
from domain.case.story import Story
from domain.intercept.life import MOVED
from domain.intercept.state import InterceptStage, InterceptStanding
from domain.order.parcels.called_off import follow_refusal
from domain.order.shipping.packing import pack
from domain.order.state import OrderState
from domain.parcels.journey import Where, note, where_is


def on_intercept_moved(state: OrderState, data: InterceptStanding, story: Story) -> None:
    """An interception tells how it stands, or its request that it has asked for one; a stopped parcel comes back."""
    if hear_grandchild(state, CaseKind.PARCEL_INTERCEPT, data, story):
        others = [parcel for parcel in state.stopped if parcel != data.parcel]
        state.stopped = [*others, data.parcel] if data.intercepted else others
        story.tell(MOVED, f"{data.parcel}: {data.stage}", case_id=data.case_id, stage=data.stage)
        _follow_parcel(state, data, story)


def _follow_parcel(state: OrderState, data: InterceptStanding, story: Story) -> None:
    """What is back by a person's word the carrier may never scan."""
    parcel = next((one for one in state.parcels if one.subject == data.parcel), None)
    if parcel is None or data.stage != InterceptStage.RETURNED or where_is(parcel) is Where.RETURNED:
        return
    note(parcel, Said.RETURNED, story.cause, state.version)
    pack(state)
    follow_refusal(state, story)


INTERCEPT_MOVED = fact_between_cases(MOVED, "An interception moved on", InterceptStanding, on_intercept_moved)
