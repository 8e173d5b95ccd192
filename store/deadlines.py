"""A case's clocks, every one it ever had."""

from datetime import datetime

from sqlalchemy import Connection, literal, select, tuple_

from domain.case.deadline import Because, Deadline, DeadlineChange, DeadlineState
from store.database import Row
from store.pages import Page, page_of, read_cursor
from store.tables import DEADLINES
from store.types import UtcTime

_PLACE = (DEADLINES.c.started_at, DEADLINES.c.kind, DEADLINES.c.subject, DEADLINES.c.number)


def deadlines(tx: Connection, case_id: str, limit: int = 50, cursor: str | None = None) -> Page[Deadline]:
    """A page of clocks, the first started first; how long one stood still is in its changes. Raises BadCursor."""
    query = select(DEADLINES).where(DEADLINES.c.case_id == case_id).order_by(*_PLACE).limit(limit + 1)
    if cursor:
        started_at, *rest = read_cursor(cursor, datetime, str, str, int)
        query = query.where(tuple_(*_PLACE) > tuple_(literal(started_at, UtcTime), *map(literal, rest)))
    rows = tx.execute(query).all()
    return page_of(rows, limit, _deadline, lambda row: (row.started_at, row.kind, row.subject, row.number))


def _deadline(row: Row) -> Deadline:
    return Deadline(
        kind=row.kind,
        subject=row.subject,
        number=row.number,
        state=DeadlineState(row.state),
        started_at=row.started_at,
        due_at=row.due_at,
        because=Because.model_validate(row.because),
        changes=[DeadlineChange.model_validate(change) for change in row.changes],
        version=row.version,
    )
