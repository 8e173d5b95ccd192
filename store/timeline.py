"""A case's story: the lines that it told."""

from sqlalchemy import select

from domain.case.state import TimelineLine
from domain.roles import Actor, Role
from store.database import Database
from store.pages import Page, page_of, read_cursor
from store.tables import TimelineRow


async def timeline(db: Database, case_id: str, limit: int = 50, cursor: str | None = None) -> Page[TimelineLine]:
    """A page of the story from the beginning. Raises BadCursor."""
    query = select(TimelineRow).where(TimelineRow.case_id == case_id).order_by(TimelineRow.seq).limit(limit + 1)
    if cursor:
        (seq,) = read_cursor(cursor, int)
        query = query.where(TimelineRow.seq > seq)
    async with db.read() as session:
        rows = (await session.scalars(query)).all()
    return page_of(rows, limit, _line, lambda row: (row.seq,))


def _line(row: TimelineRow) -> TimelineLine:
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
