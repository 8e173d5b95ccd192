"""What the workflow of a complaint starts from."""

from pydantic import BaseModel

from domain.complaint.opening import ComplaintOpening
from domain.complaint.state import ComplaintState


class StartComplaint(BaseModel):
    """What a complaint's workflow starts from; `state` is there when it goes on from a run before."""

    opening: ComplaintOpening
    state: ComplaintState | None = None
