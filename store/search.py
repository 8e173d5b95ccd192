"""Finding cases by what people have in hand: an order id, a waybill, a buyer's id, phone or name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, literal, or_, select, tuple_

from domain.case.ids import CaseKind
from store.database import Row
from store.pages import Page, page_of, read_cursor
from store.tables import BUYERS, CASES, PARCELS

_BEYOND = "\U0010ffff"
"""Sorts behind every text that goes on from a beginning."""
_WRITTEN_APART = re.compile(r"[\s-]")
"""What people put into phone numbers to read them more easily."""
PHONE_END = 4
"""By how many of a phone's last digits people look for it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that was found."""

    case_id: str
    kind: CaseKind
    open: bool


def find_cases(
    tx: Connection,
    merchant: str,
    words: str,
    *,
    personal: bool,
    buyer: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[Hit]:
    """A page of a shop's cases, by order id. Raises BadCursor.

    An order is found by the beginning of its id, and where `personal` by its buyer; a waybill finds the case whose
    parcel it is, be that a return or a replacement.

    Args:
        tx: a transaction.
        merchant: the shop.
        words: what was typed in, two characters at least.
        personal: whether personal data may be looked at.
        buyer: whose cases alone; None: anybody's.
        limit: how many at most.
        cursor: where the page before ended.
    """
    common = [CASES.c.merchant == merchant]
    if buyer is not None:
        common.append(CASES.c.order_case_id.in_(select(BUYERS.c.case_id).where(BUYERS.c.buyer_id == buyer)))
    place = tuple(_by_code(tx, column) for column in (CASES.c.order_id, CASES.c.case_id))
    if cursor:
        common.append(tuple_(*place) > tuple_(*map(literal, read_cursor(cursor, str, str))))
    found: dict[str, Row] = {}
    for way in _ways(tx, merchant, words, personal):  # each walks an index of its own
        query = select(CASES.c.order_id, CASES.c.case_id, CASES.c.kind, CASES.c.open).where(*common, way)
        found |= {row.case_id: row for row in tx.execute(query.order_by(*place).limit(limit + 1))}
    rows = sorted(found.values(), key=lambda row: (row.order_id, row.case_id))[: limit + 1]
    return page_of(rows, limit, _hit, lambda row: (row.order_id, row.case_id))


def _ways(tx: Connection, merchant: str, words: str, personal: bool) -> Iterator[ColumnElement[bool]]:
    is_order = CASES.c.kind == CaseKind.ORDER
    yield and_(is_order, _begins(tx, CASES.c.order_id, words))
    yield CASES.c.case_id.in_(
        select(PARCELS.c.case_id).where(PARCELS.c.merchant == merchant, PARCELS.c.tracking_no == words)
    )
    if personal:
        phone = _WRITTEN_APART.sub("", words).removeprefix("+86")
        ways = [BUYERS.c.buyer_id == words, BUYERS.c.phone == phone, _begins(tx, BUYERS.c.name, words)]
        if len(phone) == PHONE_END and phone.isdecimal():
            ways.append(BUYERS.c.phone_end == phone)
        yield and_(is_order, CASES.c.case_id.in_(select(BUYERS.c.case_id).where(or_(*ways))))


def _begins(tx: Connection, column: ColumnElement[str] | ColumnElement[str | None], words: str) -> ColumnElement[bool]:
    """By an index of SQLite's, whose LIKE would overlook capitals and walk all rows; PostgreSQL sorts as people do."""
    if tx.dialect.name == "sqlite":
        return and_(column >= words, column < words + _BEYOND)
    return column.startswith(words, autoescape=True)


def _by_code(tx: Connection, column: ColumnElement[str]) -> ColumnElement[str]:
    """Sorted by its characters' codes, as SQLite and Python sort."""
    return column if tx.dialect.name == "sqlite" else column.collate("C")


def _hit(row: Row) -> Hit:
    return Hit(row.case_id, CaseKind(row.kind), row.open)
