"""What a buyer complains of, and the state that a complaint starts in."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from domain.case.cause import Evidence
from domain.case.live import LiveCase
from domain.case.rules import FIRST
from domain.complaint.life import COMPLAINT
from domain.complaint.state import ComplaintState, ComplaintSurroundings, ComplaintType
from domain.privacy import Private
from domain.roles import Actor
from domain.shop.hours import WorkingHours
from domain.times import Instant


class FileComplaint(BaseModel):
    """A complaint: one of six types (S2-79), and what happened in the buyer's words."""

    model_config = ConfigDict(extra="forbid")

    type: ComplaintType
    text: Annotated[str, StringConstraints(max_length=1000), Private("complaint_text")] = ""


class ComplaintOpening(BaseModel):
    """An accepted complaint, as its workflow gets it."""

    case_id: str
    merchant: str
    platform: str
    policy: str
    order_case_id: str
    order_id: str
    type: ComplaintType
    text: str | None = None
    line_ids: list[str]
    shipped: bool
    around: ComplaintSurroundings
    paid_by_hand: bool = False
    hours: WorkingHours = WorkingHours()
    rules: int = FIRST
    opened_at: Instant
    opened_by: Actor
    filed_by: Evidence


def begun(opening: ComplaintOpening) -> LiveCase[ComplaintState]:
    """The case at version 1: the order's write and the workflow start from the very same."""
    state = ComplaintState(
        updated_at=opening.opened_at,
        **{name: getattr(opening, name) for name in ComplaintOpening.model_fields if name != "opened_by"},
    )
    case = LiveCase(COMPLAINT, state)
    summary = f"Complaint about {opening.type}: line {', '.join(opening.line_ids)}"
    case.begin(summary, opening.opened_by, opening.opened_at)
    return case
