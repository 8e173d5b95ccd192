"""Whom an interception waits for where it stands."""

from collections.abc import Iterable, Mapping

from domain.case.waited import Awaited
from domain.case.waiting import Wait
from domain.intercept.state import InterceptStage, InterceptState

_BY_STAGE: Mapping[InterceptStage, Wait] = {
    InterceptStage.REQUESTED: Wait(Awaited.CARRIER, "answer", ("intercept.result",), "any_answer"),
    InterceptStage.FAILED: Wait(Awaited.SELLER, "branch_answer", ("report_intercept_answer",), "branch_answer"),
    InterceptStage.INTERCEPTED: Wait(Awaited.CARRIER, "return", ("parcel.returned",), "comes_back"),
    InterceptStage.RETURNED: Wait(Awaited.SELLER, "claim", ("file_claim",), "claim"),
}

_SETTLEMENT = Wait(Awaited.CARRIER, "settlement", ("settle_claim",), "claim_settled")


def waits_for(state: InterceptState) -> Iterable[Wait]:
    """Whoever has to act next; what is back waits for the time in which damage may be claimed."""
    if state.claim is not None:
        yield _SETTLEMENT
    elif (wait := _BY_STAGE.get(state.at)) is not None:
        yield wait
