"""How an order ends, with a trade or without one, and what may not be done after that."""

from collections.abc import Iterable
from datetime import datetime

from domain.case.cause import Evidence
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.order.state import OrderOutcome, OrderState
from domain.policy import Policy

ALREADY_COMPLETED = Refusal(code="already_completed", message="Receipt of this order is already confirmed.")
ALREADY_CLOSED = Refusal(code="already_closed", message="This order is closed.")


def keeps_open(state: OrderState, item: WorkItem) -> bool:
    """A carrier owes for lost goods, and a rating stands, whatever becomes of the order: it stays open for them."""
    return True


def against_over(state: OrderState) -> Iterable[Refusal]:
    """Nothing of an order's running life may be done once it is completed or closed."""
    if state.completed_at:
        yield ALREADY_COMPLETED
    if state.closed_at:
        yield ALREADY_CLOSED


def complete(state: OrderState, at: datetime, story: Story, summary: str) -> None:
    """The trade has succeeded (S2-67)."""
    state.completed_at, state.outcome = at, OrderOutcome.COMPLETED
    state.completed_by = Evidence(type="order.completed", id=story.cause.evidence.id)
    story.tell("order.completed", summary)


def close(state: OrderState, outcome: OrderOutcome, story: Story, summary: str, reason: str | None = None) -> None:
    """The order ends without a trade; `reason` refers to the words that somebody gave for it."""
    state.closed_at, state.outcome = story.cause.at, outcome
    state.closed_by = Evidence(type="order.closed", id=story.cause.evidence.id)
    words = {"reason": reason} if reason else {}
    story.tell("order.closed", summary, outcome=outcome, **words)


def close_if_refunded(state: OrderState, policy: Policy, story: Story) -> None:
    """An order all of whose lines are refunded before completion is closed; on some marketplaces: cancelled (S3-02)."""
    if state.over or any(not state.is_gift_alone(line) for line in state.remaining()):
        return
    if any(line.refunding for line in state.lines):
        return
    cancels = policy.receipt.refund_before_is_cancellation.value
    outcome = OrderOutcome.CANCELLED if cancels else OrderOutcome.REFUNDED
    close(state, outcome, story, f"Closed: every line is refunded ({outcome})")
