"""The ledger: append-only money and penalty points. A correction is an entry that reverses another."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.case.cause import Cause
from domain.money import ZERO, Yuan
from domain.times import Instant


class EntryKind(StrEnum):
    """What an entry is for."""

    PAYMENT = "payment"
    PAYMENT_REVERSAL = "payment_reversal"
    REFUND = "refund"
    LATE_SHIPMENT_POINTS = "late_shipment_points"
    LATE_SHIPMENT_COMPENSATION = "late_shipment_compensation"
    INTERCEPT_FEE = "intercept_fee"
    INTERCEPT_CLAIM = "intercept_claim"
    FREIGHT_SUBSIDY = "freight_subsidy"
    COMPENSATION = "compensation"


class Party(StrEnum):
    """Whose account an entry debits or credits."""

    BUYER = "buyer"
    MERCHANT = "merchant"
    CARRIER = "carrier"
    PLATFORM = "platform"


class Unit(StrEnum):
    """Yuan, or whole penalty points."""

    CNY = "CNY"
    POINTS = "points"


class LedgerEntry(BaseModel):
    """Money or points that moved from `debit` to `credit`, with the rule that moved them (S2-85) and the cause.

    `at` is when what caused it happened; `reverses` names the entry that this one takes back.
    """

    model_config = ConfigDict(frozen=True)

    entry_id: str
    at: Instant
    kind: EntryKind
    amount: Yuan
    unit: Unit
    debit: Party
    credit: Party
    rule: str
    cause: str
    reverses: str | None = None
    version: int = 0


class Booking(BaseModel):
    """What should move, before it has an entry id and a cause."""

    model_config = ConfigDict(frozen=True)

    kind: EntryKind
    amount: Yuan
    debit: Party
    credit: Party
    rule: str
    unit: Unit = Unit.CNY


def standing(entries: Sequence[LedgerEntry], kind: EntryKind) -> list[LedgerEntry]:
    """The entries of a kind that nothing has reversed, reversals themselves left out."""
    reversed_ids = {entry.reverses for entry in entries}
    return [e for e in entries if e.kind is kind and e.reverses is None and e.entry_id not in reversed_ids]


def net(entries: Sequence[LedgerEntry], kind: EntryKind) -> Decimal:
    """What a kind comes to, net of reversals; yuan or points."""
    return sum((entry.amount for entry in standing(entries, kind)), ZERO)


def totals(entries: Sequence[LedgerEntry]) -> dict[EntryKind, Decimal]:
    """Net sums of every kind that has an entry."""
    return {kind: net(entries, kind) for kind in EntryKind if any(e.kind is kind for e in entries)}


def book(entries: list[LedgerEntry], case_id: str, booking: Booking, cause: Cause, version: int) -> LedgerEntry:
    """Appends an entry."""
    entry = LedgerEntry(
        entry_id=_next_id(entries, case_id), at=cause.at, cause=cause.key, version=version, **dict(booking)
    )
    entries.append(entry)
    return entry


def balance(
    entries: list[LedgerEntry],
    case_id: str,
    kind: EntryKind,
    called_for: Booking | None,
    cause: Cause,
    version: int,
) -> list[LedgerEntry]:
    """Makes what stands of a kind equal to what the facts call for, by reversing and booking; returns what it added.

    Calling it again with the same facts adds nothing, so money and points are booked once.
    """
    stands = standing(entries, kind)
    if [_booking(entry) for entry in stands] == ([called_for] if called_for else []):
        return []
    added = [_reverse(entries, case_id, entry, cause.now, cause, version) for entry in stands]
    if called_for:
        added.append(book(entries, case_id, called_for, cause, version))
    return added


def _reverse(
    entries: list[LedgerEntry], case_id: str, entry: LedgerEntry, at: datetime, cause: Cause, version: int
) -> LedgerEntry:
    reversal = entry.model_copy(
        update={
            "entry_id": _next_id(entries, case_id),
            "at": at,
            "debit": entry.credit,
            "credit": entry.debit,
            "cause": cause.key,
            "reverses": entry.entry_id,
            "version": version,
        }
    )
    entries.append(reversal)
    return reversal


def _booking(entry: LedgerEntry) -> Booking:
    return Booking(**{name: getattr(entry, name) for name in Booking.model_fields})


def _next_id(entries: Iterable[LedgerEntry], case_id: str) -> str:
    return f"{case_id}/{sum(1 for _ in entries) + 1}"
