"""The catalogue of an interception's work items."""

from datetime import timedelta

from domain.case.work import Group, WorkItem, WorkType
from domain.intercept.state import InterceptStage, InterceptState

OFFLINE_INTERCEPT = WorkType(
    name="offline_intercept",
    title="线下拦截 · Ask the carrier's branch to stop a parcel",
    group=Group.AFTERSALE,
    outcomes=("stopped", "not_stopped", "no_answer"),
    script="The online interception failed: call the carrier's branch; it charges by case and answers in about 24 h.",
    rules=("S1-42",),
)
CARRIER_SILENT = WorkType(
    name="intercept_unanswered",
    title="拦截结果未返回 · The carrier has not answered",
    group=Group.AFTERSALE,
    outcomes=("stopped", "not_stopped"),
    script="The carrier has not said whether the parcel is stopped: ask it, and tell the buyer how it goes on.",
    rules=("S1-03", "S1-30"),
    within=timedelta(hours=4),
)
CLAIM_RETURN = WorkType(
    name="claim_intercepted_parcel",
    title="拦截成功未退回理赔 · Claim a parcel that did not come back",
    group=Group.AFTERSALE,
    outcomes=("claimed", "returned"),
    script="The parcel was stopped and has not come back: ask the carrier, and file a claim if it is lost or damaged.",
    rules=("S1-09", "S1-32", "S1-35"),
    within=timedelta(days=3),
)

CLAIM_UNPAID = WorkType(
    name="intercept_claim_unpaid",
    title="理赔未到账 · Ask the carrier to settle a claim",
    group=Group.FINANCE,
    outcomes=("paid", "refused"),
    script="A claim is settled offline: ask the carrier what it pays, then settle the claim, with 0.00 if nothing.",
    rules=("S1-09", "S1-32"),
    within=timedelta(days=3),
)

TASKS = (OFFLINE_INTERCEPT, CARRIER_SILENT, CLAIM_RETURN, CLAIM_UNPAID)


def still_needed(state: InterceptState, item: WorkItem) -> bool:
    """Whether the interception still stands where the task is due."""
    if item.type == OFFLINE_INTERCEPT.name:
        return state.open and state.at is InterceptStage.FAILED
    if item.type == CARRIER_SILENT.name:
        return state.at is InterceptStage.REQUESTED
    if item.type == CLAIM_UNPAID.name:
        return state.open
    return state.at is InterceptStage.INTERCEPTED and state.claim is None
