"""Money that comes in, however late it is heard of, and an order that lives on because of it."""

from decimal import Decimal

from domain.case.cause import Evidence
from domain.case.deadline import DeadlineState, find
from domain.case.ledger import Booking, EntryKind, Party
from domain.case.story import Story
from domain.order.payments import Payment
from domain.order.state import OrderOutcome, OrderStage, OrderState

PAYMENT = "payment"
"""The clock of paying."""


def receive(state: OrderState, story: Story, payment_id: str, amount: Decimal, rule: str) -> bool:
    """Books a payment; answers whether the order is paid in full by it.

    One dated before the order was placed counts from placing. An order that was closed as not paid in time, and by the
    payments' own times was paid in time, lives on.
    """
    was_paid = state.paid_at() is not None
    at = max(story.cause.at, state.placed_at)
    state.payments.append(Payment(event_id=payment_id, at=at, amount=amount))
    story.book(Booking(kind=EntryKind.PAYMENT, amount=amount, debit=Party.BUYER, credit=Party.MERCHANT, rule=rule))
    if _closed_in_error(state):
        take_up(state, story, "Paid in time, as is learnt now: the order goes on")
    return state.paid_at() is not None and not was_paid


def take_up(state: OrderState, story: Story, summary: str) -> None:
    """A closed order lives on; its clocks run from what the facts say."""
    state.closed_at, state.closed_by, state.outcome = None, None, None
    state.stage = OrderStage.AWAITING_PAYMENT
    story.tell("order.taken_up", summary)


def take_up_late(state: OrderState, story: Story) -> None:
    """The shop takes up an order that was paid too late: what it owes, it owes from now on."""
    state.taken_up_at = story.cause.at
    state.taken_up_by = Evidence(type="order.taken_up", id=story.cause.evidence.id)
    take_up(state, story, "Paid too late, and taken up again: the order goes on")


def _closed_in_error(state: OrderState) -> bool:
    """Whether the payment deadline has closed it, and its payments reached what is owed before that."""
    deadline, paid_at = find(state.deadlines, PAYMENT), state.paid_at()
    timed_out = state.outcome == OrderOutcome.UNPAID and deadline and deadline.state is DeadlineState.ELAPSED
    return bool(timed_out) and paid_at is not None and deadline is not None and paid_at <= deadline.due_at
