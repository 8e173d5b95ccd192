"""What the workflow of an interception starts from."""

from pydantic import BaseModel

from domain.intercept.opening import InterceptOpening
from domain.intercept.state import InterceptState


class StartIntercept(BaseModel):
    """What an interception's workflow starts from; `state` is there when it goes on from a run before."""

    opening: InterceptOpening
    state: InterceptState | None = None
