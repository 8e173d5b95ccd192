"""The tasks of an interception: each is needed while it stands where the task is due."""

from domain.case.declare import TaskRule
from domain.case.work import WorkItem
from domain.intercept.state import InterceptStage, InterceptState

OFFLINE_INTERCEPT = "offline_intercept"
CARRIER_SILENT = "intercept_unanswered"
CLAIM_RETURN = "claim_intercepted_parcel"
CLAIM_UNPAID = "intercept_claim_unpaid"


def _branch_may_stop_it(state: InterceptState, item: WorkItem) -> bool:
    return state.open and state.at is InterceptStage.FAILED


def _carrier_owes_an_answer(state: InterceptState, item: WorkItem) -> bool:
    return state.at is InterceptStage.REQUESTED


def _to_be_claimed(state: InterceptState, item: WorkItem) -> bool:
    return state.at is InterceptStage.INTERCEPTED and state.claim is None


def _claim_unsettled(state: InterceptState, item: WorkItem) -> bool:
    return state.open


TASKS: tuple[TaskRule[InterceptState], ...] = (
    TaskRule(name=OFFLINE_INTERCEPT, needed=_branch_may_stop_it),
    TaskRule(name=CARRIER_SILENT, needed=_carrier_owes_an_answer),
    TaskRule(name=CLAIM_RETURN, needed=_to_be_claimed),
    TaskRule(name=CLAIM_UNPAID, needed=_claim_unsettled),
)
