"""A case's story: the lines that it told, and what was reported after it had ended."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.case.fact import Fact
from domain.case.state import TimelineLine
from domain.roles import Actor, Role
from store.database import Database, add_rows
from store.pages import Page, page_of, read_cursor
from store.tables import CaseRow, TimelineRow

OUTSIDE = 0
"""The version of a line that the case itself did not write; no write of the case ever replaces it."""


async def timeline(db: Database, case_id: str, limit: int = 50, cursor: str | None = None) -> Page[TimelineLine]:
    """A page of the story from the beginning. Raises BadCursor."""
    query = select(TimelineRow).where(TimelineRow.case_id == case_id).order_by(TimelineRow.seq).limit(limit + 1)
    if cursor:
        (seq,) = read_cursor(cursor, int)
        query = query.where(TimelineRow.seq > seq)
    async with db.read() as session:
        rows = (await session.scalars(query)).all()
    return page_of(rows, limit, _line, lambda row: (row.seq,))


async def tell_after_end(db: Database, case_id: str, fact: Fact, now: datetime) -> bool:
    """Adds a fact that came after the end to the story, once.

    Returns:
        Whether it stands there; False if the case is unknown or has not ended.
    """
    async with db.write() as session:
        ended = select(CaseRow.open.is_(False)).where(CaseRow.case_id == case_id).with_for_update()
        if not await session.scalar(ended):
            return False
        if not await _stands(session, case_id, fact):
            last = await session.scalar(select(func.max(TimelineRow.seq)).where(TimelineRow.case_id == case_id))
            row = {
                "case_id": case_id,
                "seq": (last or 0) + 1,
                "version": OUTSIDE,
                "at": fact.at,
                "recorded_at": now,
                "type": fact.type,
                "role": fact.actor.role,
                "account": fact.actor.account,
                "summary": f"Reported after the case had ended: {fact.type}",
                "data": {**fact.data, "event": fact.key},
            }
            await add_rows(session, TimelineRow, [row])
        return True


async def _stands(session: AsyncSession, case_id: str, fact: Fact) -> bool:
    told = select(TimelineRow.seq).where(
        TimelineRow.case_id == case_id,
        TimelineRow.version == OUTSIDE,
        TimelineRow.data["event"].as_string() == fact.key,
    )
    return await session.scalar(told.limit(1)) is not None


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
