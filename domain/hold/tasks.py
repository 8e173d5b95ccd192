"""The catalogue of a hold's work items."""

from datetime import timedelta

from domain.case.deadline import find
from domain.case.work import Group, WorkItem, WorkType
from domain.hold.state import HoldStage, HoldState
from domain.times import iso_instant

REFUNDS_OPEN, RELEASE_DUE = "refunds_open", "release_due"
"""The clocks whose tasks are about one time; when that moves, the task is about another."""

HOLD_FOLLOW_UP = WorkType(
    name="hold_follow_up",
    title="拦截后未退款回访 · Ask whether held goods are still wanted",
    group=Group.PRESALE,
    outcomes=("still_wanted", "will_refund", "unreachable"),
    script="Refunds are open and the buyer has not asked for one: ask whether the goods are still wanted.",
    rules=("S0-29",),
)
HOLD_RELEASE_DUE = WorkType(
    name="hold_release_due",
    title="解除拦截避免超时 · Release a hold before the ship deadline",
    group=Group.AFTERSALE,
    outcomes=("released", "keep"),
    script="The ship deadline comes near and no refund is asked for: release the hold and ship, or settle the refund.",
    rules=("S0-26", "S0-30", "S0-31"),
    within=timedelta(hours=4),
)
ERP_SILENT = WorkType(
    name="hold_erp_silent",
    title="ERP 未回复锁单 · The ERP has not answered a lock",
    group=Group.AFTERSALE,
    outcomes=("locked", "not_locked"),
    script="Ask those who run the ERP whether the order is locked; until its word comes, goods may leave.",
    rules=("S0-18", "S0-19"),
    within=timedelta(hours=2),
)
LOCK_BY_HAND = WorkType(
    name="hold_lock_by_hand",
    title="ERP 锁单失败，人工锁单 · Lock by hand what the ERP did not lock",
    group=Group.AFTERSALE,
    outcomes=("locked", "already_shipped", "memo_only"),
    script="The ERP did not lock: lock the order there by hand, or ask those who ship to keep it back by its memo.",
    rules=("S0-09", "S0-18", "S0-19"),
    within=timedelta(hours=2),
)
LOCK_DOUBTFUL = WorkType(
    name="hold_lock_doubtful",
    title="ERP 锁单结果矛盾 · The ERP contradicts its own lock",
    group=Group.AFTERSALE,
    outcomes=("locked", "not_locked"),
    script="The ERP said that the order is locked, then that it is not: look, and lock it again if it is open.",
    rules=("S0-18", "S0-19"),
    within=timedelta(hours=2),
)

TASKS = (HOLD_FOLLOW_UP, HOLD_RELEASE_DUE, ERP_SILENT, LOCK_BY_HAND, LOCK_DOUBTFUL)

_WHILE_AT = {
    ERP_SILENT.name: HoldStage.LOCKING,
    LOCK_BY_HAND.name: HoldStage.LOCK_FAILED,
    LOCK_DOUBTFUL.name: HoldStage.LOCKED,
}
_OF_CLOCK = {HOLD_FOLLOW_UP.name: REFUNDS_OPEN, HOLD_RELEASE_DUE.name: RELEASE_DUE}


def still_needed(state: HoldState, item: WorkItem) -> bool:
    """Whether the hold stands, the matter is open, and its time is still the one the task was made for."""
    if not state.open:
        return False
    if item.type in _WHILE_AT:
        return state.at is _WHILE_AT[item.type]
    due = find(state.deadlines, _OF_CLOCK[item.type])
    made_for = item.matter.partition("#")[0]
    return not state.around.refund_open and made_for == (iso_instant(due.due_at) if due else "")
