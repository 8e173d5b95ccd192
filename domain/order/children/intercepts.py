"""An order's interceptions: it stays open while one of them is."""

from domain.case.declare import FactRule, SubjectKind
from domain.case.ids import CaseKind
from domain.case.state import Child
from domain.case.story import Story
from domain.intercept.life import MOVED
from domain.intercept.state import InterceptStanding
from domain.order.state import OrderState


def intercept_moved(state: OrderState, data: InterceptStanding, story: Story) -> None:
    """An interception tells how it stands."""
    known = next((child for child in state.children if child.case_id == data.case_id), None)
    if known is None:
        known = Child(case_id=data.case_id, kind=CaseKind.PARCEL_INTERCEPT, stage=data.stage)
        state.children.append(known)
    elif not known.open:
        return
    known.stage, known.open = data.stage, data.open
    story.tell(MOVED, f"{data.parcel}: {data.stage}", case_id=data.case_id, stage=data.stage)


INTERCEPT_MOVED = FactRule(
    event_type=MOVED,
    title="An interception moved on",
    subject=SubjectKind.ORDER,
    data=InterceptStanding,
    senders=(),
    take_in=intercept_moved,
)
