"""An order's after-sale requests: what speaks against a new one, what each has told, and what each must know.

Before receipt is confirmed a request is a cancellation on some marketplaces; after it, an after-sale service
(S3-01..03).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.after_sale.opening import AfterSaleOpening, RequestAfterSale, begin
from domain.after_sale.refunds import most
from domain.after_sale.relation import Standing, Surroundings
from domain.after_sale.services import SERVICES
from domain.after_sale.stages import WINDOW_CLOSED
from domain.after_sale.standing import MOVED, standing
from domain.after_sale.state import Demand, Reason
from domain.after_sale.stock import units_wanted
from domain.case.child import fact_between_cases, hear_child, open_child, shared_fields, tell_child
from domain.case.declare import ActionRule, BuyerText, StockWanted
from domain.case.ids import CaseKind
from domain.case.story import Story
from domain.case.units import Quantities, against_missing, against_unknown, meant
from domain.errors import Refusal
from domain.order.children.request_goods import requested_lines, units_left
from domain.order.children.request_phase import request_phase
from domain.order.children.request_surroundings import around
from domain.order.context import OrderContext
from domain.order.ending import close_if_refunded
from domain.order.line import Line
from domain.order.moments import mark_lines
from domain.order.money import has_money
from domain.order.receipt import offers, return_window
from domain.order.receipt.clock import confirm_rest
from domain.order.shipping.out_of_stock import tell_out_of_stock
from domain.order.state import OrderState
from domain.policy import policy
from domain.roles import Role
from domain.shop.service import ON_OFFER
from domain.times import china_clock, iso_instant

NOT_SHIPPED = Refusal(code="not_shipped", message="The goods have not been shipped: ask for a refund only.")


def request_refusals(context: OrderContext[RequestAfterSale | None]) -> Iterable[Refusal]:
    """What speaks against a request; without input, what speaks against any."""
    state = context.state
    yield from _against_any(context)
    if context.input is None:
        if state.remaining() and not any(line.left for line in state.lines):
            yield Refusal(code="already_open", message="Every line has an open request already.")
        return
    input_ = context.input
    units = units_asked(state, input_)
    yield from _against_units(state, input_)
    if not units:
        if meant(input_.named, {line.line_id: line.left for line in state.lines}):
            yield NOT_SHIPPED
        return
    if input_.service in ON_OFFER:
        yield from offers.against_offer(state, input_.service, context.now)
    elif input_.reason is Reason.NO_REASON and not state.completed_at and return_window.is_over(state, context.now):
        yield WINDOW_CLOSED
    surroundings = around(state, input_.service, units)
    service = SERVICES[input_.service]
    if not surroundings.shipped and service.moves_goods:
        yield NOT_SHIPPED
    yield from _against_amount(context.with_input(input_), units, surroundings)
    settings = context.shop.exchange_stock
    if service.takes_stock and context.stock_missing and (settings.require_stock or settings.reserve):
        yield Refusal(code="no_stock", message="What is to be sent is out of stock.")


def _against_any(context: OrderContext[RequestAfterSale | None]) -> Iterable[Refusal]:
    state = context.state
    if state.closed_at:
        yield Refusal(code="already_closed", message="This order is closed.")
    if not has_money(state):
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
        opens = china_clock(frozen_to)
        message = f"Refunds are closed during the campaign; they open {opens} (China time)."
        yield Refusal(code="refunds_frozen", message=message, figures={"until": iso_instant(frozen_to)})


def _against_amount(
    context: OrderContext[RequestAfterSale], units: Quantities, surroundings: Surroundings
) -> Iterable[Refusal]:
    amount = context.input.amount
    if amount is None:
        return
    if SERVICES[context.input.service].pays is None:
        yield Refusal(code="no_money_asked", message=f"A request for {context.input.service} is not about money.")
        return
    limit = most(
        requested_lines(context.state, units), _demand(context), surroundings, context.shop.shop.outbound_freight
    )
    if amount > limit:
        yield Refusal(
            code="amount_too_high", message=f"No more than {limit} yuan can be paid back.", figures={"most": f"{limit}"}
        )


def open_request(
    context: OrderContext[RequestAfterSale], story: Story, *, agreed: bool = False, about: str | None = None
) -> dict[str, Any]:
    """Opens the request that `context.input` describes.

    Args:
        context: the order, and what is asked for.
        story: of this version.
        agreed: by the shop itself, which has nothing to answer.
        about: the parcel whose goods it is about; None: any of the goods.
    """
    state, input_ = context.state, context.input
    state.refunds_by_hand = context.shop.shop.refunds_by_hand
    units = units_asked(state, input_)
    lines = requested_lines(state, units)
    opening = AfterSaleOpening(
        **shared_fields(state, CaseKind.AFTER_SALE, context.actor, story),
        phase=request_phase(state, context.policy),
        lines=lines,
        demand=_demand(context),
        surroundings=around(state, input_.service, units),
        outbound_freight=context.shop.shop.outbound_freight,
        refunds_by_hand=context.shop.shop.refunds_by_hand,
        refunds_by_platform=state.refunds_by_platform,
        instant_refund=state.instant_refund,
        order_paid=max(state.paid, state.total),
        requests_before=len(state.requests),
        automated=list(context.shop.automated),
        reservation_id=story.cause.id if context.reserved else None,
        agreed=agreed,
        internal_cause=_internal_cause(state, units),
        about=about,
        requested_by=story.cause.evidence,
    )
    case_id, begun = opening.case_id, standing(begin(opening).state)
    state.requests.append(begun)
    state.request_surroundings[case_id] = opening.surroundings
    story.tell("after_sale.requested", f"{input_.service} asked for: {case_id}", case_id=case_id)
    open_child(state, opening, begun, story)
    _follow(state, begun, story)
    return {"case_id": case_id}


def _internal_cause(state: OrderState, units: Quantities) -> Reason | None:
    """What the shop knows to be the cause, whatever reason the buyer states (S4-37)."""
    missing = any(line.out_of_stock for line in state.lines if line.line_id in units)
    return Reason.OUT_OF_STOCK if missing else None


def stock_wanted(state: OrderState, input_: RequestAfterSale) -> StockWanted | None:
    """What an exchange takes out of stock."""
    return units_wanted(input_.service, input_.wanted_sku, requested_lines(state, units_asked(state, input_)))


def request_text(state: OrderState, input_: RequestAfterSale) -> BuyerText | None:
    """The buyer's own words, where they wrote any."""
    return BuyerText(input_.service, input_.description) if input_.description else None


def on_request_moved(state: OrderState, data: Standing, story: Story) -> None:
    """A request tells how it stands; what it told before counts no more."""
    before = hear_child(state, state.requests, data, story)
    if before is None:
        return
    if data.exchanged_for and not before.exchanged_for:
        for line in state.lines:
            if line.line_id in data.units:
                line.swap(data.units[line.line_id], data.exchanged_for)
    story.tell(MOVED, f"{data.case_id}: {data.stage}", case_id=data.case_id, stage=data.stage)
    _follow(state, data, story)


def _follow(state: OrderState, data: Standing, story: Story) -> None:
    """What comes of it for the order."""
    if data.out_of_stock:
        tell_out_of_stock(state, data.units, story)
    mark_lines(state)
    for task in data.left:
        story.ask_for(task.type, matter=task.matter, variant=task.variant, values=task.values)
    close_if_refunded(state, policy(state.policy), story)
    confirm_rest(state, story)


def tell_requests(state: OrderState, story: Story) -> None:
    """Tells every open request what changed around it."""
    for request in state.requests:
        if request.runs:
            surroundings = around(state, request.service, request.units, besides=request.case_id)
            tell_child(story, state.request_surroundings, request.case_id, surroundings)


def excused_units(state: OrderState, line: Line, due_at: datetime, in_time: int) -> int:
    """The units whose refund was asked for before they were due, and was not asked for in vain.

    A return is of goods that had left: of those that the carrier had in time, as far as they go.
    """
    excused = 0
    for request in state.requests:
        if request.requested_at <= due_at and not request.in_vain and SERVICES[request.service].closes_lines:
            units = request.units.get(line.line_id, 0)
            excused += units if SERVICES[request.service].leaves_goods else max(units - in_time, 0)
    return excused


def units_asked(state: OrderState, input_: RequestAfterSale) -> Quantities:
    """The units that a request is about; named by nothing but their lines: all that are left."""
    return meant(input_.named, units_left(state, input_.service))


def _against_units(state: OrderState, input_: RequestAfterSale) -> Iterable[Refusal]:
    named = input_.named
    yield from against_unknown(named, (line.line_id for line in state.lines))
    lines = [line for line in state.lines if named is None or line.line_id in named]
    for line in lines if named else ():
        other = next((one.case_id for one in state.requests if one.open and line.line_id in one.units), None)
        if line.refunded:
            yield Refusal(
                code="already_refunded",
                message=f"Line {line.line_id} has been refunded already.",
                figures={"line": line.line_id},
            )
        elif line.left == 0 and other:
            yield Refusal(
                code="already_open",
                message=f"Line {line.line_id} has an open request: {other}.",
                figures={"line": line.line_id},
            )
    if named is None and state.remaining() and not any(line.left for line in lines):
        yield Refusal(code="already_open", message="Every line has an open request already.")
    left = units_left(state, input_.service)
    there = "that have left" if SERVICES[input_.service].moves_goods else "left"
    yield from against_missing({one: count for one, count in (named or {}).items() if one in left}, left, there)


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
