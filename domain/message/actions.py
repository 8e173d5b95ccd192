"""What people do about a message that cannot be read: have it tried again, or set it aside."""

from collections.abc import Iterable
from typing import Any

from domain.case.action import ActionContext
from domain.case.declare import ActionRule, Nothing
from domain.case.errand import SeeToMessages
from domain.case.story import Story
from domain.errors import Refusal
from domain.message.state import MessageStage, MessageState
from domain.roles import SELLER

TRIED_NOW = Refusal(code="being_tried", message="The message is being tried again just now.")


def _again_refusals(context: ActionContext[MessageState, object]) -> Iterable[Refusal]:
    if context.state.at is MessageStage.TRYING:
        yield TRIED_NOW


def _try_again(context: ActionContext[MessageState, Nothing], story: Story) -> dict[str, Any]:
    state = context.state
    state.stage, state.tries = MessageStage.TRYING, state.tries + 1
    story.tell("message.tried", "The message is tried again")
    story.send(SeeToMessages(again=True))
    return {}


def _aside_refusals(context: ActionContext[MessageState, object]) -> Iterable[Refusal]:
    return ()


def _set_aside(context: ActionContext[MessageState, Nothing], story: Story) -> dict[str, Any]:
    state = context.state
    state.stage = state.outcome = MessageStage.SET_ASIDE
    state.open = False
    story.tell("message.set_aside", "The message is set aside: nothing of it is taken in")
    story.send(SeeToMessages(again=False))
    return {}


TRY_AGAIN = ActionRule(
    name="try_again",
    title="Try the message again",
    input=Nothing,
    roles=SELLER,
    refusals=_again_refusals,
    take=_try_again,
)
SET_ASIDE = ActionRule(
    name="set_aside",
    title="Set the message aside",
    input=Nothing,
    roles=SELLER,
    refusals=_aside_refusals,
    take=_set_aside,
)
