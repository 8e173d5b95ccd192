"""The ledger as it is read: entries and what they come to. An order's shows its children's entries too."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, or_, select, tuple_

from domain.case.ledger import EntryKind, LedgerEntry, Party, Unit
from store.database import Row
from store.pages import Page, page_of, read_cursor
from store.tables import CASES, LEDGER_ENTRIES
from store.types import Fen, UtcTime

_PLACE = (LEDGER_ENTRIES.c.at, LEDGER_ENTRIES.c.case_id, LEDGER_ENTRIES.c.number)


class Booked(LedgerEntry):
    """An entry, and the case that booked it."""

    case_id: str


@dataclass(frozen=True, slots=True)
class Ledger(Page[Booked]):
    """A page of entries, and what all of them come to by kind, net of reversals, in yuan or points."""

    totals: dict[EntryKind, Decimal]


def ledger(tx: Connection, case_id: str, limit: int = 50, cursor: str | None = None) -> Ledger:
    """Entries in the order of what caused them, and what all come to at the same instant. Raises BadCursor."""
    page = select(LEDGER_ENTRIES).where(_shown_in(case_id)).order_by(*_PLACE).limit(limit + 1)
    if cursor:
        at, *rest = read_cursor(cursor, datetime, str, int)
        page = page.where(tuple_(*_PLACE) > tuple_(literal(at, UtcTime), *map(literal, rest)))
    net = func.sum(
        case((LEDGER_ENTRIES.c.reverses == "", LEDGER_ENTRIES.c.amount), else_=-LEDGER_ENTRIES.c.amount), type_=Fen
    )
    totals = (
        select(LEDGER_ENTRIES.c.kind, net)
        .where(_shown_in(case_id))
        .group_by(LEDGER_ENTRIES.c.kind)
        .order_by(LEDGER_ENTRIES.c.kind)
    )
    rows = tx.execute(page).all()
    come_to = {EntryKind(kind): total for kind, total in tx.execute(totals)}
    entries = page_of(rows, limit, _booked, lambda row: (row.at, row.case_id, row.number))
    return Ledger(entries.items, entries.next, come_to)


def _shown_in(case_id: str) -> ColumnElement[bool]:
    order = select(CASES.c.order_case_id).where(CASES.c.case_id == case_id).scalar_subquery()
    return and_(
        LEDGER_ENTRIES.c.order_case_id == order,
        or_(LEDGER_ENTRIES.c.case_id == case_id, LEDGER_ENTRIES.c.order_case_id == case_id),
    )


def _booked(row: Row) -> Booked:
    return Booked(
        case_id=row.case_id,
        entry_id=row.entry_id,
        at=row.at,
        kind=EntryKind(row.kind),
        amount=row.amount,
        unit=Unit(row.unit),
        debit=Party(row.debit),
        credit=Party(row.credit),
        rule=row.rule,
        cause=row.cause,
        reverses=row.reverses or None,
        version=row.version,
    )
