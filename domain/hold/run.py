"""What the workflow of a hold starts from."""

from pydantic import BaseModel

from domain.hold.opening import HoldOpening
from domain.hold.state import HoldState


class StartHold(BaseModel):
    """What a hold's workflow starts from; `state` is there when it goes on from a run before."""

    opening: HoldOpening
    state: HoldState | None = None
