"""What nobody may answer away is asked again, a day after it was answered last, one question at a time.

Where the answer itself says that nothing has come of it yet, the outcome asks again (`ask_again`); where no answer
settles it, a clock does (`again_plans`).
"""

from collections.abc import Collection, Iterable
from datetime import timedelta

from domain.case.action import ActionContext, S
from domain.case.deadline import Deadline, DeadlineState, Plan, find
from domain.case.state import CaseState
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.policy import Policy

DAILY = timedelta(days=1)


def ask_again(context: ActionContext[S, object], item: WorkItem, story: Story) -> None:
    """What an outcome does by which nothing has come of the task yet: the same is asked the next day."""
    story.ask_for(
        item.type,
        matter=f"{item.matter}+",
        variant=item.variant,
        not_before=story.cause.now + DAILY,
        due_at=story.due(item.type) + DAILY,
    )


def is_asked(state: CaseState, tasks: Collection[str]) -> bool:
    """Whether somebody is at one of these tasks."""
    return any(item.type in tasks for item in state.open_work())


def again_plans(
    state: CaseState,
    policy: Policy,
    kind: str,
    tasks: Collection[str],
    first: Deadline | None,
    rule: str,
    *,
    lasts: bool,
) -> Iterable[Plan]:
    """The clock that asks again: a day after the first deadline passed, or after one of the tasks was done last.

    Args:
        state: the case.
        policy: its edition.
        kind: the clock's.
        tasks: those of the one matter; while one of them is open nobody else is asked.
        first: the deadline that passed; its evidence is the clock's. None: there is none yet.
        rule: by which it is asked again.
        lasts: whether what is asked about still holds.
    """
    waits = lasts and not is_asked(state, tasks)
    if first is None or not (waits or find(state.deadlines, kind)):
        return
    done = (item.done_at for item in state.work_items if item.type in tasks)
    since = max([first.due_at, *(at for at in done if at)])
    because = first.because.model_copy(update={"rule": rule, "policy": policy.id, "value": "P1D"})
    outcome = None if waits else DeadlineState.MET
    yield Plan(kind=kind, started_at=since, due_at=since + DAILY, because=because, outcome=outcome)
