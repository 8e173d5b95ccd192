"""A case's story: the lines that it told."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from domain.case.state import TimelineLine
from domain.policy.timeline_words import INSIDERS, hidden_from
from domain.roles import Actor, Role
from store.database import Row
from store.pages import Page, page_of, read_cursor
from store.tables import TIMELINE


def timeline(
    tx: Connection, case_id: str, limit: int = 50, cursor: str | None = None, readers: Collection[Role] = INSIDERS
) -> Page[TimelineLine]:
    """A page of the story from the beginning, as somebody of these roles may read it. Raises BadCursor."""
    query = select(TIMELINE).where(TIMELINE.c.case_id == case_id).order_by(TIMELINE.c.seq).limit(limit + 1)
    if hidden := hidden_from(readers):
        query = query.where(TIMELINE.c.type.not_in(sorted(hidden)))
    if cursor:
        (seq,) = read_cursor(cursor, int)
        query = query.where(TIMELINE.c.seq > seq)
    rows = tx.execute(query).all()
    return page_of(rows, limit, _line, lambda row: (row.seq,))


def _line(row: Row) -> TimelineLine:
    return TimelineLine(
        seq=row.seq,
        at=row.at,
        recorded_at=row.recorded_at,
        type=row.type,
        actor=Actor(role=Role(row.role), account=row.account),
        summary=row.summary,
        data=row.data,
        version=row.version,
    )
