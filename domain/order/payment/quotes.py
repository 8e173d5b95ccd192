"""Prices that buyer and agent agree on: without a time limit, good for that day only (S2-90)."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from domain.case.declare import ActionRule
from domain.case.story import Story
from domain.errors import Refusal
from domain.money import InYuan, Yuan
from domain.order.context import OrderContext
from domain.order.people.interactions import Quote
from domain.order.state import OrderState
from domain.roles import SELLER, Role
from domain.times import CHINA, Instant, china_clock, iso_instant


class QuotePrice(InYuan):
    """What a line is to cost in all, yuan; absent, `valid_until` is the end of the day, China time."""

    model_config = ConfigDict(extra="forbid")

    line_id: str
    amount: Annotated[Yuan, Field(gt=0)]
    valid_until: Instant | None = None


class TakeQuote(BaseModel):
    """The quoted price that the buyer takes."""

    model_config = ConfigDict(extra="forbid")

    quote_id: str


def end_of_day(moment: datetime) -> datetime:
    """When the day of this moment ends on the China clock."""
    day = moment.astimezone(CHINA).date()
    return datetime.combine(day + timedelta(days=1), time(), CHINA)


def _against_fixed_price(state: OrderState) -> Iterable[Refusal]:
    if state.over:
        yield Refusal(code="already_closed", message="This order is over.")
    if state.paid > 0:
        yield Refusal(code="already_paid", message="The buyer has paid; a price can be changed before that only.")
    if state.parcels:
        yield Refusal(code="already_shipped", message="The goods have left; a price can be changed before that only.")


def _quote_refusals(context: OrderContext[QuotePrice | None]) -> Iterable[Refusal]:
    yield from _against_fixed_price(context.state)
    input_ = context.input
    if input_ is None:
        return
    line = context.state.line(input_.line_id)
    if line is None:
        yield Refusal(
            code="unknown_line", message=f"The order has no line {input_.line_id}.", figures={"line": input_.line_id}
        )
    elif input_.amount > line.amount:
        yield Refusal(
            code="amount_too_high",
            message=f"Line {line.line_id} costs {line.amount} yuan already.",
            figures={"most": f"{line.amount}"},
        )
    if input_.valid_until and input_.valid_until <= context.now:
        yield Refusal(code="valid_until_in_past", message="The quote would have run out already.")


def _quote(context: OrderContext[QuotePrice], story: Story) -> dict[str, Any]:
    state, input_ = context.state, context.input
    until = input_.valid_until or end_of_day(context.now)
    quote = Quote(id=f"quote-{len(state.quotes) + 1}", line_id=input_.line_id, amount=input_.amount, valid_until=until)
    state.quotes.append(quote)
    shown = f"Quoted: line {input_.line_id} for {input_.amount} yuan, until {china_clock(until)} (China time)"
    story.tell("price.quoted", shown, quote_id=quote.id)
    return {"quote_id": quote.id, "valid_until": quote.model_dump(mode="json")["valid_until"]}


def _take_refusals(context: OrderContext[TakeQuote | None]) -> Iterable[Refusal]:
    state = context.state
    yield from _against_fixed_price(state)
    if context.input is not None:
        yield from _against_quote(context, context.input.quote_id)
    if not any(_is_on_offer(state, quote, context.now) for quote in state.quotes):
        yield Refusal(code="no_quote", message="No price is on offer for this order now.")


def _against_quote(context: OrderContext[object], quote_id: str) -> Iterable[Refusal]:
    quote = _find_quote(context.state, quote_id)
    if quote is None:
        yield Refusal(code="unknown_quote", message=f"There is no quote {quote_id}.")
    elif context.now >= quote.valid_until:
        until = china_clock(quote.valid_until)
        yield Refusal(
            code="quote_expired",
            message=f"The price was good until {until} (China time) only.",
            figures={"until": iso_instant(quote.valid_until)},
        )
    elif quote.taken_at:
        yield Refusal(code="quote_used", message="This price has been taken already.")
    elif _is_dearer(context.state, quote):
        yield Refusal(code="quote_dearer", message="The goods cost less than that by now.")


def _is_on_offer(state: OrderState, quote: Quote, now: datetime) -> bool:
    return now < quote.valid_until and quote.taken_at is None and not _is_dearer(state, quote)


def _is_dearer(state: OrderState, quote: Quote) -> bool:
    """Whether another price was taken meanwhile that is lower."""
    line = state.line(quote.line_id)
    return line is not None and quote.amount > line.amount


def _take(context: OrderContext[TakeQuote], story: Story) -> dict[str, Any]:
    state = context.state
    quote = _find_quote(state, context.input.quote_id)
    line = state.line(quote.line_id) if quote else None
    assert quote is not None, "refused above"
    assert line is not None, "quoted for a line of the order"
    story.tell("price.changed", f"Line {line.line_id}: {quote.amount} yuan instead of {line.amount}", quote_id=quote.id)
    line.amount, quote.taken_at = quote.amount, story.cause.at
    return {"amount": str(state.total)}


def _find_quote(state: OrderState, quote_id: str) -> Quote | None:
    return next((quote for quote in state.quotes if quote.id == quote_id), None)


QUOTE_ACTIONS = (
    ActionRule(
        name="quote_price",
        title="Quote a price",
        input=QuotePrice,
        roles=SELLER,
        refusals=_quote_refusals,
        take=_quote,
        example={"line_id": "1", "amount": "180.00"},
    ),
    ActionRule(
        name="take_quote",
        title="Take a quoted price",
        input=TakeQuote,
        roles=(Role.BUYER, *SELLER),
        refusals=_take_refusals,
        take=_take,
        example={"quote_id": "quote-1"},
    ),
)
