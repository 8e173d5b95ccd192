"""What speaks against a step at a stage, said once for every action."""

from collections.abc import Iterable

from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.case.declare import Asked
from domain.errors import Refusal

Request = Asked[AfterSaleState]

_WORDS = {
    AfterSaleStage.AWAITING_SELLER: "the seller has to answer first",
    AfterSaleStage.AWAITING_BUYER_RETURN: "the buyer has to send the goods back first",
    AfterSaleStage.AWAITING_SELLER_RECEIPT: "the return is on its way to the seller",
    AfterSaleStage.AWAITING_REPLACEMENT: "the replacement has to be sent first",
    AfterSaleStage.AWAITING_BUYER_RECEIPT: "the replacement is on its way to the buyer",
    AfterSaleStage.REFUSED: "the seller has refused, and the buyer may react",
    AfterSaleStage.PLATFORM_INTERVENTION: "the platform decides",
    AfterSaleStage.REFUNDING: "the money is on its way to the buyer",
    AfterSaleStage.SUCCEEDED: "the request has succeeded",
    AfterSaleStage.CLOSED: "the request is closed",
}


def only_at(state: AfterSaleState, *stages: AfterSaleStage) -> Iterable[Refusal]:
    """A refusal unless the request stands at one of these stages."""
    if state.at not in stages:
        yield Refusal(code="wrong_stage", message=f"Not possible now: {_WORDS[state.at]}.")
