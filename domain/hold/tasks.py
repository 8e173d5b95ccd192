"""The catalogue of a hold's work items."""

from datetime import timedelta

from domain.case.work import Group, WorkItem, WorkType
from domain.hold.state import HoldStage, HoldState

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

TASKS = (HOLD_FOLLOW_UP, HOLD_RELEASE_DUE, ERP_SILENT)


def still_needed(state: HoldState, item: WorkItem) -> bool:
    """Whether the hold stands and the matter is open."""
    if not state.open:
        return False
    if item.type == ERP_SILENT.name:
        return state.at is HoldStage.LOCKING
    return not state.around.refund_open
