"""The inbox of facts: written before anybody is answered, then leased by a relay, case by case, and delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Update,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from domain.case.fact import Fact
from domain.case.ids import CaseKind
from domain.events import Reported
from domain.lives import SCANS
from store import case_owners, changes, known_parcels
from store.changes import Change
from store.database import add_rows, take_turns
from store.intake import Intake, Status, parcel_key
from store.memos import add_memos
from store.tables import CASES, INBOX, MEMOS, PARCEL_SCANS, PARCELS, InboxStatus

_WATCHED = (
    update(PARCELS)
    .where(
        PARCELS.c.case_id == bindparam("of_case"),
        PARCELS.c.carrier == bindparam("of_carrier"),
        PARCELS.c.tracking_no == bindparam("of_number"),
    )
    .values(watched_since=bindparam("since"))
)
_MOVED = (
    update(CASES)
    .where(CASES.c.case_id == bindparam("of_case"))
    .values(revision=CASES.c.revision + 1, updated_at=bindparam("seen_at"))
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


def accept(tx: Connection, merchant: str, reported: Sequence[Reported], now: datetime) -> Accepted:
    """Takes in a batch of facts, in its order.

    The shop's batches follow each other, so that a repetition, a parcel's announcement and its scans cannot miss one
    another. An order's opening waits for none but those that park a fact for it.
    """
    take_turns(tx, f"inbox/{merchant}")
    intake = _prepare(tx, merchant, reported, now)
    statuses = [intake.take_in(one) for one in reported]
    _write(tx, intake)
    return Accepted(statuses, intake.to_deliver())


def turn_of(case_id: str) -> str:
    """In whose name opening a case and parking a fact for it take turns: neither then misses the other."""
    return f"case/{case_id}"


def release(tx: Connection, case_id: str) -> bool:
    """Sets free what was parked for a case, as a part of its opening; True if there was something."""
    return bool(_release(tx, INBOX.c.waits_for == case_id))


def release_missed(tx: Connection) -> list[str]:
    """Sets free what is still parked although its case is there, as after a crash; answers the cases."""
    return _release(tx)


def take(tx: Connection, case_id: str, lease_until: datetime, now: datetime, limit: int = 100) -> list[DueFact]:
    """Leases the facts that wait for a case, in the order received.

    Empty while another relay has any of them in hand: a case hears its facts one after another. A lease that lapsed
    counts no more.
    """
    query = (
        select(INBOX, CASES.c.kind, CASES.c.version, CASES.c.open)
        .outerjoin(CASES, _of_its_shop(INBOX.c.case_id))
        .where(INBOX.c.status == InboxStatus.PENDING, INBOX.c.case_id == case_id)
        .order_by(INBOX.c.seq)
        .limit(limit)
        .with_for_update(of=INBOX)
    )
    rows = tx.execute(query).all()
    if not rows or any(row.leased_until and row.leased_until > now for row in rows):
        return []
    tx.execute(_update([row.seq for row in rows]).values(leased_until=lease_until))
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


def mark_delivered(tx: Connection, seqs: Sequence[int], now: datetime) -> None:
    """The case has taken these facts in."""
    told = {"status": InboxStatus.DELIVERED, "delivered_at": now, "leased_until": None}
    _lock_in_order(tx, seqs)
    tx.execute(_update(seqs).values(told))


def give_back(tx: Connection, seqs: Sequence[int]) -> None:
    """These facts could not be delivered; another may try at once."""
    pending = INBOX.c.status == InboxStatus.PENDING
    _lock_in_order(tx, seqs)
    tx.execute(_update(seqs).where(pending).values(leased_until=None))


def waiting_cases(tx: Connection, now: datetime, limit: int = 200) -> list[str]:
    """The cases that facts wait for and that no relay is serving, the longest waiting first."""
    served = func.max(case((or_(INBOX.c.leased_until.is_(None), INBOX.c.leased_until <= now), 0), else_=1))
    query = (
        select(INBOX.c.case_id)
        .where(INBOX.c.status == InboxStatus.PENDING)
        .group_by(INBOX.c.case_id)
        .having(served == 0)
        .order_by(func.min(INBOX.c.seq))
        .limit(limit)
    )
    return list(tx.scalars(query).all())


def undelivered(tx: Connection) -> int:
    """How many facts are on their way to a case; parked ones wait for their case and are not counted."""
    query = select(func.count()).select_from(INBOX).where(INBOX.c.status == InboxStatus.PENDING)
    return tx.scalar(query) or 0


def _release(tx: Connection, *which: ColumnElement[bool]) -> list[str]:
    released = tx.scalars(
        update(INBOX)
        .where(
            INBOX.c.status == InboxStatus.PARKED,
            *which,
            exists().where(_of_its_shop(INBOX.c.waits_for)),
        )
        .values(status=InboxStatus.PENDING)
        .returning(INBOX.c.case_id)
    )
    return list(dict.fromkeys(released))


def _of_its_shop(case_id: ColumnElement[str]) -> ColumnElement[bool]:
    """The case of that id, if it is of the shop that the fact came from: an id is only a text."""
    return and_(CASES.c.case_id == case_id, CASES.c.merchant == INBOX.c.merchant)


def _prepare(tx: Connection, merchant: str, reported: Sequence[Reported], now: datetime) -> Intake:
    keys = {key for one in reported if (key := parcel_key(one))}
    announcing = {key for one in reported if not one.target.startswith("parcel/") and (key := parcel_key(one))}
    if any(one.fact.type in SCANS for one in reported):
        known_parcels.lock_cases(tx, merchant, keys)
    parcels = known_parcels.find(tx, merchant, keys)
    known_parcels.add_earlier(tx, merchant, {key: parcels[key] for key in announcing})
    targets = {one.target for one in reported} | {case_id for known in parcels.values() for case_id in known.cases}
    owners = case_owners.owners(tx, merchant, targets)
    if unknown := sorted(target for target in targets - owners.keys() if not target.startswith("parcel/")):
        for case_id in unknown:
            take_turns(tx, turn_of(case_id))
        owners |= case_owners.owners(tx, merchant, unknown)  # one may have been opened while this one waited
    return Intake(merchant, now, _seen(tx, merchant, reported), owners, parcels)


def _seen(tx: Connection, merchant: str, reported: Sequence[Reported]) -> set[tuple[str, str]]:
    query = select(INBOX.c.source, INBOX.c.event_id).where(
        INBOX.c.merchant == merchant,
        INBOX.c.source.in_({one.fact.source for one in reported}),
        INBOX.c.event_id.in_({one.fact.id for one in reported}),
    )
    return {(source, event_id) for source, event_id in tx.execute(query)}


def _write(tx: Connection, intake: Intake) -> None:
    if intake.taken_up:
        tx.execute(delete(INBOX).where(INBOX.c.seq.in_(intake.taken_up)))
    add_rows(tx, PARCELS, intake.announced)
    add_memos(tx, intake.memos)
    for target, case_id in intake.found.items():
        tx.execute(
            update(MEMOS).where(MEMOS.c.case_id == target, MEMOS.c.merchant == intake.merchant).values(case_id=case_id)
        )
    add_rows(tx, PARCEL_SCANS, intake.scans)
    if watched := intake.watched():
        tx.execute(_WATCHED, watched)
    moved = [case_id for case_id in sorted(intake.plain) if case_id in intake.owners]
    if moved:
        seen_at = {case_id: max(intake.now, intake.owners[case_id].updated_at) for case_id in moved}
        tx.execute(_MOVED, [{"of_case": case_id, "seen_at": at} for case_id, at in seen_at.items()])
    add_rows(tx, INBOX, intake.rows)
    changes.append(tx, intake.merchant, _scanned(tx, intake, moved))


def _scanned(tx: Connection, intake: Intake, case_ids: Sequence[str]) -> list[Change]:
    """What scans that wake no case change of it, for the feed."""
    if not case_ids:
        return []
    types: dict[str, list[str]] = {}
    for scan in intake.scans:
        types.setdefault(scan["case_id"], []).append(scan["type"])
    rows = tx.execute(select(CASES).where(CASES.c.case_id.in_(case_ids)).order_by(CASES.c.case_id))
    return [
        Change(
            at=row.updated_at,
            case_id=row.case_id,
            order_id=row.order_id,
            platform=row.platform,
            kind=CaseKind(row.kind),
            version=row.revision,
            stage=row.stage,
            what=tuple(dict.fromkeys(types[row.case_id])),
        )
        for row in rows
    ]


def _update(seqs: Sequence[int]) -> Update:
    return update(INBOX).where(INBOX.c.seq.in_(seqs))


def _lock_in_order(tx: Connection, seqs: Sequence[int]) -> None:
    """Locks rows as `take` does, lowest first: two relays that lock in different orders would wait for each other."""
    if len(seqs) > 1:
        rows = select(INBOX.c.seq).where(INBOX.c.seq.in_(seqs)).order_by(INBOX.c.seq)
        tx.execute(rows.with_for_update())
