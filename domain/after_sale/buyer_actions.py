"""What the buyer does in a request: amend or withdraw it, send goods back, confirm what they got."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from domain.after_sale import transitions
from domain.after_sale.parcels import send
from domain.after_sale.refunds import most
from domain.after_sale.services import SERVICES, GoodsOut
from domain.after_sale.stages import WINDOW_CLOSED, RequestContext, only_at
from domain.after_sale.state import (
    AfterSaleOutcome,
    AfterSaleStage,
    AfterSaleState,
    Demand,
    Reason,
    Return,
)
from domain.after_sale.stock import units_wanted
from domain.after_sale.tasks import has_arrived
from domain.case.declare import ActionRule, BuyerText, Nothing, StockWanted
from domain.case.errand import StockChange
from domain.case.ids import Carrier, TrackingNo
from domain.case.story import Story
from domain.errors import Refusal
from domain.money import ZERO, InYuan, Yuan
from domain.policy.labels import in_english
from domain.privacy import Private
from domain.roles import Role
from domain.shop.service import ON_OFFER, Service

NOT_SHIPPED = Refusal(
    code="not_shipped", message="The goods have not been shipped: ask for a refund, there is nothing to send back."
)


GOODS_COME_BACK = Refusal(
    code="goods_on_the_way",
    message="The goods are on their way back: once they are there, the seller pays for them or sends them back.",
)
GOODS_ARE_HERE = Refusal(
    code="goods_with_seller",
    message="The goods are with the seller, who inspects them first, and then pays for them or sends them back.",
)
OWN_TERMS = Refusal(
    code="own_terms", message="What the shop offers of its own is asked for by itself: withdraw this request first."
)


class Amend(InYuan):
    """What the buyer asks for instead; a field left out stays as it was."""

    model_config = ConfigDict(extra="forbid")

    service: Service | None = None
    reason: Reason | None = None
    description: Annotated[str, StringConstraints(max_length=1000), Private("after_sale_description")] | None = None
    amount: Annotated[Yuan, Field(gt=0)] | None = None
    wanted_sku: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None
    agent_may_return: bool | None = None


class SubmitReturn(InYuan):
    """The parcel that the goods come back in, and what the buyer advanced for it."""

    model_config = ConfigDict(extra="forbid")

    carrier: Carrier
    tracking_no: TrackingNo
    freight_paid: Yuan = ZERO
    freight_collect: bool = False


_AMENDED_AT = (
    AfterSaleStage.AWAITING_SELLER,
    AfterSaleStage.AWAITING_BUYER_RETURN,
    AfterSaleStage.AWAITING_REPLACEMENT,
    AfterSaleStage.REFUSED,
)
_WITHDRAWN_AT = (
    AfterSaleStage.AWAITING_SELLER,
    AfterSaleStage.AWAITING_BUYER_RETURN,
    AfterSaleStage.AWAITING_SELLER_RECEIPT,
    AfterSaleStage.REFUSED,
    AfterSaleStage.PLATFORM_INTERVENTION,
)


def demand_after(state: AfterSaleState, input_: Amend) -> Demand:
    """What the request asks for after an amendment."""
    changes = {name: getattr(input_, name) for name in input_.model_fields_set if getattr(input_, name) is not None}
    if "service" in changes and "amount" not in changes:
        changes["amount"] = None
    return state.demand.model_copy(update=changes)


def amended_text(state: AfterSaleState, input_: Amend) -> BuyerText | None:
    """The buyer's words, new or those of before: another service may have made them fit, or not."""
    service = demand_after(state, input_).service
    return (
        BuyerText(service, input_.description)
        if input_.description
        else BuyerText(service, kept=state.demand.description)
    )


def _stock_wanted(state: AfterSaleState, input_: Amend) -> StockWanted | None:
    """What an exchange takes out of stock, unless it is what the request has reserved already (S3-12)."""
    now, before = demand_after(state, input_), state.demand
    kept = state.reservation_id and (now.service, now.wanted_sku) == (before.service, before.wanted_sku)
    return None if kept else units_wanted(now.service, now.wanted_sku, state.lines)


def _amend_refusals(context: RequestContext[Amend | None]) -> Iterable[Refusal]:
    state = context.state
    yield from only_at(state, *_AMENDED_AT)
    if context.input is None:
        return
    demand = demand_after(state, context.input)
    if demand.service is not state.demand.service and {demand.service, state.demand.service} & {*ON_OFFER}:
        yield OWN_TERMS
    service = SERVICES[demand.service]
    same_matter = service.goods_back and service.closes_lines and demand.reason is state.demand.reason
    if state.goods_back and not same_matter:
        yield Refusal(code="goods_returned", message="The goods are back: only a refund for the same reason is left.")
    until = state.surroundings.no_reason_until
    if demand.reason is Reason.NO_REASON is not state.demand.reason and until and until <= context.now:
        yield WINDOW_CLOSED
    if not state.surroundings.shipped and service.moves_goods:
        yield NOT_SHIPPED
    if service.amount_required and demand.amount is None:
        named = in_english("service", demand.service).capitalize()
        yield Refusal(code="amount_required", message=f"{named} must say the difference.")
    if context.input.amount is not None and service.pays is None:
        yield Refusal(code="no_money_asked", message=f"A request for {demand.service} is not about money.")
    most_allowed = most(state.lines, demand, state.surroundings, state.outbound_freight)
    if demand.amount is not None and demand.amount > most_allowed:
        yield Refusal(
            code="amount_too_high",
            message=f"No more than {most_allowed} yuan can be paid back.",
            figures={"most": f"{most_allowed}"},
        )
    if service.goods_out is GoodsOut.OTHERS and context.stock_missing:
        yield Refusal(code="no_stock", message=f"{demand.wanted_sku} is out of stock, so it cannot be exchanged.")


def _amend(context: RequestContext[Amend], story: Story) -> dict[str, Any]:
    state = context.state
    contradicts = context.circumstances.contradicts
    state.demand = demand_after(state, context.input).model_copy(update={"contradicts": contradicts})
    state.agreed_by_seller, state.automated = False, list(context.shop.automated)
    service = SERVICES[state.demand.service]
    if not service.closes_lines:
        state.refund_asked_at = None
    elif state.refund_asked_at is None:
        state.refund_asked_at = story.cause.at
    if service.goods_out is not GoodsOut.OTHERS or context.reserved:
        transitions.end_reservation(state, story, StockChange.RELEASE)
    if context.reserved:
        state.reservation_id = story.cause.id
    story.tell("after_sale.amended", f"Amended: {state.demand.service}, reason {state.demand.reason}")
    if state.goods_back:
        transitions.agree(state, context.policy, story, None, by_seller=False)
        return {}
    state.requested_at, state.requested_by = story.cause.at, story.cause.evidence
    state.requested_in, state.evidence_before = state.surroundings, len(state.evidence)
    if state.at is not AfterSaleStage.AWAITING_SELLER:
        transitions.move(state, AfterSaleStage.AWAITING_SELLER, story, "The seller has to answer again")
    return {}


def _withdraw_refusals(context: RequestContext[object]) -> Iterable[Refusal]:
    """Not while goods are on their way back or here uninspected: the shop would keep both them and the money."""
    state = context.state
    yield from only_at(state, *_WITHDRAWN_AT)
    if state.at in _WITHDRAWN_AT and state.sent_back and not state.goods_here:
        yield GOODS_ARE_HERE if has_arrived(state) else GOODS_COME_BACK


def _withdraw(context: RequestContext[object], story: Story) -> dict[str, Any]:
    transitions.close(context.state, AfterSaleOutcome.WITHDRAWN, story, "Withdrawn by the buyer")
    return {}


def _submit_refusals(context: RequestContext[SubmitReturn | None]) -> Iterable[Refusal]:
    if not _closed_before_it_was_sent(context.state):
        yield from only_at(context.state, AfterSaleStage.AWAITING_BUYER_RETURN)
    if context.actor.role is Role.AGENT and not context.state.demand.agent_may_return:
        yield Refusal(code="not_allowed_by_buyer", message="The buyer has not allowed the shop to fill in the waybill.")
    if context.input and context.input.freight_collect:
        yield Refusal(
            code="freight_collect", message="Freight-collect parcels are not taken in: advance the freight, please."
        )


def _closed_before_it_was_sent(state: AfterSaleState) -> bool:
    """Whether it was agreed to and has closed since: the goods may be on their way all the same."""
    agreed = state.agreed_at is not None and state.agreed_at >= state.requested_at
    waits = SERVICES[state.demand.service].goods_back and state.sent_back is None and not state.goods_here
    return state.at is AfterSaleStage.CLOSED and agreed and waits


def _submit(context: RequestContext[SubmitReturn], story: Story) -> dict[str, Any]:
    state, input_ = context.state, context.input
    state.automated = list(context.shop.automated)
    parcel = send(state, state.units, input_.carrier, input_.tracking_no, story)
    state.sent_back = Return(
        parcel=parcel, sent_at=story.cause.at, by=story.cause.evidence, freight_paid=input_.freight_paid
    )
    if state.at is AfterSaleStage.CLOSED:  # what becomes of it is decided once it arrives: late_returns.py
        story.tell("return.on_its_way", f"Sent back though the request is closed: {parcel}")
    else:
        transitions.move(state, AfterSaleStage.AWAITING_SELLER_RECEIPT, story, f"Sent back: {parcel}")
    return {}


def _confirm_refusals(context: RequestContext[object]) -> Iterable[Refusal]:
    yield from only_at(context.state, AfterSaleStage.AWAITING_BUYER_RECEIPT)


def _confirm(context: RequestContext[object], story: Story) -> dict[str, Any]:
    story.tell("replacement.confirmed", "The buyer has the replacement")
    transitions.finish_replacement(context.state, context.policy, story)
    return {}


BUYER_ACTIONS = (
    ActionRule(
        name="amend",
        title="Amend the request",
        input=Amend,
        roles=(Role.BUYER,),
        refusals=_amend_refusals,
        take=_amend,
        buyer_text=amended_text,
        wants=_stock_wanted,
        example={"service": "return_refund"},
    ),
    ActionRule(
        name="withdraw",
        title="Withdraw the request",
        input=Nothing,
        roles=(Role.BUYER,),
        refusals=_withdraw_refusals,
        take=_withdraw,
    ),
    ActionRule(
        name="submit_return",
        title="Say how the goods come back",
        input=SubmitReturn,
        roles=(Role.BUYER, Role.AGENT),
        refusals=_submit_refusals,
        take=_submit,
        after_end=True,
        example={"carrier": "yto", "tracking_no": "YT1", "freight_paid": "12.00"},
    ),
    ActionRule(
        name="confirm_replacement",
        title="Confirm the replacement",
        input=Nothing,
        roles=(Role.BUYER,),
        refusals=_confirm_refusals,
        take=_confirm,
    ),
)
