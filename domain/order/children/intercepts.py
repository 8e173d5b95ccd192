"""An order's interceptions: it stays open while one of them is."""

from domain.case.child import fact_between_cases, hear_grandchild
from domain.case.ids import CaseKind
from domain.case.story import Story
from domain.intercept.life import MOVED
from domain.intercept.state import InterceptStanding
from domain.order.state import OrderState


def on_intercept_moved(state: OrderState, data: InterceptStanding, story: Story) -> None:
    """An interception tells how it stands, or its request that it has asked for one; a stopped parcel comes back."""
    if hear_grandchild(state, CaseKind.PARCEL_INTERCEPT, data, story):
        others = [parcel for parcel in state.stopped if parcel != data.parcel]
        state.stopped = [*others, data.parcel] if data.intercepted else others
        story.tell(MOVED, f"{data.parcel}: {data.stage}", case_id=data.case_id, stage=data.stage)


INTERCEPT_MOVED = fact_between_cases(MOVED, "An interception moved on", InterceptStanding, on_intercept_moved)
