"""The tasks of a hold: each is needed while the hold stands and its matter is open."""

from collections.abc import Callable

from domain.case.deadline import find
from domain.case.declare import TaskRule
from domain.case.deeds import by_action
from domain.case.work import WorkItem
from domain.hold.actions import RELEASE
from domain.hold.state import HoldStage, HoldState
from domain.hold.tasks import (
    ERP_SILENT,
    HOLD_FOLLOW_UP,
    HOLD_RELEASE_DUE,
    LOCK_BY_HAND,
    LOCK_DOUBTFUL,
    REFUNDS_OPEN,
    RELEASE_DUE,
)
from domain.times import iso_instant


def _while_at(stage: HoldStage) -> Callable[[HoldState, WorkItem], bool]:
    return lambda state, item: state.open and state.at is stage


def _of_clock(kind: str) -> Callable[[HoldState, WorkItem], bool]:
    """While nothing is asked back, and the clock's time is still the one that the task was made for."""

    def needed(state: HoldState, item: WorkItem) -> bool:
        due = find(state.deadlines, kind)
        of_today = item.matter.partition("#")[0] == (iso_instant(due.due_at) if due else "")
        return state.open and not state.surroundings.refund_open and of_today

    return needed


TASKS: tuple[TaskRule[HoldState], ...] = (
    TaskRule(name=HOLD_FOLLOW_UP, needed=_of_clock(REFUNDS_OPEN), outcomes=(by_action("still_wanted", RELEASE),)),
    TaskRule(name=HOLD_RELEASE_DUE, needed=_of_clock(RELEASE_DUE), outcomes=(by_action("released", RELEASE),)),
    TaskRule(name=ERP_SILENT, needed=_while_at(HoldStage.LOCKING)),
    TaskRule(name=LOCK_BY_HAND, needed=_while_at(HoldStage.LOCK_FAILED)),
    TaskRule(name=LOCK_DOUBTFUL, needed=_while_at(HoldStage.LOCKED)),
)
