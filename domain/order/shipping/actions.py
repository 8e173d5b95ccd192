"""The steps before shipping: another time is agreed on, or there is nothing to ship."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from domain.case.deadline import DeadlineState, find
from domain.case.declare import ActionRule
from domain.case.story import Story
from domain.case.units import NamesLines, against_missing, against_unknown, meant
from domain.errors import Refusal
from domain.invalid import InvalidValue
from domain.order.context import OrderContext
from domain.order.ending import against_over
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.handover import to_consign, to_hand_over
from domain.order.shipping.ladder import ask_to_offer
from domain.order.shipping.out_of_stock import take_out_of_stock
from domain.roles import Role
from domain.times import Instant, china_clock, iso_instant


class AgreeShipBy(BaseModel):
    """The time that the buyer agreed to."""

    model_config = ConfigDict(extra="forbid")

    ship_by: Instant


class ReportOutOfStock(NamesLines):
    """Goods that cannot be shipped; `told_buyer` once the buyer knows, which makes them late shipments (S2-83)."""

    model_config = ConfigDict(extra="forbid")

    told_buyer: bool = False

    @model_validator(mode="after")
    def _says_which(self) -> "ReportOutOfStock":
        if self.named is None:
            raise InvalidValue("give lines or line_ids", "请填写 lines 或 line_ids")
        return self


def _agree_refusals(context: OrderContext[AgreeShipBy | None]) -> Iterable[Refusal]:
    state = context.state
    yield from against_over(state)
    if not to_hand_over(state):
        yield Refusal(code="already_shipped", message="The carrier already has the goods.")
    ship_by = find(state.deadlines, SHIP_BY)
    if ship_by and ship_by.state is DeadlineState.ELAPSED:
        due = china_clock(ship_by.due_at)
        yield Refusal(
            code="already_late",
            message=f"The ship deadline passed on {due}; a time agreed now does not undo it.",
            figures={"until": iso_instant(ship_by.due_at)},
        )
    if context.input and context.input.ship_by <= context.now:
        yield Refusal(code="ship_by_in_past", message="The agreed time has passed already.")


def _agree(context: OrderContext[AgreeShipBy], story: Story) -> dict[str, Any]:
    context.state.agreed_ship_by = context.input.ship_by
    context.state.stated.pop(SHIP_BY, None)
    story.tell("ship_by.agreed", f"Buyer agreed: ships by {china_clock(context.input.ship_by)} (China time)")
    return {}


def _report_out_of_stock_refusals(context: OrderContext[ReportOutOfStock | None]) -> Iterable[Refusal]:
    state = context.state
    waiting = to_consign(state)
    yield from against_over(state)
    if context.input is None:
        if not waiting:
            yield Refusal(code="already_shipped", message="Every line has already been shipped.")
        return
    named = context.input.named or {}
    yield from against_unknown(named, (line.line_id for line in state.lines))
    for line in state.lines:
        if line.line_id in named and line.line_id not in waiting:
            yield Refusal(
                code="already_shipped",
                message=f"Line {line.line_id} has already been shipped.",
                figures={"line": line.line_id},
            )
    yield from against_missing({one: units for one, units in named.items() if one in waiting}, waiting, "to ship")


def _report_out_of_stock(context: OrderContext[ReportOutOfStock], story: Story) -> dict[str, Any]:
    state = context.state
    units = meant(context.input.named, to_consign(state))
    new = take_out_of_stock(state, units, story, told=context.input.told_buyer)
    ask_to_offer(state, story, matter=story.cause.id, new=new)
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
