"""The catalogue of a complaint's work items, and when their matter has settled itself."""

from domain.after_sale.tasks import PAY_REFUND, PLATFORM_FOLLOW_UP
from domain.case.work import WorkItem
from domain.complaint.state import ComplaintStage, ComplaintState

PAY_COMPENSATION = PAY_REFUND
"""Finance pays a compensation as it pays a refund."""

ANSWER_COMPLAINT = "answer_complaint"
AGREE_WITHDRAWAL = "agree_withdrawal"

TASKS = (ANSWER_COMPLAINT, AGREE_WITHDRAWAL, PLATFORM_FOLLOW_UP, PAY_COMPENSATION)

_STAGES: dict[str, ComplaintStage] = {
    ANSWER_COMPLAINT: ComplaintStage.AWAITING_SELLER,
    AGREE_WITHDRAWAL: ComplaintStage.ANSWERED,
    PLATFORM_FOLLOW_UP: ComplaintStage.PLATFORM_INTERVENTION,
    PAY_COMPENSATION: ComplaintStage.COMPENSATING,
}


def still_needed(state: ComplaintState, item: WorkItem) -> bool:
    """Whether the complaint still stands where the task is due."""
    of_today = item.type != PLATFORM_FOLLOW_UP or item.matter == str(state.follow_ups)
    return state.open and state.at is _STAGES[item.type] and of_today
