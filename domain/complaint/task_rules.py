"""The tasks of a complaint: each is needed while the complaint stands where it is due."""

from collections.abc import Callable

from domain.after_sale.tasks import PLATFORM_FOLLOW_UP
from domain.case.asking import ask_again
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.deeds import by_action
from domain.case.payouts import paid_by_hand_task
from domain.case.work import WorkItem
from domain.complaint.actions import ANSWER
from domain.complaint.state import ComplaintStage, ComplaintState
from domain.complaint.tasks import AGREE_WITHDRAWAL, ANSWER_COMPLAINT
from domain.complaint.transitions import finish_paying


def _stands_at(state: ComplaintState, stage: ComplaintStage) -> bool:
    return state.open and state.at is stage


def _while_at(stage: ComplaintStage) -> Callable[[ComplaintState, WorkItem], bool]:
    return lambda state, item: _stands_at(state, stage)


def _follow_up_needed(state: ComplaintState, item: WorkItem) -> bool:
    """Each day makes another task, in place of the one before."""
    return _stands_at(state, ComplaintStage.PLATFORM_INTERVENTION) and item.matter == str(state.follow_ups)


TASKS: tuple[TaskRule[ComplaintState], ...] = (
    TaskRule(
        name=ANSWER_COMPLAINT,
        needed=_while_at(ComplaintStage.AWAITING_SELLER),
        outcomes=(
            by_action("answered", ANSWER),
            OutcomeRule(name="withdrawal_agreed", data=Nothing, take=ask_again),
        ),
    ),
    TaskRule(name=AGREE_WITHDRAWAL, needed=_while_at(ComplaintStage.ANSWERED)),
    TaskRule(name=PLATFORM_FOLLOW_UP, needed=_follow_up_needed),
    paid_by_hand_task(finish_paying),
)
