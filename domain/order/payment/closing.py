"""Closing an order that is not paid, with its buyer's consent (S2-05)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from domain.case.declare import ActionRule
from domain.case.story import Story
from domain.errors import Refusal
from domain.order.context import OrderContext
from domain.order.ending import against_over, close
from domain.order.shipping.handover import first_consigned_at
from domain.order.state import OrderOutcome
from domain.privacy import Private
from domain.roles import Role


class CloseUnpaid(BaseModel):
    """Why an unpaid order is closed, and that the buyer agreed to it (S2-05)."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(min_length=1, max_length=200), Private("close_reason")]
    buyer_consent: bool


def against_closing(context: OrderContext[object]) -> Iterable[Refusal]:
    """What speaks against closing it as not wanted, by whatever step: money that came, goods that left."""
    state = context.state
    yield from against_over(state)
    if state.paid > 0:
        yield Refusal(code="already_paid", message="The buyer has paid; ask for a refund instead of closing.")
    if first_consigned_at(state):
        yield Refusal(code="already_shipped", message="The order has been shipped and cannot be closed as unpaid.")


def close_refusals(context: OrderContext[CloseUnpaid | None]) -> Iterable[Refusal]:
    """What speaks against closing it unpaid now (S2-05)."""
    state = context.state
    yield from against_closing(context)
    after: timedelta = context.policy.payment.close_after.value
    if context.now - state.placed_at < after:
        yield Refusal(
            code="too_soon",
            message=f"An order can be closed {after.total_seconds():.0f} seconds after placing at the earliest.",
            figures={"seconds": f"{after.total_seconds():.0f}"},
        )
    if context.input is not None and not context.input.buyer_consent:
        yield Refusal(code="consent_required", message="An unpaid order is closed only with the buyer's consent.")


def _close(context: OrderContext[CloseUnpaid], story: Story) -> dict[str, Any]:
    close(context.state, OrderOutcome.UNPAID, story, "Closed unpaid, with the buyer's consent", context.input.reason)
    return {}


CLOSE_UNPAID = ActionRule(
    name="close_unpaid",
    title="Close unpaid",
    input=CloseUnpaid,
    roles=(Role.AGENT, Role.OWNER),
    refusals=close_refusals,
    take=_close,
    example={"reason": "buyer_mistake", "buyer_consent": True},
)
