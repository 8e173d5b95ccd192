"""The steps before shipping: another time is agreed on, or there is nothing to ship."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from domain.case.deadline import DeadlineState, find
from domain.case.declare import ActionRule
from domain.case.story import Story
from domain.errors import Refusal
from domain.order.context import OrderContext
from domain.order.ending import against_over
from domain.order.shipping.clock import SHIP_BY, owed_lines
from domain.order.shipping.handover import consigned_at, unshipped
from domain.order.shipping.ladder import ask_to_offer, find_lacking
from domain.roles import Role
from domain.times import Instant, china_clock


class AgreeShipBy(BaseModel):
    """The time that the buyer agreed to."""

    model_config = ConfigDict(extra="forbid")

    ship_by: Instant


class ReportOutOfStock(BaseModel):
    """Lines that cannot be shipped; `told_buyer` once the buyer knows, which makes them late shipments (S2-83)."""

    model_config = ConfigDict(extra="forbid")

    line_ids: list[str] = Field(min_length=1, max_length=200)
    told_buyer: bool = False


def _agree_refusals(context: OrderContext[AgreeShipBy | None]) -> Iterable[Refusal]:
    state = context.state
    yield from against_over(state)
    if not unshipped(state):
        yield Refusal(code="already_shipped", message="The carrier already has the goods.")
    ship_by = find(state.deadlines, SHIP_BY)
    if ship_by and ship_by.state is DeadlineState.ELAPSED:
        due = china_clock(ship_by.due_at)
        yield Refusal(
            code="already_late",
            message=f"The ship deadline passed on {due}; a time agreed now does not undo it.",
        )
    if context.input and context.input.ship_by <= context.now:
        yield Refusal(code="ship_by_in_past", message="The agreed time has passed already.")


def _agree(context: OrderContext[AgreeShipBy], story: Story) -> dict[str, Any]:
    context.state.agreed_ship_by = context.input.ship_by
    story.tell("ship_by.agreed", f"Buyer agreed: ships by {china_clock(context.input.ship_by)} (China time)")
    return {}


def _report_out_of_stock_refusals(context: OrderContext[ReportOutOfStock | None]) -> Iterable[Refusal]:
    state = context.state
    yield from against_over(state)
    if context.input is None:
        if all(consigned_at(state, line) for line in state.lines):
            yield Refusal(code="already_shipped", message="Every line has already been shipped.")
        return
    for line_id in context.input.line_ids:
        line = state.line(line_id)
        if line is None:
            yield Refusal(code="unknown_line", message=f"The order has no line {line_id}.")
        elif consigned_at(state, line):
            yield Refusal(code="already_shipped", message=f"Line {line_id} has already been shipped.")


def _report_out_of_stock(context: OrderContext[ReportOutOfStock], story: Story) -> dict[str, Any]:
    state, told = context.state, context.input.told_buyer
    reported = [line for line in state.lines if line.line_id in context.input.line_ids]
    new = find_lacking(reported, story)
    for line in reported:
        if told and line in owed_lines(state):
            line.out_of_stock_told_at = line.out_of_stock_told_at or story.cause.at
    lines = ", ".join(context.input.line_ids)
    summary = f"Out of stock: line {lines}" + (", the buyer knows" if told else "")
    story.tell("order.out_of_stock", summary, line_ids=context.input.line_ids, told_buyer=told)
    ask_to_offer(state, new, story, matter=story.cause.id)
    return {}


SHIPPING_ACTIONS = (
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
        refusals=_report_out_of_stock_refusals,
        take=_report_out_of_stock,
        example={"line_ids": ["1"]},
    ),
)
