"""The inbox of facts: written before anybody is answered, then leased by a relay, case by case, and delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Update, and_, bindparam, case, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.case.fact import Fact
from domain.case.ids import CaseKind
from domain.events import Reported
from domain.lives import SCANS
from store import case_owners, known_parcels
from store.database import Database, add_rows, core, take_turns
from store.intake import Intake, Status, parcel_key
from store.memos import add_memos
from store.tables import CaseRow, InboxRow, InboxStatus, MemoRow, ParcelRow, ScanRow

_CASES, _INBOX, _PARCELS, _SCANS = core(CaseRow), core(InboxRow), core(ParcelRow), core(ScanRow)
_WATCHED = (
    update(_PARCELS)
    .where(
        _PARCELS.c.case_id == bindparam("of_case"),
        _PARCELS.c.carrier == bindparam("of_carrier"),
        _PARCELS.c.tracking_no == bindparam("of_number"),
    )
    .values(watched_since=bindparam("since"))
)
_MOVED = (
    update(_CASES)
    .where(_CASES.c.case_id == bindparam("of_case"))
    .values(revision=_CASES.c.revision + 1, updated_at=bindparam("seen_at"))
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a batch: one status for each fact, and the cases that have something to hear now."""

    statuses: list[Status]
    to_deliver: list[str]


@dataclass(frozen=True, slots=True)
class DueFact:
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


async def accept(db: Database, merchant: str, reported: Sequence[Reported], now: datetime) -> Accepted:
    """Takes in a batch of facts, in its order.

    The shop's batches follow each other, so that a repetition, a parcel's announcement and its scans cannot miss one
    another. An order's opening is not made to wait: what was parked for a case is looked at again after the commit.
    """
    async with db.write() as session:
        await take_turns(session, f"inbox/{merchant}")
        intake = await _prepare(session, merchant, reported, now)
        statuses = [intake.take_in(one) for one in reported]
        await _write(session, intake)
    released: list[str] = []
    if waiting := intake.waiting_for_cases():
        released = await _release(db, _INBOX.c.waits_for.in_(waiting))
    return Accepted(statuses, list(dict.fromkeys([*intake.to_deliver(), *released])))


async def release(db: Database, case_id: str) -> bool:
    """Sets free what was parked for a case, once its row is committed; True if there was something."""
    return bool(await _release(db, _INBOX.c.waits_for == case_id))


async def release_missed(db: Database) -> list[str]:
    """Sets free what is still parked although its case is there, as after a crash; answers the cases."""
    return await _release(db)


async def take(db: Database, case_id: str, lease_until: datetime, now: datetime, limit: int = 100) -> list[DueFact]:
    """Leases the facts that wait for a case, in the order received.

    Empty while another relay has any of them in hand: a case hears its facts one after another. A lease that lapsed
    counts no more.
    """
    async with db.write() as session:
        query = (
            select(_INBOX, _CASES.c.kind, _CASES.c.version, _CASES.c.open)
            .outerjoin(_CASES, _of_its_shop(_INBOX.c.case_id))
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
            DueFact(
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


async def mark_delivered(db: Database, seqs: Sequence[int], now: datetime) -> None:
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


async def _release(db: Database, *which: ColumnElement[bool]) -> list[str]:
    async with db.write() as session:
        released = await session.scalars(
            update(_INBOX)
            .where(
                _INBOX.c.status == InboxStatus.PARKED,
                *which,
                exists().where(_of_its_shop(_INBOX.c.waits_for)),
            )
            .values(status=InboxStatus.PENDING)
            .returning(_INBOX.c.case_id)
        )
        return list(dict.fromkeys(released))


def _of_its_shop(case_id: ColumnElement[str]) -> ColumnElement[bool]:
    """The case of that id, if it is of the shop that the fact came from: an id is only a text."""
    return and_(_CASES.c.case_id == case_id, _CASES.c.merchant == _INBOX.c.merchant)


async def _prepare(session: AsyncSession, merchant: str, reported: Sequence[Reported], now: datetime) -> Intake:
    keys = {key for one in reported if (key := parcel_key(one))}
    announcing = {key for one in reported if not one.target.startswith("parcel/") and (key := parcel_key(one))}
    if any(one.fact.type in SCANS for one in reported):
        await known_parcels.lock_cases(session, merchant, keys)
    parcels = await known_parcels.find(session, merchant, keys)
    await known_parcels.add_earlier(session, merchant, {key: parcels[key] for key in announcing})
    targets = {one.target for one in reported} | {case_id for known in parcels.values() for case_id in known.cases}
    owners = await case_owners.owners(session, merchant, targets)
    return Intake(merchant, now, await _seen(session, merchant, reported), owners, parcels)


async def _seen(session: AsyncSession, merchant: str, reported: Sequence[Reported]) -> set[tuple[str, str]]:
    query = select(_INBOX.c.source, _INBOX.c.event_id).where(
        _INBOX.c.merchant == merchant,
        _INBOX.c.source.in_({one.fact.source for one in reported}),
        _INBOX.c.event_id.in_({one.fact.id for one in reported}),
    )
    return {(source, event_id) for source, event_id in await session.execute(query)}


async def _write(session: AsyncSession, intake: Intake) -> None:
    if intake.taken_up:
        await session.execute(delete(InboxRow).where(InboxRow.seq.in_(intake.taken_up)))
    await add_rows(session, ParcelRow, intake.announced)
    await add_memos(session, intake.memos)
    for target, case_id in intake.found.items():
        await session.execute(
            update(MemoRow)
            .where(MemoRow.case_id == target, MemoRow.merchant == intake.merchant)
            .values(case_id=case_id)
        )
    await add_rows(session, ScanRow, intake.scans)
    if watched := intake.watched():
        await session.execute(_WATCHED, watched)
    if moved := [case_id for case_id in sorted(intake.plain) if case_id in intake.owners]:
        seen_at = {case_id: max(intake.now, intake.owners[case_id].updated_at) for case_id in moved}
        await session.execute(_MOVED, [{"of_case": case_id, "seen_at": at} for case_id, at in seen_at.items()])
    await add_rows(session, InboxRow, intake.rows)


def _update(seqs: Sequence[int]) -> Update:
    return update(_INBOX).where(_INBOX.c.seq.in_(seqs))


async def _lock_in_order(session: AsyncSession, seqs: Sequence[int]) -> None:
    """Locks rows as `take` does, lowest first: two relays that lock in different orders would wait for each other."""
    if len(seqs) > 1:
        rows = select(_INBOX.c.seq).where(_INBOX.c.seq.in_(seqs)).order_by(_INBOX.c.seq)
        await session.execute(rows.with_for_update())
