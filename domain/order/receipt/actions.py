"""The steps of receiving: the buyer confirms, or it is put off."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.case.declare import ActionRule, Nothing
from domain.case.story import Story
from domain.errors import Refusal
from domain.order.context import OrderContext
from domain.order.ending import against_over, complete
from domain.order.shipping.handover import all_consigned_at, first_consigned_at
from domain.roles import SELLER, Role


class ExtendReceipt(BaseModel):
    """By how many days receipt is put off."""

    model_config = ConfigDict(extra="forbid")

    days: int


def _confirm_refusals(context: OrderContext[object]) -> Iterable[Refusal]:
    yield from against_over(context.state)
    if all_consigned_at(context.state) is None:
        yield Refusal(
            code="not_shipped",
            message="The order has not been shipped in full, so there is no receipt to confirm.",
        )
    if not context.state.was_paid and not context.state.at_the_door:
        yield Refusal(code="not_paid", message="The order is not paid yet, so its receipt cannot be confirmed.")


def _confirm(context: OrderContext[object], story: Story) -> dict[str, Any]:
    complete(context.state, story.cause.at, story, "Receipt confirmed by the buyer")
    return {}


def _extend_refusals(context: OrderContext[ExtendReceipt | None]) -> Iterable[Refusal]:
    state, terms = context.state, context.policy.receipt
    yield from against_over(state)
    if first_consigned_at(state) is None:
        yield Refusal(
            code="not_shipped",
            message="The order has not been shipped, so its receipt clock does not run yet.",
        )
    by_buyer = context.actor.role is Role.BUYER
    if by_buyer and state.buyer_extensions >= terms.buyer_extensions_allowed.value:
        yield Refusal(code="already_extended", message="The buyer has put off receipt as often as the rules allow.")
    if context.input is None:
        return
    allowed = (terms.buyer_extension.value.days,) if by_buyer else terms.seller_extensions.value
    if context.input.days not in allowed:
        days = ", ".join(str(day) for day in allowed)
        yield Refusal(
            code="invalid_days",
            message=f"Receipt can be put off by {days} days, not by {context.input.days}.",
            figures={"days": days},
        )


def _extend(context: OrderContext[ExtendReceipt], story: Story) -> dict[str, Any]:
    state, days = context.state, context.input.days
    state.receipt_extensions.append(days)
    state.buyer_extensions += context.actor.role is Role.BUYER
    story.tell("receipt.extended", f"Receipt put off by {days} days", days=days)
    return {"days": days}


RECEIPT_ACTIONS = (
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
)
