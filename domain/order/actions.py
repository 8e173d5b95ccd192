"""The actions of an order: who may take which step, what speaks against it, and what it does."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from domain.case.deadline import DeadlineState, find
from domain.case.declare import ActionRule, Nothing
from domain.case.story import Story
from domain.errors import Refusal
from domain.order.asked import Order
from domain.order.cash_on_delivery import CONFIRM_BY_BUYER
from domain.order.change_actions import CHANGE_ACTIONS
from domain.order.complaints import FILE_COMPLAINT
from domain.order.holds import HOLD_SHIPMENT
from domain.order.invoices import INVOICE_ACTIONS
from domain.order.quotes import QUOTE_ACTIONS
from domain.order.receipt_clock import close, complete
from domain.order.remittances import REPORT_REMITTANCE
from domain.order.requests import REQUEST_AFTER_SALE
from domain.order.ship_clock import SHIP_BY, owed
from domain.order.shipping import all_consigned_at, consigned_at, first_consigned_at, unshipped
from domain.order.state import OrderState, Outcome
from domain.order.urging import URGING_ACTIONS
from domain.privacy import Private
from domain.roles import SELLER, Role
from domain.times import Instant, china_clock


class ExtendReceipt(BaseModel):
    """By how many days receipt is put off."""

    model_config = ConfigDict(extra="forbid")

    days: int


class AgreeShipBy(BaseModel):
    """The time that the buyer agreed to."""

    model_config = ConfigDict(extra="forbid")

    ship_by: Instant


class ReportOutOfStock(BaseModel):
    """Lines that cannot be shipped; `told_buyer` once the buyer knows, which makes them late shipments (S2-83)."""

    model_config = ConfigDict(extra="forbid")

    line_ids: list[str] = Field(min_length=1, max_length=200)
    told_buyer: bool = False


class CloseUnpaid(BaseModel):
    """Why an unpaid order is closed, and that the buyer agreed to it (S2-05)."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(min_length=1, max_length=200), Private("close_reason")]
    buyer_consent: bool


ALREADY_COMPLETED = Refusal(code="already_completed", message="Receipt of this order is already confirmed.")
ALREADY_CLOSED = Refusal(code="already_closed", message="This order is closed.")


def over(state: OrderState) -> Iterable[Refusal]:
    """Nothing of an order's running life may be done once it is completed or closed."""
    if state.completed_at:
        yield ALREADY_COMPLETED
    if state.closed_at:
        yield ALREADY_CLOSED


def _confirm_refusals(asked: Order[object]) -> Iterable[Refusal]:
    yield from over(asked.state)
    if all_consigned_at(asked.state) is None:
        yield Refusal(
            code="not_shipped",
            message="The order has not been shipped in full, so there is no receipt to confirm.",
        )


def _confirm(asked: Order[object], story: Story) -> dict[str, Any]:
    complete(asked.state, story.cause.at, story, "Receipt confirmed by the buyer")
    return {}


def _extend_refusals(asked: Order[ExtendReceipt | None]) -> Iterable[Refusal]:
    state, terms = asked.state, asked.policy.receipt
    yield from over(state)
    if first_consigned_at(state) is None:
        yield Refusal(
            code="not_shipped",
            message="The order has not been shipped, so its receipt clock does not run yet.",
        )
    by_buyer = asked.actor.role is Role.BUYER
    if by_buyer and state.buyer_extensions >= terms.buyer_extensions_allowed.value:
        yield Refusal(code="already_extended", message="The buyer has put off receipt as often as the rules allow.")
    if asked.given is None:
        return
    allowed = (terms.buyer_extension.value.days,) if by_buyer else terms.seller_extensions.value
    if asked.given.days not in allowed:
        days = ", ".join(str(day) for day in allowed)
        yield Refusal(code="invalid_days", message=f"Receipt can be put off by {days} days, not by {asked.given.days}.")


def _extend(asked: Order[ExtendReceipt], story: Story) -> dict[str, Any]:
    state, days = asked.state, asked.given.days
    state.receipt_extensions.append(days)
    state.buyer_extensions += asked.actor.role is Role.BUYER
    story.tell("receipt.extended", f"Receipt put off by {days} days", days=days)
    return {"days": days}


def _agree_refusals(asked: Order[AgreeShipBy | None]) -> Iterable[Refusal]:
    state = asked.state
    yield from over(state)
    if not unshipped(state):
        yield Refusal(code="already_shipped", message="The carrier already has the goods.")
    ship_by = find(state.deadlines, SHIP_BY)
    if ship_by and ship_by.state is DeadlineState.ELAPSED:
        due = china_clock(ship_by.due_at)
        yield Refusal(
            code="already_late",
            message=f"The ship deadline passed on {due}; a time agreed now does not undo it.",
        )
    if asked.given and asked.given.ship_by <= asked.now:
        yield Refusal(code="ship_by_in_past", message="The agreed time has passed already.")


def _agree(asked: Order[AgreeShipBy], story: Story) -> dict[str, Any]:
    asked.state.agreed_ship_by = asked.given.ship_by
    story.tell("ship_by.agreed", f"Buyer agreed: ships by {china_clock(asked.given.ship_by)} (China time)")
    return {}


def _out_of_stock_refusals(asked: Order[ReportOutOfStock | None]) -> Iterable[Refusal]:
    state = asked.state
    yield from over(state)
    if asked.given is None:
        if all(consigned_at(state, line) for line in state.lines):
            yield Refusal(code="already_shipped", message="Every line has already been shipped.")
        return
    for line_id in asked.given.line_ids:
        line = state.line(line_id)
        if line is None:
            yield Refusal(code="unknown_line", message=f"The order has no line {line_id}.")
        elif consigned_at(state, line):
            yield Refusal(code="already_shipped", message=f"Line {line_id} has already been shipped.")


def _report_out_of_stock(asked: Order[ReportOutOfStock], story: Story) -> dict[str, Any]:
    told = asked.given.told_buyer
    for line in asked.state.lines:
        if line.line_id in asked.given.line_ids:
            line.out_of_stock_at = line.out_of_stock_at or story.cause.at
            if told and line in owed(asked.state):
                line.out_of_stock_told_at = line.out_of_stock_told_at or story.cause.at
    lines = ", ".join(asked.given.line_ids)
    summary = f"Out of stock: line {lines}" + (", the buyer knows" if told else "")
    story.tell("order.out_of_stock", summary, line_ids=asked.given.line_ids, told_buyer=told)
    return {}


def _close_refusals(asked: Order[CloseUnpaid | None]) -> Iterable[Refusal]:
    state, given = asked.state, asked.given
    yield from over(state)
    if state.paid > 0:
        yield Refusal(code="already_paid", message="The buyer has paid; ask for a refund instead of closing.")
    if first_consigned_at(state):
        yield Refusal(code="already_shipped", message="The order has been shipped and cannot be closed as unpaid.")
    after: timedelta = asked.policy.payment.close_after.value
    if asked.now - state.placed_at < after:
        yield Refusal(
            code="too_soon",
            message=f"An order can be closed {after.total_seconds():.0f} seconds after placing at the earliest.",
        )
    if given is not None and not given.buyer_consent:
        yield Refusal(code="consent_required", message="An unpaid order is closed only with the buyer's consent.")


def _close(asked: Order[CloseUnpaid], story: Story) -> dict[str, Any]:
    close(asked.state, Outcome.UNPAID, story, "Closed unpaid, with the buyer's consent", asked.given.reason)
    return {}


ACTIONS = (
    ActionRule(
        name="confirm_receipt",
        title="Confirm receipt",
        input=Nothing,
        roles=(Role.BUYER,),
        refusals=_confirm_refusals,
        take=_confirm,
    ),
    ActionRule(
        name="extend_receipt",
        title="Put off receipt",
        input=ExtendReceipt,
        roles=(*SELLER, Role.BUYER),
        refusals=_extend_refusals,
        take=_extend,
        extends=True,
        example={"days": 3},
    ),
    ActionRule(
        name="agree_ship_by",
        title="Agree on another ship time",
        input=AgreeShipBy,
        roles=(Role.AGENT, Role.OWNER),
        refusals=_agree_refusals,
        take=_agree,
        example={"ship_by": "2026-11-18T16:00:00+08:00"},
    ),
    ActionRule(
        name="report_out_of_stock",
        title="Report out of stock",
        input=ReportOutOfStock,
        roles=(Role.AGENT, Role.WAREHOUSE),
        refusals=_out_of_stock_refusals,
        take=_report_out_of_stock,
        example={"line_ids": ["1"]},
    ),
    ActionRule(
        name="close_unpaid",
        title="Close unpaid",
        input=CloseUnpaid,
        roles=(Role.AGENT, Role.OWNER),
        refusals=_close_refusals,
        take=_close,
        example={"reason": "buyer_mistake", "buyer_consent": True},
    ),
    *CHANGE_ACTIONS,
    *INVOICE_ACTIONS,
    CONFIRM_BY_BUYER,
    REPORT_REMITTANCE,
    *QUOTE_ACTIONS,
    *URGING_ACTIONS,
    REQUEST_AFTER_SALE,
    HOLD_SHIPMENT,
    FILE_COMPLAINT,
)
