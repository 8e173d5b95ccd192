"""Private texts: memos, reasons, names on their way. Histories and every other table hold only their ids."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, literal, select, tuple_, union

from domain.memos import WRITTEN, memo_line
from domain.privacy import KeptText
from domain.roles import Actor
from store.database import Row, insert_into
from store.families import family_of
from store.pages import Page, page_of, read_cursor
from store.tables import MEMOS
from store.types import UtcTime


@dataclass(frozen=True, slots=True)
class Memo:
    """A kept text.

    Attributes:
        purpose: what it is: `memo`, `address`, `close_reason`, `buyer_message`, …
        flag: the colour that the shop marks an order with; 0 for none.
        role, account: who wrote it.
        line: a memo as shops write them, "@date name text"; None for texts that are none.
        tracking_no: the parcel of the order that it is on.
    """

    memo_id: str
    case_id: str
    merchant: str
    purpose: str
    text: Any
    flag: int
    role: str
    account: str
    at: datetime
    line: str | None = None
    tracking_no: str | None = None


def memo_of(kept: KeptText, case_id: str, merchant: str, actor: Actor, at: datetime) -> Memo:
    """The memo that a text set apart becomes."""
    line = memo_line(kept.text, actor.account, at) if kept.purpose in WRITTEN else None
    return Memo(
        case_id=case_id,
        merchant=merchant,
        role=actor.role,
        account=actor.account,
        at=at,
        line=line,
        **kept._asdict(),
    )


def keep(tx: Connection, memos: Sequence[Memo]) -> None:
    """Stores texts; one that is already there stays as it is."""
    add_memos(tx, memos)


def add_memos(tx: Connection, memos: Sequence[Memo]) -> None:
    """Stores texts as a part of a larger transaction."""
    if memos:
        tx.execute(
            insert_into(tx, MEMOS).on_conflict_do_nothing(index_elements=["memo_id"]),
            [asdict(memo) for memo in memos],
        )


def take_back(tx: Connection, case_id: str, memo_ids: Sequence[str]) -> None:
    """Takes texts of a case away again, as a part of a larger transaction."""
    tx.execute(delete(MEMOS).where(MEMOS.c.case_id == case_id, MEMOS.c.memo_id.in_(memo_ids)))


def text_of(tx: Connection, memo_id: str) -> Any:
    """A kept text; None if it is not there, or not any more."""
    return tx.scalar(select(MEMOS.c.text).where(MEMOS.c.memo_id == memo_id))


def memos(tx: Connection, case_id: str, limit: int = 50, cursor: str | None = None) -> Page[Memo]:
    """The texts of a case's whole family, the oldest first, or those of what has no case yet. Raises BadCursor."""
    family = union(select(literal(case_id)), family_of(case_id))
    query = select(MEMOS).where(MEMOS.c.case_id.in_(family)).order_by(MEMOS.c.at, MEMOS.c.memo_id).limit(limit + 1)
    if cursor:
        at, memo_id = read_cursor(cursor, datetime, str)
        query = query.where(tuple_(MEMOS.c.at, MEMOS.c.memo_id) > tuple_(literal(at, UtcTime), literal(memo_id)))
    rows = tx.execute(query).all()
    return page_of(rows, limit, memo_in, lambda row: (row.at, row.memo_id))


def memo_in(row: Row) -> Memo:
    """The text that a row holds."""
    return Memo(
        memo_id=row.memo_id,
        case_id=row.case_id,
        merchant=row.merchant,
        purpose=row.purpose,
        text=row.text,
        flag=row.flag,
        role=row.role,
        account=row.account,
        at=row.at,
        line=row.line,
        tracking_no=row.tracking_no,
    )
