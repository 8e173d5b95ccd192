"""From the inbox to the cases: a relay leases a case's facts, delivers them one after another and says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.case.fact import Fact
from domain.case.ids import CaseKind
from store.database import Database
from store.sql import core
from store.tables import CaseRow, InboxRow, InboxStatus

_CASES, _INBOX = core(CaseRow), core(InboxRow)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A fact in a relay's hand.

    Attributes:
        seq: names its row.
        case_kind: None while no case of that id is known.
        case_started: whether the case's workflow has written yet; `case_open`: whether the case still runs.
    """

    seq: int
    case_id: str
    merchant: str
    received_at: datetime
    fact: Fact
    case_kind: CaseKind | None
    case_started: bool
    case_open: bool


async def take(db: Database, case_id: str, lease_until: datetime, now: datetime, limit: int = 100) -> list[Delivery]:
    """Leases the facts that wait for a case, in the order received.

    Empty while another relay has any of them in hand: a case hears its facts one after another. A lease that lapsed
    counts no more.
    """
    async with db.write() as session:
        query = (
            select(_INBOX, _CASES.c.kind, _CASES.c.version, _CASES.c.open)
            .outerjoin(_CASES, _CASES.c.case_id == _INBOX.c.case_id)
            .where(_INBOX.c.status == InboxStatus.PENDING, _INBOX.c.case_id == case_id)
            .order_by(_INBOX.c.seq)
            .limit(limit)
            .with_for_update(of=_INBOX)
        )
        rows = (await session.execute(query)).all()
        if not rows or any(row.leased_until and row.leased_until > now for row in rows):
            return []
        await session.execute(_update([row.seq for row in rows]).values(leased_until=lease_until))
        return [
            Delivery(
                seq=row.seq,
                case_id=row.case_id,
                merchant=row.merchant,
                received_at=row.received_at,
                fact=Fact.model_validate(row.fact),
                case_kind=CaseKind(row.kind) if row.kind else None,
                case_started=bool(row.version),
                case_open=bool(row.open),
            )
            for row in rows
        ]


async def delivered(db: Database, seqs: Sequence[int], now: datetime) -> None:
    """The case has taken these facts in."""
    async with db.write() as session:
        told = {"status": InboxStatus.DELIVERED, "delivered_at": now, "leased_until": None}
        await _lock_in_order(session, seqs)
        await session.execute(_update(seqs).values(told))


async def give_back(db: Database, seqs: Sequence[int]) -> None:
    """These facts could not be delivered; another may try at once."""
    async with db.write() as session:
        pending = _INBOX.c.status == InboxStatus.PENDING
        await _lock_in_order(session, seqs)
        await session.execute(_update(seqs).where(pending).values(leased_until=None))


async def waiting_cases(db: Database, now: datetime, limit: int = 200) -> list[str]:
    """The cases that facts wait for and that no relay is serving, the longest waiting first."""
    served = func.max(case((or_(InboxRow.leased_until.is_(None), InboxRow.leased_until <= now), 0), else_=1))
    query = (
        select(InboxRow.case_id)
        .where(InboxRow.status == InboxStatus.PENDING)
        .group_by(InboxRow.case_id)
        .having(served == 0)
        .order_by(func.min(InboxRow.seq))
        .limit(limit)
    )
    async with db.read() as session:
        return list((await session.scalars(query)).all())


async def undelivered(db: Database) -> int:
    """How many facts are on their way to a case; parked ones wait for their case and are not counted."""
    query = select(func.count()).select_from(InboxRow).where(InboxRow.status == InboxStatus.PENDING)
    async with db.read() as session:
        return (await session.scalar(query)) or 0


def _update(seqs: Sequence[int]) -> Update:
    return update(_INBOX).where(_INBOX.c.seq.in_(seqs))


async def _lock_in_order(session: AsyncSession, seqs: Sequence[int]) -> None:
    """Locks rows as `take` does, lowest first: two relays that lock in different orders would wait for each other."""
    if len(seqs) > 1:
        rows = select(_INBOX.c.seq).where(_INBOX.c.seq.in_(seqs)).order_by(_INBOX.c.seq)
        await session.execute(rows.with_for_update())
