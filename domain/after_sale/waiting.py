"""Whom a request waits for where it stands."""

from collections.abc import Iterable, Mapping

from domain.after_sale.late_returns import is_looked_for
from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.case.waited import Awaited
from domain.case.waiting import Wait

_BY_STAGE: Mapping[AfterSaleStage, Wait] = {
    AfterSaleStage.AWAITING_SELLER: Wait(Awaited.SELLER, "answer", ("agree", "refuse"), "seller_answer"),
    AfterSaleStage.AWAITING_BUYER_RETURN: Wait(Awaited.BUYER, "return", ("submit_return",), "buyer_return"),
    AfterSaleStage.AWAITING_SELLER_RECEIPT: Wait(
        Awaited.WAREHOUSE, "inspection", ("inspect_return",), "seller_receipt"
    ),
    AfterSaleStage.AWAITING_REPLACEMENT: Wait(Awaited.WAREHOUSE, "replacement", ("ship_replacement",)),
    AfterSaleStage.AWAITING_BUYER_RECEIPT: Wait(
        Awaited.BUYER, "receipt", ("confirm_replacement",), "replacement_receipt"
    ),
    AfterSaleStage.REFUSED: Wait(Awaited.BUYER, "reaction", ("amend", "withdraw", "ask_platform"), "buyer_reaction"),
    AfterSaleStage.PLATFORM_INTERVENTION: Wait(Awaited.PLATFORM, "ruling", ("rule",)),
}

_RETURN = Wait(Awaited.CARRIER, "return", ("parcel.signed",), "return_check")
_APPROVAL = Wait(Awaited.SELLER, "approval", ("approve_refund",), "refund_approval")
_PAYMENT = Wait(Awaited.FINANCE, "payment", ("confirm_refund_paid",))


def waits_for(state: AfterSaleState) -> Iterable[Wait]:
    """Whoever has to act next; money on its way is the payments partner's, whose errand says so."""
    if state.outcome is not None:
        if is_looked_for(state):
            yield _RETURN
        return
    if (wait := _BY_STAGE.get(state.at)) is not None:
        yield wait
    elif state.money_held:
        yield _APPROVAL
    elif state.owed_by_hand():
        yield _PAYMENT
