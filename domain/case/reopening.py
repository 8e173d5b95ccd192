"""Whether something that comes after a case's end takes it up again: it would change money, goods or what is to do.

What changes none of that goes on the timeline, and the case stays ended.
"""

from collections.abc import Callable

from domain.case.action import S
from domain.case.cause import CauseKind
from domain.case.declare import Life
from domain.case.state import CaseState
from domain.case.story import Story

REOPENS = (CauseKind.EVENT, CauseKind.ACTION)
"""What may take a case up again. The errands that a case still ran when it ended belong to its end."""


def after_reopening(apply: Callable[[Story], None]) -> Callable[[Story], None]:
    """The case goes on from where it stood, and then the change happens, in the same version."""

    def reopen(story: Story) -> None:
        state = story.state
        state.open, state.reopened = True, state.reopened + 1
        story.tell("case.reopened", f"Taken up again: {story.cause.name}", by=story.cause.name)
        apply(story)

    return reopen


def noting(apply: Callable[[Story], None]) -> Callable[[Story], None]:
    """The change of a case that stays ended, with a line on the timeline also where the change tells none."""

    def note(story: Story) -> None:
        before = story.state.line_count
        apply(story)
        if story.state.line_count == before:
            story.tell(story.cause.name, f"Reported after the case had ended: {story.cause.name}")

    return note


def changes_anything(life: Life[S], before: S, after: S) -> bool:
    """Whether a change of an ended case counts: `after` is how it would stand, had it been taken up again by it.

    It does where something is left to wait for or to do, money was booked, goods are elsewhere, or an errand is to run.
    """
    if after.open or after.ledger != before.ledger or after.errand_count != before.errand_count:
        return True
    return life.goods(after) != life.goods(before)


def end_if_decided(state: CaseState) -> None:
    """A case that was taken up again and is as decided as before ends again."""
    if state.outcome:
        state.open = False
