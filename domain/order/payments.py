"""What an order was paid, what of it the bank took back, when that paid for it; and the invoice about it."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.case.payouts import Payout
from domain.money import ZERO, Yuan
from domain.times import Instant

RETURNED = "returned"
"""What a payout is about that gives back money which the order was paid and is not owed."""


class Payment(BaseModel):
    """Money the buyer paid, when it was paid."""

    model_config = ConfigDict(frozen=True)

    event_id: str
    at: Instant
    amount: Yuan


class Reversal(BaseModel):
    """Money that the buyer's bank took back, and when; `reason` refers to why, in its words."""

    model_config = ConfigDict(frozen=True)

    event_id: str
    at: Instant
    amount: Yuan
    reason: str = ""


class InvoiceKind(StrEnum):
    """For whom an invoice is made out."""

    PERSONAL = "personal"
    COMPANY = "company"


class Invoice(BaseModel):
    """An invoice that the buyer wants (S4-06, S4-22).

    Attributes:
        title: refers to whom it is made out to, which stays in the store.
        registered_by: the step that registered it.
        sent_at: when finance sent it; `parcel`: in which parcel (S4-23).
    """

    kind: InvoiceKind
    title: str
    registered_by: str
    sent_at: Instant | None = None
    parcel: str | None = None


def when_paid(
    total: Decimal, payments: Iterable[Payment], reversals: Iterable[Reversal], payouts: Iterable[Payout]
) -> tuple[Payment | None, datetime | None]:
    """By which payment what came in reached the total and stayed there, and when it last fell below; None: never.

    By the times at which it happened, whenever it was learnt: payments, reversals, and what was given back.
    """
    if total == ZERO:
        return None, None
    moves: list[tuple[datetime, Decimal, Payment | None]] = [
        *((payment.at, payment.amount, payment) for payment in payments),
        *((reversal.at, -reversal.amount, None) for reversal in reversals),
        *((payout.owed_at, -payout.amount, None) for payout in payouts if payout.about == RETURNED),
    ]
    sum_so_far, completing, fell_at = ZERO, None, None
    for at, amount, payment in sorted(moves, key=lambda move: (move[0], move[2] is None)):
        sum_so_far += amount
        if sum_so_far >= total:
            completing = completing or payment
        elif completing:
            completing, fell_at = None, at
    return completing, fell_at
