"""An order's after-sale requests: what speaks against a new one, what each has told, and what each must know.

Before receipt is confirmed a request is a cancellation on some marketplaces; after it, an after-sale service
(S3-01..03).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.after_sale.opening import AfterSaleOpening, RequestAfterSale
from domain.after_sale.refunds import most
from domain.after_sale.relation import Standing, Surroundings
from domain.after_sale.services import SERVICES
from domain.after_sale.stages import WINDOW_CLOSED
from domain.after_sale.standing import MOVED
from domain.after_sale.state import Demand, Reason, RequestedLine
from domain.after_sale.stock import units_wanted
from domain.case.child import fact_between_cases, hear_child, open_child, shared_fields, tell_child
from domain.case.deadline import find
from domain.case.declare import ActionRule, BuyerText, StockWanted
from domain.case.ids import CaseKind
from domain.case.story import Story
from domain.errors import Refusal
from domain.money import ZERO
from domain.order.children.request_phase import request_phase
from domain.order.context import OrderContext
from domain.order.ending import close_if_refunded
from domain.order.money import carriage_left, paid_for, unpaid, worth
from domain.order.receipt import offers, return_window
from domain.order.receipt.clock import confirm_rest
from domain.order.shipping.handover import consigned_at, delivery_of
from domain.order.state import Line, OrderState
from domain.policy import policy
from domain.roles import Role
from domain.shop.service import ON_OFFER
from domain.times import china_clock


def request_refusals(context: OrderContext[RequestAfterSale | None]) -> Iterable[Refusal]:
    """What speaks against a request; without input, what speaks against any."""
    state = context.state
    yield from _against_any(context)
    if context.input is None:
        lines = [line for line in state.lines if not line.refunded]
        if lines and all(_open_request(state, line) for line in lines):
            yield Refusal(code="already_open", message="Every line has an open request already.")
        return
    lines, input_ = _lines(state, context.input), context.input
    for line_id in input_.line_ids or ():
        if state.line(line_id) is None:
            yield Refusal(code="unknown_line", message=f"The order has no line {line_id}.")
    for line in lines:
        if line.refunded:
            yield Refusal(code="already_refunded", message=f"Line {line.line_id} has been refunded already.")
        if other := _open_request(state, line):
            yield Refusal(code="already_open", message=f"Line {line.line_id} has an open request: {other}.")
    if input_.service in ON_OFFER:
        yield from offers.against_offer(state, input_.service, context.now)
    elif input_.reason is Reason.NO_REASON and not state.completed_at and return_window.is_over(state, context.now):
        yield WINDOW_CLOSED
    surroundings = _surroundings(state, [line.line_id for line in lines])
    service = SERVICES[input_.service]
    if not surroundings.shipped and service.moves_goods:
        yield Refusal(code="not_shipped", message="The goods have not been shipped: ask for a refund only.")
    yield from _against_amount(context.with_input(input_), lines, surroundings)
    settings = context.shop.exchange_stock
    if service.takes_stock and context.stock_missing and (settings.require_stock or settings.reserve):
        yield Refusal(code="no_stock", message="What is to be sent is out of stock.")


def _against_any(context: OrderContext[RequestAfterSale | None]) -> Iterable[Refusal]:
    state = context.state
    if state.closed_at:
        yield Refusal(code="already_closed", message="This order is closed.")
    if not paid_for(state):
        yield Refusal(code="not_paid", message="The order has not been paid, so there is nothing to pay back.")
    input_ = context.input
    beyond = offers.has_open(state, context.now) if input_ is None else input_.service in ON_OFFER
    if state.completed_at and return_window.is_over(state, context.now) and not beyond:
        yield WINDOW_CLOSED
    if not state.remaining():
        yield Refusal(code="already_refunded", message="Every line has been refunded already.")
    terms = state.campaign
    frozen_from, frozen_to = (terms.refunds_frozen_from, terms.refunds_frozen_to) if terms else (None, None)
    if frozen_from and frozen_to and frozen_from <= context.now < frozen_to:
        opens = f"{china_clock(frozen_to)} (China time)"
        yield Refusal(code="refunds_frozen", message=f"Refunds are closed during the campaign; they open {opens}.")


def _against_amount(
    context: OrderContext[RequestAfterSale], lines: list[Line], surroundings: Surroundings
) -> Iterable[Refusal]:
    amount = context.input.amount
    if amount is None:
        return
    if SERVICES[context.input.service].pays is None:
        yield Refusal(code="no_money_asked", message=f"A request for {context.input.service} is not about money.")
        return
    requested = [_requested_line(context.state, line) for line in lines]
    limit = most(requested, _demand(context), surroundings, context.shop.shop.outbound_freight)
    if amount > limit:
        yield Refusal(code="amount_too_high", message=f"No more than {limit} yuan can be paid back.")


def open_request(context: OrderContext[RequestAfterSale], story: Story, *, agreed: bool = False) -> dict[str, Any]:
    """Opens the request that `context.input` describes; `agreed`: by the shop itself, which has nothing to answer."""
    state, input_ = context.state, context.input
    state.refunds_by_hand = context.shop.shop.refunds_by_hand
    lines = _lines(state, input_)
    opening = AfterSaleOpening(
        **shared_fields(state, CaseKind.AFTER_SALE, context.actor, story),
        phase=request_phase(state, context.policy),
        lines=[_requested_line(state, line) for line in lines],
        demand=_demand(context),
        surroundings=_surroundings(state, [line.line_id for line in lines]),
        outbound_freight=context.shop.shop.outbound_freight,
        refunds_by_hand=context.shop.shop.refunds_by_hand,
        instant_refund=state.instant_refund,
        order_paid=max(state.paid, state.total),
        requests_before=len(state.requests),
        automated=list(context.shop.automated),
        reservation_id=story.cause.id if context.reserved else None,
        agreed=agreed,
        internal_cause=Reason.OUT_OF_STOCK if any(line.out_of_stock_at for line in lines) else None,
        requested_by=story.cause.evidence,
    )
    case_id = opening.case_id
    standing = Standing(
        case_id=case_id,
        version=0,
        service=input_.service,
        stage="awaiting_seller",
        open=True,
        line_ids=[line.line_id for line in lines],
        requested_at=story.cause.at,
    )
    state.requests.append(standing)
    state.request_surroundings[case_id] = opening.surroundings
    _mark_lines(state)
    story.tell("after_sale.requested", f"{input_.service} asked for: {case_id}", case_id=case_id)
    open_child(state, opening, standing.stage, story)
    return {"case_id": case_id}


def stock_wanted(state: OrderState, input_: RequestAfterSale) -> StockWanted | None:
    """What an exchange takes out of stock."""
    return units_wanted(
        input_.service, input_.wanted_sku, [_requested_line(state, line) for line in _lines(state, input_)]
    )


def request_text(state: OrderState, input_: RequestAfterSale) -> BuyerText | None:
    """The buyer's own words, where they wrote any."""
    return BuyerText(input_.service, input_.description) if input_.description else None


def on_request_moved(state: OrderState, data: Standing, story: Story) -> None:
    """A request tells how it stands; what it told before counts no more."""
    if hear_child(state, state.requests, data) is None:
        return
    if data.out_of_stock:
        for line in state.lines:
            if line.line_id in data.line_ids and not line.made_to_order and consigned_at(state, line) is None:
                line.out_of_stock_told_at = line.out_of_stock_told_at or story.cause.at
    _mark_lines(state)
    story.tell(MOVED, f"{data.case_id}: {data.stage}", case_id=data.case_id, stage=data.stage)
    for task in data.left:
        story.ask_for(task.type, matter=task.matter, values=task.values)
    close_if_refunded(state, policy(state.policy), story)
    confirm_rest(state, story)


def tell_requests(state: OrderState, story: Story) -> None:
    """Tells every open request what changed around it."""
    for request in state.requests:
        if request.open:
            surroundings = _surroundings(state, request.line_ids, besides=request.case_id)
            tell_child(story, state.request_surroundings, request.case_id, surroundings)


def is_excused(state: OrderState, line: Line, due_at: datetime) -> bool:
    """Whether a refund of the line was asked for before it was due, and was not asked for in vain."""
    return any(
        line.line_id in request.line_ids
        and SERVICES[request.service].closes_lines
        and request.requested_at <= due_at
        and not request.in_vain
        for request in state.requests
    )


def _mark_lines(state: OrderState) -> None:
    """What the requests say of each line."""
    for line in state.lines:
        about_it = [one for one in state.requests if one.open and line.line_id in one.line_ids]
        line.request_open, line.refund_open = (
            bool(about_it),
            any(SERVICES[one.service].closes_lines for one in about_it),
        )
        line.refunded = any(line.line_id in request.done_lines for request in state.requests)


def _open_request(state: OrderState, line: Line) -> str | None:
    return next((one.case_id for one in state.requests if one.open and line.line_id in one.line_ids), None)


def _lines(state: OrderState, input_: RequestAfterSale) -> list[Line]:
    wanted_ids = input_.line_ids or [line.line_id for line in state.remaining()]
    return [line for line in state.lines if line.line_id in wanted_ids]


def _demand(context: OrderContext[RequestAfterSale]) -> Demand:
    input_ = context.input
    return Demand(
        service=input_.service,
        reason=input_.reason,
        amount=input_.amount,
        description=input_.description or None,
        wanted_sku=input_.wanted_sku,
        agent_may_return=input_.agent_may_return,
        contradicts=context.circumstances.contradicts,
    )


def _requested_line(state: OrderState, line: Line) -> RequestedLine:
    return RequestedLine(
        line_id=line.line_id,
        sku=line.sku,
        category=line.category,
        quantity=line.quantity,
        worth=worth(state, line),
    )


def _surroundings(state: OrderState, line_ids: list[str], besides: str = "") -> Surroundings:
    lines = [line for line in state.lines if line.line_id in line_ids]
    others = [line for line in state.lines if line.line_id not in line_ids]
    window = find(state.deadlines, return_window.RETURN_WINDOW)
    return Surroundings(
        shipped=any(consigned_at(state, line) for line in lines),
        received=bool(lines) and all(delivery_of(state, line) for line in lines),
        signed_at=_signed_at(state, lines),
        completed=state.completed_at is not None,
        covers_rest=all(line.refunded for line in others),
        freight_left=carriage_left(state, besides),
        free_shipping=state.carriage == ZERO,
        outbound_kept=sum((one.outbound_kept for one in state.requests if one.case_id != besides), ZERO),
        unpaid=unpaid(state),
        no_reason_until=window.due_at if window else None,
    )


def _signed_at(state: OrderState, lines: list[Line]) -> datetime | None:
    """When the last of the lines was signed for; None while one is not."""
    legs = [delivery_of(state, line) for line in lines]
    signed = [leg.since for leg in legs if leg]
    return max(signed) if signed and len(signed) == len(legs) else None


REQUEST_AFTER_SALE = ActionRule(
    name="request_after_sale",
    title="Ask for after-sale service",
    input=RequestAfterSale,
    roles=(Role.BUYER, Role.AGENT),
    refusals=request_refusals,
    take=open_request,
    wants=stock_wanted,
    buyer_text=request_text,
    example={"service": "return_refund", "line_ids": ["1"], "reason": "no_reason"},
)

REQUEST_MOVED = fact_between_cases(MOVED, "A request moved on", Standing, on_request_moved)
