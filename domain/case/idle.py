"""An open case in which nothing moves is looked at, daily: nothing is answered and then forgotten.

Where no deadline runs, no task is open, no child runs and no partner owes an answer, whoever the case waits for may
leave it so for ever. So a clock of every kind of case runs then, and somebody is asked to see to it.
"""

from collections.abc import Iterable

from domain.case.action import S
from domain.case.asking import DAILY
from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find
from domain.case.declare import ClockRule, Life, TaskRule
from domain.case.escalating import TASK_DUE
from domain.case.state import CaseState
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.policy import Policy
from domain.times import iso_instant

LOOK_AGAIN = "look_again"
CASE_STANDS_STILL = "case_stands_still"


def is_idle(life: Life[S], state: S, besides: WorkItem | None = None) -> bool:
    """Whether an open case may be forgotten; `besides`: a task that does not count, the one that asks about it."""
    running = any(deadline.kind != LOOK_AGAIN and deadline.kind != TASK_DUE for deadline in state.running_deadlines())
    tasks = any(item is not besides for item in state.open_work())
    awaited = any(pending.answered for pending in state.errands)
    return state.open and not (running or tasks or awaited or state.has_open_child() or life.may_rest(state))


def look_again_plans(life: Life[S], state: S, policy: Policy) -> Iterable[Plan]:
    """`look_again`: a day after the last thing that happened in it."""
    kept, idle = find(state.deadlines, LOOK_AGAIN), is_idle(life, state)
    if not idle and kept is None:
        return
    since = kept.started_at if kept and kept.running else state.updated_at
    yield Plan(
        kind=LOOK_AGAIN,
        started_at=since,
        due_at=since + DAILY,
        because=Because(
            event_type="case.stands_still", event_id=state.case_id, rule="S4-66", policy=policy.id, value="P1D"
        ),
        outcome=None if idle else DeadlineState.MET,
    )


def _no_plans(state: CaseState, policy: Policy) -> Iterable[Plan]:
    """It follows all others, so it is kept apart from them."""
    return ()


def _pass_look_again(state: CaseState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Somebody sees to it."""
    story.ask_for(CASE_STANDS_STILL, matter=iso_instant(deadline.due_at))


LOOK_AGAIN_CLOCK: ClockRule[CaseState] = ClockRule(
    kind=LOOK_AGAIN, title="Look again", plans=_no_plans, consequence=_pass_look_again
)


def stands_still(life: Life[S]) -> TaskRule[S]:
    """The task that every kind of case may make; it goes away once anything moves."""

    def needed(state: S, item: WorkItem) -> bool:
        return is_idle(life, state, besides=item)

    return TaskRule(name=CASE_STANDS_STILL, needed=needed)
