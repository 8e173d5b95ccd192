"""The catalogue of an interception's work items."""

from domain.case.work import WorkItem
from domain.intercept.state import InterceptStage, InterceptState

OFFLINE_INTERCEPT = "offline_intercept"
CARRIER_SILENT = "intercept_unanswered"
CLAIM_RETURN = "claim_intercepted_parcel"

CLAIM_UNPAID = "intercept_claim_unpaid"

TASKS = (OFFLINE_INTERCEPT, CARRIER_SILENT, CLAIM_RETURN, CLAIM_UNPAID)


def still_needed(state: InterceptState, item: WorkItem) -> bool:
    """Whether the interception still stands where the task is due."""
    if item.type == OFFLINE_INTERCEPT:
        return state.open and state.at is InterceptStage.FAILED
    if item.type == CARRIER_SILENT:
        return state.at is InterceptStage.REQUESTED
    if item.type == CLAIM_UNPAID:
        return state.open
    return state.at is InterceptStage.INTERCEPTED and state.claim is None
