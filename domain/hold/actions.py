"""What people do in a hold: release it."""

from collections.abc import Iterable
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, StringConstraints

from domain.case.action import ActionContext, Input_co
from domain.case.declare import ActionRule
from domain.case.story import Story
from domain.errors import Refusal
from domain.hold import transitions
from domain.hold.state import HoldState
from domain.privacy import Private
from domain.roles import Role

HoldContext: TypeAlias = ActionContext[HoldState, Input_co]


class ReleaseHold(BaseModel):
    """Why the goods are to be shipped after all."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, StringConstraints(max_length=200), Private("release_reason")] = ""


def _release_refusals(context: HoldContext[object]) -> Iterable[Refusal]:
    return ()


def _release(context: HoldContext[object], story: Story) -> dict[str, Any]:
    transitions.release(context.state, story, f"Released by the {context.actor.role}: to be shipped")
    return {}


RELEASE = ActionRule(
    name="release",
    title="Release the hold",
    input=ReleaseHold,
    roles=(Role.AGENT, Role.BUYER, Role.SUPERVISOR, Role.OWNER),
    refusals=_release_refusals,
    take=_release,
    example={"reason": "buyer wants it"},
)
