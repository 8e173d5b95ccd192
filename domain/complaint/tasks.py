"""The tasks of a complaint: each is needed while the complaint stands where it is due."""

from collections.abc import Callable

from domain.after_sale.tasks import PLATFORM_FOLLOW_UP
from domain.case.declare import TaskRule
from domain.case.work import WorkItem
from domain.complaint.state import ComplaintStage, ComplaintState

ANSWER_COMPLAINT = "answer_complaint"
AGREE_WITHDRAWAL = "agree_withdrawal"


def _stands_at(state: ComplaintState, stage: ComplaintStage) -> bool:
    return state.open and state.at is stage


def _while_at(stage: ComplaintStage) -> Callable[[ComplaintState, WorkItem], bool]:
    return lambda state, item: _stands_at(state, stage)


def _follow_up_needed(state: ComplaintState, item: WorkItem) -> bool:
    """Each day makes another task, in place of the one before."""
    return _stands_at(state, ComplaintStage.PLATFORM_INTERVENTION) and item.matter == str(state.follow_ups)


TASKS: tuple[TaskRule[ComplaintState], ...] = (
    TaskRule(name=ANSWER_COMPLAINT, needed=_while_at(ComplaintStage.AWAITING_SELLER)),
    TaskRule(name=AGREE_WITHDRAWAL, needed=_while_at(ComplaintStage.ANSWERED)),
    TaskRule(name=PLATFORM_FOLLOW_UP, needed=_follow_up_needed),
)
