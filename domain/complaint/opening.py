"""What a buyer complains of, and the state that a complaint starts in."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from domain.case.cause import Evidence
from domain.case.child import Start, begin_child
from domain.case.ids import CaseKind
from domain.case.live import LiveCase
from domain.case.opening import Opening
from domain.case.units import Quantities, in_words
from domain.complaint.life import COMPLAINT
from domain.complaint.state import ComplaintState, ComplaintSurroundings, ComplaintType
from domain.privacy import Private


class FileComplaint(BaseModel):
    """A complaint: one of six types (S2-79), and what happened in the buyer's words."""

    model_config = ConfigDict(extra="forbid")

    type: ComplaintType
    text: Annotated[str, StringConstraints(max_length=1000), Private("complaint_text")] = ""


class ComplaintOpening(Opening):
    """An accepted complaint, as its workflow gets it."""

    kind = CaseKind.COMPLAINT

    type: ComplaintType
    text: str | None = None
    units: Quantities
    shipped: bool
    surroundings: ComplaintSurroundings
    refunds_by_hand: bool = False
    filed_by: Evidence


StartComplaint = Start[ComplaintOpening, ComplaintState]


def begin(opening: ComplaintOpening) -> LiveCase[ComplaintState]:
    """The complaint at version 1."""
    return begin_child(COMPLAINT, opening, f"Complaint about {opening.type}: line {in_words(opening.units)}")
