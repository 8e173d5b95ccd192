"""Counts for the metrics."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, case, func, select

from domain.case.deadline import DeadlineState
from domain.webhooks.standing import Standing
from store.tables import CASES, DEADLINES, INBOX, WEBHOOKS, InboxStatus

AWAY = "away"
"""An active webhook whose receiver does not take what comes next."""
WEBHOOKS_STAND = (Standing.ACTIVE, AWAY, Standing.FAILING, Standing.ENDED)


@dataclass(frozen=True, slots=True)
class Gauges:
    """How much is open, late and under way; of all shops."""

    open_cases: dict[str, int]
    overdue_deadlines: int
    undelivered_events: int
    parked_events: int
    webhooks: dict[str, int]


def gauges(tx: Connection, now: datetime) -> Gauges:
    """Counts everything at once."""
    open_cases = select(CASES.c.kind, func.count()).where(CASES.c.open.is_(True)).group_by(CASES.c.kind)
    overdue = (
        select(func.count())
        .select_from(DEADLINES)
        .where(DEADLINES.c.state == DeadlineState.RUNNING, DEADLINES.c.due_at < now)
    )
    facts = (
        select(INBOX.c.status, func.count())
        .where(INBOX.c.status.in_([InboxStatus.PENDING, InboxStatus.PARKED]))
        .group_by(INBOX.c.status)
    )
    waiting = dict(tx.execute(facts).all())
    away = and_(WEBHOOKS.c.standing == Standing.ACTIVE, WEBHOOKS.c.away_since.is_not(None))
    standing = case((away, AWAY), else_=WEBHOOKS.c.standing)
    stand = select(standing, func.count()).where(WEBHOOKS.c.standing.in_(Standing)).group_by(standing)
    webhooks: dict[str, int] = dict(tx.execute(stand).all())
    return Gauges(
        open_cases=dict(tx.execute(open_cases).all()),
        overdue_deadlines=tx.scalar(overdue) or 0,
        undelivered_events=waiting.get(InboxStatus.PENDING, 0),
        parked_events=waiting.get(InboxStatus.PARKED, 0),
        webhooks={stands: webhooks.get(stands, 0) for stands in WEBHOOKS_STAND},
    )
