"""Money for the buyer's trouble: granted by an agent within their authority, by finance or by the owner (S4-66)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from domain.case.declare import ActionRule
from domain.case.ledger import EntryKind, net
from domain.case.payouts import owe
from domain.case.proposing import against_authority
from domain.case.story import Story
from domain.errors import Refusal
from domain.money import ZERO, InYuan, Yuan
from domain.order.context import OrderContext
from domain.order.line import Line
from domain.order.money import carriage_left, has_money, spread, to_grant, unclaimed
from domain.order.state import OrderState
from domain.privacy import Private
from domain.roles import Role

RULE = "S4-66"


class Compensate(InYuan):
    """What the buyer gets, yuan, and why; `line_ids`: for which goods, absent: for any of the order."""

    model_config = ConfigDict(extra="forbid")

    amount: Annotated[Yuan, Field(gt=0)]
    reason: Annotated[str, StringConstraints(min_length=1, max_length=200), Private("compensation_reason")]
    line_ids: Annotated[list[str], Field(min_length=1, max_length=200)] | None = None


def _lines(state: OrderState, line_ids: list[str] | None) -> list[Line]:
    return [line for line in state.lines if line_ids is None or line.line_id in line_ids]


def _most(state: OrderState, line_ids: list[str] | None) -> Decimal:
    """What was paid and is neither refunded nor compensated, of these lines or of all with the freight, yuan.

    What an open request is about is granted there; what lateness cost has been compensated too (S2-85).
    """
    goods = sum((unclaimed(state, line) for line in _lines(state, line_ids)), ZERO)
    freight = carriage_left(state) if line_ids is None else ZERO
    left = to_grant(state) - net(state.ledger, EntryKind.LATE_SHIPMENT_COMPENSATION)
    return max(min(goods + freight, left), ZERO)


def _compensate_refusals(context: OrderContext[Compensate | None]) -> Iterable[Refusal]:
    state, input_ = context.state, context.input
    if not has_money(state):
        yield Refusal(code="not_paid", message="The order has not been paid, so there is nothing to compensate from.")
    most = _most(state, input_.line_ids if input_ else None)
    if input_ is None:
        if not most and has_money(state):
            yield _too_much(most)
        return
    for line_id in input_.line_ids or ():
        if state.line(line_id) is None:
            yield Refusal(code="unknown_line", message=f"The order has no line {line_id}.", figures={"line": line_id})
    if input_.amount > most:
        yield _too_much(most)
    yield from against_authority(context, input_.amount)


def _too_much(most: Decimal) -> Refusal:
    why = "the rest of what was paid has gone back, or a request about it is open."
    return Refusal(
        code="amount_too_high", message=f"No more than {most} yuan can be granted: {why}", figures={"most": f"{most}"}
    )


def _compensate(context: OrderContext[Compensate], story: Story) -> dict[str, Any]:
    state, input_ = context.state, context.input
    state.refunds_by_hand = context.shop.shop.refunds_by_hand
    lines = {line.line_id: unclaimed(state, line) for line in _lines(state, input_.line_ids)}
    story.tell("compensation.granted", f"Granted: {input_.amount} yuan", reason=input_.reason)
    owe(state, story, EntryKind.COMPENSATION, input_.amount, RULE, back=spread(input_.amount, lines))
    return {"amount": str(input_.amount)}


COMPENSATE = ActionRule(
    name="compensate",
    title="Compensate the buyer",
    input=Compensate,
    roles=(Role.AGENT, Role.FINANCE, Role.OWNER),
    refusals=_compensate_refusals,
    take=_compensate,
    after_end=True,
    example={"amount": "10.00", "reason": "包装破损，补偿顾客"},
)
