"""Counts for the metrics."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from domain.case.deadline import DeadlineState
from store.database import Database
from store.tables import CaseRow, DeadlineRow, InboxRow, InboxStatus


@dataclass(frozen=True, slots=True)
class Gauges:
    """How much is open, late and under way; of all shops."""

    open_cases: dict[str, int]
    overdue_deadlines: int
    undelivered_events: int
    parked_events: int


async def gauges(db: Database, now: datetime) -> Gauges:
    """Counts everything at once."""
    open_cases = select(CaseRow.kind, func.count()).where(CaseRow.open.is_(True)).group_by(CaseRow.kind)
    overdue = (
        select(func.count())
        .select_from(DeadlineRow)
        .where(DeadlineRow.state == DeadlineState.RUNNING, DeadlineRow.due_at < now)
    )
    facts = (
        select(InboxRow.status, func.count())
        .where(InboxRow.status.in_([InboxStatus.PENDING, InboxStatus.PARKED]))
        .group_by(InboxRow.status)
    )
    async with db.read() as session:
        waiting = dict((await session.execute(facts)).all())
        return Gauges(
            open_cases=dict((await session.execute(open_cases)).all()),
            overdue_deadlines=await session.scalar(overdue) or 0,
            undelivered_events=waiting.get(InboxStatus.PENDING, 0),
            parked_events=waiting.get(InboxStatus.PARKED, 0),
        )
