"""The life of a message that cannot be read, from top to bottom.

It opens with the first message of a source that cannot be read for a reason; others with the same reason join it.
Somebody mends what is wrong with the connector or the shop's settings and has them tried again, or sets them aside.
Tried, each is taken in or told to be unreadable again. It ends when the last of them is taken in.

The workflow `workflows/message.py` runs this declaration.
"""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from domain.case.child import fact_between_cases
from domain.case.declare import Life, Nothing, TaskRule
from domain.case.deeds import by_action
from domain.case.ids import CaseKind
from domain.case.reopening import end_if_decided
from domain.case.story import Story
from domain.case.waited import Awaited
from domain.case.waiting import Wait
from domain.case.work import WorkItem
from domain.message.actions import SET_ASIDE, TRY_AGAIN
from domain.message.state import MessageStage, MessageState
from domain.policy import Policy

UNREADABLE_MESSAGE = "unreadable_message"
TAKEN_IN = "message.taken_in"
STILL_UNREADABLE = "message.unreadable"


class WhyUnreadable(BaseModel):
    """Why a message still cannot be read."""

    reason: Annotated[str, StringConstraints(max_length=500)]


def on_taken_in(state: MessageState, data: Nothing, story: Story) -> None:
    """The last of them is taken in."""
    state.stage = state.outcome = MessageStage.TAKEN_IN
    state.open = False
    story.tell(TAKEN_IN, "The message is taken in")


def on_still_unreadable(state: MessageState, data: WhyUnreadable, story: Story) -> None:
    """One that was tried again cannot be read all the same."""
    state.reason = data.reason
    if state.at is MessageStage.TRYING:
        state.stage = MessageStage.UNREADABLE
    story.tell(STILL_UNREADABLE, f"The message cannot be read: {data.reason}")


def after_change(state: MessageState, policy: Policy, story: Story) -> None:
    """As long as nobody can read it, it is somebody's task."""
    end_if_decided(state)
    if state.open and state.at is MessageStage.UNREADABLE:
        story.ask_for(UNREADABLE_MESSAGE, matter=str(state.tries))


def _is_needed(state: MessageState, item: WorkItem) -> bool:
    return state.open and state.at is MessageStage.UNREADABLE and item.matter == str(state.tries)


def waits_for(state: MessageState) -> Iterable[Wait]:
    """Whoever runs the shop's systems."""
    if state.open:
        yield Wait(Awaited.SELLER, "message", (TRY_AGAIN.name, SET_ASIDE.name))


PLATFORM_MESSAGE = Life(
    kind=CaseKind.PLATFORM_MESSAGE,
    state=MessageState,
    facts=(
        fact_between_cases(TAKEN_IN, "A message is taken in", Nothing, on_taken_in),
        fact_between_cases(STILL_UNREADABLE, "A message still cannot be read", WhyUnreadable, on_still_unreadable),
    ),
    actions=(TRY_AGAIN, SET_ASIDE),
    clocks=(),
    tasks=(
        TaskRule(
            name=UNREADABLE_MESSAGE,
            needed=_is_needed,
            outcomes=(by_action("tried_again", TRY_AGAIN), by_action("set_aside", SET_ASIDE)),
        ),
    ),
    after_change=after_change,
    script_values={
        "message_source": lambda state, policy: state.source,
        "message_reason": lambda state, policy: state.reason,
    },
    always_known=frozenset({"message_source", "message_reason"}),
    waits_for=waits_for,
)
