"""The ledger as it is read: entries and what they come to. An order's shows its children's entries too."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, tuple_

from domain.case.ledger import EntryKind, LedgerEntry, Party, Unit
from store.database import Database
from store.pages import Page, page_of, read_cursor
from store.tables import CaseRow, LedgerRow
from store.types import Fen, UtcTime

_PLACE = (LedgerRow.at, LedgerRow.case_id, LedgerRow.number)


class Booked(LedgerEntry):
    """An entry, and the case that booked it."""

    case_id: str


async def ledger(db: Database, case_id: str, limit: int = 50, cursor: str | None = None) -> Page[Booked]:
    """A page of entries, in the order of what caused them. Raises BadCursor."""
    query = select(LedgerRow).where(_shown_in(case_id)).order_by(*_PLACE).limit(limit + 1)
    if cursor:
        at, *rest = read_cursor(cursor, datetime, str, int)
        query = query.where(tuple_(*_PLACE) > tuple_(literal(at, UtcTime), *map(literal, rest)))
    async with db.read() as session:
        rows = (await session.scalars(query)).all()
    return page_of(rows, limit, _booked, lambda row: (row.at, row.case_id, row.number))


async def ledger_totals(db: Database, case_id: str) -> dict[EntryKind, Decimal]:
    """Sums of every kind that has an entry, net of reversals; yuan, or points."""
    net = func.sum(case((LedgerRow.reverses == "", LedgerRow.amount), else_=-LedgerRow.amount), type_=Fen)
    query = select(LedgerRow.kind, net).where(_shown_in(case_id)).group_by(LedgerRow.kind).order_by(LedgerRow.kind)
    async with db.read() as session:
        return {EntryKind(kind): total for kind, total in await session.execute(query)}


def _shown_in(case_id: str) -> ColumnElement[bool]:
    order = select(CaseRow.order_case_id).where(CaseRow.case_id == case_id).scalar_subquery()
    return and_(LedgerRow.order_case_id == order, or_(LedgerRow.case_id == case_id, LedgerRow.order_case_id == case_id))


def _booked(row: LedgerRow) -> Booked:
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
