"""The feed: every version of every case, numbered shop by shop in the order in which the versions were committed.

A number is drawn by the transaction that writes the version, as the last thing that it does, from the shop's counter;
the counter's row stays locked until that transaction is committed or taken back. So the next number is drawn only once
this one can be read, or was never drawn: whoever has read a number has been able to read all before it, and no gap is
filled later. Nothing waits for a lock while it holds the counter, so nobody waits for long, and none for each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.sql.dml import ReturningInsert

from domain.case.ids import CaseKind
from store.database import Row, add_rows, insert_of
from store.tables import CHANGE_COUNTERS, CHANGES


@dataclass(frozen=True, slots=True)
class Change:
    """A version of a case as clients count it; `what` names the lines that it put on the timeline.

    `lines` are the first and the last of them, by their `seq` there; None for scans, which are on no timeline.
    """

    at: datetime
    case_id: str
    order_id: str
    platform: str
    kind: CaseKind
    version: int
    stage: str
    what: tuple[str, ...]
    lines: tuple[int, int] | None = None


_COLUMNS = tuple(column.name for column in fields(Change))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A change and its place among the shop's."""

    seq: int
    change: Change


def append(tx: Connection, merchant: str, changes: Sequence[Change]) -> None:
    """Numbers changes of a shop. The last thing that a transaction does: from here on others wait for its end."""
    if not changes:
        return
    count = _count(tx.dialect.name)
    last: int = tx.execute(count, {"merchant": merchant, "last": len(changes)}).scalar_one()
    first = last - len(changes) + 1
    add_rows(tx, CHANGES, [_row(merchant, seq, change) for seq, change in enumerate(changes, first)])


def last_seq(tx: Connection, merchant: str) -> int:
    """The number of a shop's last change; 0 before the first."""
    return tx.scalar(select(CHANGE_COUNTERS.c.last).where(CHANGE_COUNTERS.c.merchant == merchant)) or 0


@cache
def _count(dialect: str) -> ReturningInsert[int]:
    count = insert_of(dialect, CHANGE_COUNTERS)
    further = {"last": CHANGE_COUNTERS.c.last + count.excluded.last}
    return count.on_conflict_do_update(index_elements=["merchant"], set_=further).returning(CHANGE_COUNTERS.c.last)


def list_changes(
    tx: Connection, merchant: str, after: int, limit: int, kind: CaseKind | None = None, platform: str | None = None
) -> list[Numbered]:
    """A shop's changes behind a number, in their order."""
    query = select(CHANGES).where(CHANGES.c.merchant == merchant, CHANGES.c.seq > after)
    if kind is not None:
        query = query.where(CHANGES.c.kind == kind)
    if platform is not None:
        query = query.where(CHANGES.c.platform == platform)
    return [_numbered(row) for row in tx.execute(query.order_by(CHANGES.c.seq).limit(limit))]


def _row(merchant: str, seq: int, change: Change) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(change, name) for name in _COLUMNS}
    first, last = row.pop("lines") or (None, None)
    return row | {"merchant": merchant, "seq": seq, "what": list(change.what), "first_line": first, "last_line": last}


def _numbered(row: Row) -> Numbered:
    change = Change(
        at=row.at,
        case_id=row.case_id,
        order_id=row.order_id,
        platform=row.platform,
        kind=CaseKind(row.kind),
        version=row.version,
        stage=row.stage,
        what=tuple(row.what),
        lines=None if row.first_line is None else (row.first_line, row.last_line),
    )
    return Numbered(row.seq, change)
