"""Whom a complaint waits for where it stands."""

from collections.abc import Iterable, Mapping

from domain.case.waited import Awaited
from domain.case.waiting import Wait
from domain.complaint.state import ComplaintStage, ComplaintState

_BY_STAGE: Mapping[ComplaintStage, Wait] = {
    ComplaintStage.AWAITING_SELLER: Wait(Awaited.SELLER, "answer", ("answer",), "seller_answer"),
    ComplaintStage.ANSWERED: Wait(Awaited.BUYER, "withdrawal", ("withdraw",), "evidence"),
    ComplaintStage.PLATFORM_INTERVENTION: Wait(Awaited.PLATFORM, "ruling", ("rule",)),
}

_PAYMENT = Wait(Awaited.FINANCE, "payment", ("confirm_refund_paid",))


def waits_for(state: ComplaintState) -> Iterable[Wait]:
    """Whoever has to act next; money on its way is the payments partner's, whose errand says so."""
    if (wait := _BY_STAGE.get(state.at)) is not None:
        yield wait
    elif state.at is ComplaintStage.COMPENSATING and state.owed_by_hand():
        yield _PAYMENT
