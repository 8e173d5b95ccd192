"""The catalogue of a hold's work items."""

from domain.case.deadline import find
from domain.case.work import WorkItem
from domain.hold.state import HoldStage, HoldState
from domain.times import iso_instant

REFUNDS_OPEN, RELEASE_DUE = "refunds_open", "release_due"
"""The clocks whose tasks are about one time; when that moves, the task is about another."""

HOLD_FOLLOW_UP = "hold_follow_up"
HOLD_RELEASE_DUE = "hold_release_due"
ERP_SILENT = "hold_erp_silent"
LOCK_BY_HAND = "hold_lock_by_hand"
LOCK_DOUBTFUL = "hold_lock_doubtful"

TASKS = (HOLD_FOLLOW_UP, HOLD_RELEASE_DUE, ERP_SILENT, LOCK_BY_HAND, LOCK_DOUBTFUL)

_WHILE_AT = {
    ERP_SILENT: HoldStage.LOCKING,
    LOCK_BY_HAND: HoldStage.LOCK_FAILED,
    LOCK_DOUBTFUL: HoldStage.LOCKED,
}
_OF_CLOCK = {HOLD_FOLLOW_UP: REFUNDS_OPEN, HOLD_RELEASE_DUE: RELEASE_DUE}


def still_needed(state: HoldState, item: WorkItem) -> bool:
    """Whether the hold stands, the matter is open, and its time is still the one the task was made for."""
    if not state.open:
        return False
    if item.type in _WHILE_AT:
        return state.at is _WHILE_AT[item.type]
    due = find(state.deadlines, _OF_CLOCK[item.type])
    made_for = item.matter.partition("#")[0]
    return not state.around.refund_open and made_for == (iso_instant(due.due_at) if due else "")
