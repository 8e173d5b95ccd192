"""Money that comes in, however late it is heard of, and an order that lives on because of it."""

from datetime import datetime
from decimal import Decimal

from domain.case.cause import Evidence
from domain.case.deadline import DeadlineState, find
from domain.case.ledger import Booking, EntryKind, Party
from domain.case.story import Story
from domain.money import ZERO
from domain.order.payments import RETURNED, Payment, Reversal, when_paid
from domain.order.state import OrderOutcome, OrderStage, OrderState

PAYMENT = "payment"
"""The clock of paying."""


def receive(state: OrderState, story: Story, payment_id: str, amount: Decimal, rule: str) -> bool:
    """Books a payment; answers whether the order is paid in full by it.

    One dated before the order was placed counts from placing. An order that was closed as not paid in time, and by the
    payments' own times was paid in time, lives on. What of it went back with the closing is to be paid again, but for
    what is still with finance: that stays here.
    """
    was_paid = state.paid_at() is not None
    at = max(story.cause.at, state.placed_at)
    state.payments.append(Payment(event_id=payment_id, at=at, amount=amount))
    story.book(Booking(kind=EntryKind.PAYMENT, amount=amount, debit=Party.BUYER, credit=Party.MERCHANT, rule=rule))
    _take_back_what_was_heard_of_early(state, story)
    if _closed_in_error(state):
        _keep_what_finance_has(state, story)
        take_up(state, story, "Paid in time, as is learnt now: the order goes on")
    return state.paid_at() is not None and not was_paid


def take_back(state: OrderState, reversal: Reversal, story: Story) -> None:
    """The buyer's bank took money back that was paid."""
    amount = reversal.amount
    state.reversals.append(reversal)
    story.book(
        Booking(kind=EntryKind.PAYMENT_REVERSAL, amount=amount, debit=Party.MERCHANT, credit=Party.BUYER, rule="S2-43")
    )
    reason = {"reason": reversal.reason} if reversal.reason else {}
    story.tell("payment.reversed", f"The bank took {amount} yuan back", amount=str(amount), **reason)


def _take_back_what_was_heard_of_early(state: OrderState, story: Story) -> None:
    """Reversals of more than was paid, as far as was known: with this payment enough was paid by then."""
    for reversal in list(state.early_reversals):
        if reversal.amount <= min(_paid_by(state, reversal.at), state.paid):
            state.early_reversals.remove(reversal)
            take_back(state, reversal, story)


def _paid_by(state: OrderState, moment: datetime) -> Decimal:
    """What had been paid by then, and no bank had taken back, yuan."""
    paid = sum((payment.amount for payment in state.payments if payment.at <= moment), ZERO)
    return paid - sum((reversal.amount for reversal in state.reversals if reversal.at <= moment), ZERO)


def take_up(state: OrderState, story: Story, summary: str) -> None:
    """A closed order lives on; its clocks run from what the facts say."""
    state.closed_at, state.closed_by, state.outcome = None, None, None
    state.lives_on_since = story.cause.now
    state.stage = OrderStage.AWAITING_PAYMENT
    story.tell("order.taken_up", summary)


def take_up_late(state: OrderState, story: Story) -> None:
    """The shop takes up an order that was paid too late: what it owes, it owes from now on."""
    state.taken_up_at = story.cause.at
    state.taken_up_by = Evidence(type="order.taken_up", id=story.cause.evidence.id)
    take_up(state, story, "Paid too late, and taken up again: the order goes on")


def _closed_in_error(state: OrderState) -> bool:
    """Whether the payment deadline has closed it, and its payments reached what is owed before that."""
    deadline, closed_at = find(state.deadlines, PAYMENT), state.closed_at
    timed_out = state.outcome == OrderOutcome.UNPAID and deadline and deadline.state is DeadlineState.ELAPSED
    if not timed_out or deadline is None or closed_at is None:
        return False
    before = [payout for payout in state.payouts if payout.owed_at < closed_at]
    payment, _ = when_paid(state.due, state.payments, state.reversals, before)
    return payment is not None and payment.at <= deadline.due_at


def _keep_what_finance_has(state: OrderState, story: Story) -> None:
    """What was to go back by hand and has not gone is not given back after all."""
    kept = [one for one in state.unpaid_payouts() if one.about == RETURNED and one.by_hand is not None]
    for payout in kept:
        state.payouts.remove(payout)
        story.tell(
            "payment.kept", f"{payout.amount} yuan stay here: they are owed after all", amount=str(payout.amount)
        )
