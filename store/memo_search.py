"""Memos of a shop as its people look for them: by words, flag, author, time, order and waybill (S2-06, S2-23)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, literal, or_, select, tuple_

from store.database import Row
from store.memos import Memo, memo_in
from store.pages import Page, page_of, read_cursor
from store.tables import CASES, MEMOS, PARCELS
from store.types import UtcTime


@dataclass(frozen=True, slots=True)
class MemoFilter:
    """Which memos of a shop; None leaves a question open. Written from `since` on, before `until`.

    Attributes:
        words: what stands in the line, in capitals or not; no character of it is a wildcard.
        tracking_no: memos on that parcel, and those of its order that are on no parcel.
    """

    words: str | None = None
    flag: int | None = None
    tracking_no: str | None = None
    order_id: str | None = None
    account: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundMemo:
    """A memo, and the order that it is about."""

    memo: Memo
    order_id: str


def search(
    tx: Connection, merchant: str, only: MemoFilter | None = None, limit: int = 50, cursor: str | None = None
) -> Page[FoundMemo]:
    """A page of a shop's memos, the newest first. Raises BadCursor."""
    only = only or MemoFilter()
    place = (MEMOS.c.at, MEMOS.c.memo_id)
    order_id = select(CASES.c.order_id).where(CASES.c.case_id == MEMOS.c.case_id).scalar_subquery().label("order_id")
    query = select(MEMOS, order_id).where(*_conditions(merchant, only))
    if cursor:
        at, memo_id = read_cursor(cursor, datetime, str)
        query = query.where(tuple_(*place) < tuple_(literal(at, UtcTime), literal(memo_id)))
    if (of_order := _of_order(merchant, only)) is not None:
        # Looked up first: knowing how few they are, the database does not walk all memos to find their newest.
        case_ids = tx.scalars(select(CASES.c.case_id).where(of_order)).all()
        query = query.where(MEMOS.c.case_id.in_(case_ids))
    rows = tx.execute(query.order_by(*(part.desc() for part in place)).limit(limit + 1)).all()
    return page_of(rows, limit, _found, lambda row: (row.at, row.memo_id))


def _found(row: Row) -> FoundMemo:
    return FoundMemo(memo_in(row), row.order_id)


def _conditions(merchant: str, only: MemoFilter) -> list[ColumnElement[bool]]:
    conditions = [MEMOS.c.merchant == merchant, MEMOS.c.line.is_not(None)]
    if only.words:
        conditions.append(MEMOS.c.line.icontains(only.words, autoescape=True))
    if only.flag is not None:
        conditions.append(MEMOS.c.flag == only.flag)
    if only.account is not None:
        conditions.append(MEMOS.c.account == only.account)
    if only.since is not None:
        conditions.append(MEMOS.c.at >= only.since)
    if only.until is not None:
        conditions.append(MEMOS.c.at < only.until)
    if only.tracking_no is not None:
        conditions.append(or_(MEMOS.c.tracking_no.is_(None), MEMOS.c.tracking_no == only.tracking_no))
    return conditions


def _of_order(merchant: str, only: MemoFilter) -> ColumnElement[bool] | None:
    """Which cases a filter by order or waybill leaves: all those of the orders it means; None if it means all."""
    if only.order_id is None and only.tracking_no is None:
        return None
    if only.tracking_no is None:
        return (CASES.c.merchant == merchant) & (CASES.c.order_id == only.order_id)
    carries = CASES.alias()
    orders = (
        select(carries.c.order_case_id)
        .join(PARCELS, PARCELS.c.case_id == carries.c.case_id)
        .where(PARCELS.c.merchant == merchant, PARCELS.c.tracking_no == only.tracking_no)
    )
    if only.order_id is not None:
        orders = orders.where(carries.c.order_id == only.order_id)
    return CASES.c.order_case_id.in_(orders)
