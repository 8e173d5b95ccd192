"""What speaks against a step, said once for every action: the stage, and what may never be refused."""

from collections.abc import Iterable
from typing import TypeAlias

from domain.after_sale.relation import Surroundings
from domain.after_sale.services import SERVICES
from domain.after_sale.state import AfterSaleStage, AfterSaleState, Demand
from domain.case.action import ActionContext, Input_co
from domain.errors import Refusal

RequestContext: TypeAlias = ActionContext[AfterSaleState, Input_co]

WINDOW_CLOSED = Refusal(
    code="window_closed", message="The seven days after signing are over: no return without reason any more."
)

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


def stands_at(state: AfterSaleState, *stages: AfterSaleStage) -> bool:
    """Whether the request is undecided, and at one of these stages."""
    return state.outcome is None and state.at in stages


def only_at(state: AfterSaleState, *stages: AfterSaleStage) -> Iterable[Refusal]:
    """A refusal unless the request stands at one of these stages."""
    if state.at not in stages:
        yield Refusal(code="wrong_stage", message=f"Not possible now: {_WORDS[state.at]}.")


def cannot_refuse(state: AfterSaleState) -> str | None:
    """Why a request may never be refused, in words; None if it may (part 2.1 of the rules, S4-58)."""
    return never_refused(state.demand, state.surroundings, instant_refund=state.instant_refund)


def never_refused(demand: Demand, surroundings: Surroundings, *, instant_refund: bool) -> str | None:
    """The same for what is asked for, in the surroundings of that time."""
    if instant_refund:
        return "This is an instant-refund order: refusing brings the platform in at once."
    return SERVICES[demand.service].never_refused(demand, surroundings)
