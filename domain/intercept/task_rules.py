"""The tasks of an interception: each is needed while it stands where the task is due."""

from domain.case.declare import AnyOutcome, Nothing, OutcomeRule, TaskRule
from domain.case.deeds import by_action
from domain.case.parcel import Said
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.intercept import transitions
from domain.intercept.actions import FILE_CLAIM, REPORT_ANSWER, SETTLE_CLAIM, InterceptContext
from domain.intercept.state import InterceptStage, InterceptState
from domain.intercept.tasks import CARRIER_SILENT, CLAIM_RETURN, CLAIM_UNPAID, OFFLINE_INTERCEPT
from domain.money import ZERO
from domain.parcels.journey import note


def _branch_may_stop_it(state: InterceptState, item: WorkItem) -> bool:
    return state.open and state.at is InterceptStage.FAILED


def _carrier_owes_an_answer(state: InterceptState, item: WorkItem) -> bool:
    return state.at is InterceptStage.REQUESTED


def _to_be_claimed(state: InterceptState, item: WorkItem) -> bool:
    return state.open and state.at is InterceptStage.INTERCEPTED and state.claim is None


def _claim_unsettled(state: InterceptState, item: WorkItem) -> bool:
    return state.open


def _on_returned(context: InterceptContext[object], item: WorkItem, story: Story) -> None:
    """The goods are here, though nobody scanned them."""
    state = context.state
    note(state.parcel, Said.RETURNED, story.cause, state.version)
    transitions.bring_back(state, story)


_ASKED_BY_PHONE = (
    by_action("stopped", REPORT_ANSWER, stopped=True),
    by_action("not_stopped", REPORT_ANSWER, stopped=False),
)
_CLAIMED: tuple[AnyOutcome[InterceptState], ...] = (
    by_action("claimed", FILE_CLAIM),
    OutcomeRule(name="returned", data=Nothing, take=_on_returned),
)
_SETTLED = (by_action("paid", SETTLE_CLAIM), by_action("refused", SETTLE_CLAIM, amount=ZERO))

TASKS: tuple[TaskRule[InterceptState], ...] = (
    TaskRule(name=OFFLINE_INTERCEPT, needed=_branch_may_stop_it, outcomes=_ASKED_BY_PHONE),
    TaskRule(name=CARRIER_SILENT, needed=_carrier_owes_an_answer, outcomes=_ASKED_BY_PHONE),
    TaskRule(name=CLAIM_RETURN, needed=_to_be_claimed, outcomes=_CLAIMED),
    TaskRule(name=CLAIM_UNPAID, needed=_claim_unsettled, outcomes=_SETTLED),
)
