"""The clock of paying: an order that is not paid in time is closed."""

from collections.abc import Iterable
from datetime import timedelta

from domain.case.cause import Evidence
from domain.case.deadline import Because, Deadline, DeadlineState, Plan
from domain.case.pauses import put_off
from domain.case.story import Story
from domain.order.ending import close
from domain.order.payment.receiving import PAYMENT
from domain.order.payment.remittances import looking_times
from domain.order.state import OrderOutcome, OrderState
from domain.policy import Policy

GRACE = timedelta(minutes=10)
"""Closing cannot be undone: an order that is opened long after it was placed first hears of its payment."""


def payment_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`payment`: from placing; never for cash on delivery (S2-19: do not close unilaterally).

    It stands still while finance looks for a remittance (S2-24). Where the bank took the money back before the goods
    left, or it went back before the order was known to live on, the buyer has the time anew.
    """
    if state.at_the_door:
        return
    within = policy.payment.within
    fell_at = state.fell_unpaid_at()
    anew = max(fell_at, state.lives_on_since or fell_at) if fell_at else None
    started_at = anew or state.pays_online_since or state.placed_at
    limit = max(started_at + within.value, state.opened_at + GRACE)
    paid_at = state.paid_at()
    looked = tuple(looking_times(state))
    with_pauses = put_off(started_at, limit, looked)
    in_time = paid_at is not None and (bool(with_pauses.stands_still_since) or paid_at <= with_pauses.due_at)
    sent = fell_at is not None and bool(state.parcels)
    moot = DeadlineState.CANCELLED if paid_at or state.over or sent else None
    yield Plan(
        kind=PAYMENT,
        started_at=started_at,
        due_at=limit,
        because=Because.since(
            Evidence(type="order.placed", id=state.case_id), "payment.within", policy.id, within.text
        ),
        stands_still=looked,
        outcome=DeadlineState.MET if in_time else moot,
    )


def pass_payment(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The order is closed as unpaid."""
    close(state, OrderOutcome.UNPAID, story, f"Closed: not paid in time ({deadline.because.value} after placing)")
