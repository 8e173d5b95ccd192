"""The ledger: append-only, balanced to what the facts call for, corrected by reversals."""

from __future__ import annotations

from decimal import Decimal

from domain.case.cause import Cause, CauseKind
from domain.case.ledger import Booking, EntryKind, LedgerEntry, Party, Unit, balance, book, net, standing, totals
from tests.domain.orders import at

COMPENSATION = EntryKind.LATE_SHIPMENT_COMPENSATION


def cause(event_id: str = "1") -> Cause:
    """A fact that makes entries."""
    return Cause(kind=CauseKind.EVENT, name="parcel.picked_up", id=f"zto/{event_id}", at=at(), now=at())


def compensation(amount: str) -> Booking:
    """What a late shipment costs the shop."""
    return Booking(kind=COMPENSATION, amount=Decimal(amount), debit=Party.MERCHANT, credit=Party.BUYER, rule="S2-85")


def balanced(*amounts: str | None) -> list[LedgerEntry]:
    """The ledger after being balanced to each of these amounts in turn, each by a fact of its own."""
    entries: list[LedgerEntry] = []
    for number, amount in enumerate(amounts, 1):
        called_for = None if amount is None else compensation(amount)
        balance(entries, "order:1", COMPENSATION, called_for, cause(str(number)), version=number)
    return entries


def test_an_entry_says_why() -> None:
    """An entry carries who owed whom, the rule, the cause, and when that happened."""
    (entry,) = balanced("9.95")
    assert (entry.entry_id, entry.amount, entry.unit) == ("order:1/1", Decimal("9.95"), Unit.CNY)
    assert (entry.debit, entry.credit) == (Party.MERCHANT, Party.BUYER)
    assert (entry.rule, entry.cause, entry.at, entry.version) == ("S2-85", "event:zto/1", at(), 1)
    assert entry.reverses is None


def test_balancing_again_adds_nothing() -> None:
    """The same facts again book nothing twice."""
    assert len(balanced("9.95", "9.95", "9.95")) == 1


def test_balancing_nothing_adds_nothing() -> None:
    """Where nothing is called for and nothing stands, there is no entry."""
    assert balanced(None) == []


def test_a_reversal_swaps_the_sides() -> None:
    """What is no longer called for is taken back by an entry of the same amount, never deleted."""
    first, back = balanced("9.95", None)
    assert (back.kind, back.amount, back.unit, back.rule) == (first.kind, first.amount, first.unit, first.rule)
    assert (back.debit, back.credit) == (first.credit, first.debit)
    assert (back.reverses, back.cause, back.entry_id) == (first.entry_id, "event:zto/2", "order:1/2")
    assert net([first, back], COMPENSATION) == 0


def test_another_amount_reverses_and_books_anew() -> None:
    """A correction takes back the whole entry and books the right one."""
    entries = balanced("9.95", "4.95")
    assert [(entry.amount, entry.reverses) for entry in entries] == [
        (Decimal("9.95"), None),
        (Decimal("9.95"), "order:1/1"),
        (Decimal("4.95"), None),
    ]
    assert net(entries, COMPENSATION) == Decimal("4.95")


def test_booked_again_after_a_reversal() -> None:
    """Only what stands counts: reversed entries and their reversals are settled once and for all."""
    entries = balanced("9.95", None, "9.95", None)
    assert [entry.reverses for entry in entries] == [None, "order:1/1", None, "order:1/3"]
    assert standing(entries, COMPENSATION) == []


def test_totals_are_net_of_reversals() -> None:
    """Each kind that ever had an entry comes to what stands of it."""
    entries = balanced("9.95", None)
    payment = Booking(
        kind=EntryKind.PAYMENT, amount=Decimal("100.00"), debit=Party.BUYER, credit=Party.MERCHANT, rule="S2-43"
    )
    for number in ("pay-1", "pay-2"):
        book(entries, "order:1", payment, cause(number), version=3)
    assert totals(entries) == {EntryKind.PAYMENT: Decimal("200.00"), COMPENSATION: Decimal("0.00")}


def test_kinds_are_balanced_apart() -> None:
    """Settling one kind leaves the others alone."""
    entries = balanced("9.95")
    points = Booking(
        kind=EntryKind.LATE_SHIPMENT_POINTS,
        amount=Decimal(3),
        debit=Party.MERCHANT,
        credit=Party.PLATFORM,
        rule="S2-85",
        unit=Unit.POINTS,
    )
    balance(entries, "order:1", EntryKind.LATE_SHIPMENT_POINTS, points, cause(), version=2)
    balance(entries, "order:1", EntryKind.LATE_SHIPMENT_POINTS, points, cause(), version=3)
    assert [(entry.kind, entry.unit) for entry in entries] == [
        (COMPENSATION, Unit.CNY),
        (EntryKind.LATE_SHIPMENT_POINTS, Unit.POINTS),
    ]
