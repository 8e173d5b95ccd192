"""Memos of a shop as its people look for them: by words, flag, author, time, order and waybill (S2-06, S2-23)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, literal, or_, select, tuple_
from sqlalchemy.orm import aliased

from store.database import Database
from store.memos import Memo, memo_in
from store.pages import Page, page_of, read_cursor
from store.tables import CaseRow, MemoRow, ParcelRow
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


async def search(
    db: Database, merchant: str, only: MemoFilter | None = None, limit: int = 50, cursor: str | None = None
) -> Page[FoundMemo]:
    """A page of a shop's memos, the newest first. Raises BadCursor."""
    only = only or MemoFilter()
    place = (MemoRow.at, MemoRow.memo_id)
    order_id = select(CaseRow.order_id).where(CaseRow.case_id == MemoRow.case_id).scalar_subquery()
    query = select(MemoRow, order_id).where(*_conditions(merchant, only))
    if cursor:
        at, memo_id = read_cursor(cursor, datetime, str)
        query = query.where(tuple_(*place) < tuple_(literal(at, UtcTime), literal(memo_id)))
    async with db.read() as session:
        if (of_order := _of_order(merchant, only)) is not None:
            # Looked up first: knowing how few they are, the database does not walk all memos to find their newest.
            case_ids = (await session.scalars(select(CaseRow.case_id).where(of_order))).all()
            query = query.where(MemoRow.case_id.in_(case_ids))
        rows = (await session.execute(query.order_by(*(part.desc() for part in place)).limit(limit + 1))).all()
    found = [(FoundMemo(memo_in(memo), of), memo) for memo, of in rows]
    return page_of(found, limit, lambda one: one[0], lambda one: (one[1].at, one[1].memo_id))


def _conditions(merchant: str, only: MemoFilter) -> list[ColumnElement[bool]]:
    conditions = [MemoRow.merchant == merchant, MemoRow.line.is_not(None)]
    if only.words:
        conditions.append(MemoRow.line.icontains(only.words, autoescape=True))
    if only.flag is not None:
        conditions.append(MemoRow.flag == only.flag)
    if only.account is not None:
        conditions.append(MemoRow.account == only.account)
    if only.since is not None:
        conditions.append(MemoRow.at >= only.since)
    if only.until is not None:
        conditions.append(MemoRow.at < only.until)
    if only.tracking_no is not None:
        conditions.append(or_(MemoRow.tracking_no.is_(None), MemoRow.tracking_no == only.tracking_no))
    return conditions


def _of_order(merchant: str, only: MemoFilter) -> ColumnElement[bool] | None:
    """Which cases a filter by order or waybill leaves: all those of the orders it means; None if it means all."""
    if only.order_id is None and only.tracking_no is None:
        return None
    if only.tracking_no is None:
        return (CaseRow.merchant == merchant) & (CaseRow.order_id == only.order_id)
    carries = aliased(CaseRow)
    orders = (
        select(carries.order_case_id)
        .join(ParcelRow, ParcelRow.case_id == carries.case_id)
        .where(ParcelRow.merchant == merchant, ParcelRow.tracking_no == only.tracking_no)
    )
    if only.order_id is not None:
        orders = orders.where(carries.order_id == only.order_id)
    return CaseRow.order_case_id.in_(orders)
