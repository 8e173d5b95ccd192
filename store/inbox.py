"""The inbox of facts, as they come in: written before anybody is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    exists,
    select,
    update,
)

from domain.case.ids import CaseKind
from domain.events import Rejected, Reported
from domain.lives import SCANS
from store import case_owners, changes, known_parcels
from store.changes import Change
from store.database import add_rows, take_turns
from store.intake import Intake, Status, parcel_key
from store.leases import DueFact, Lease, mark_delivered, of_its_shop, take
from store.memos import add_memos
from store.tables import CASES, INBOX, MEMOS, PARCEL_SCANS, PARCELS, InboxStatus
from store.untrue import untrue

_SEEN = select(INBOX.c.source, INBOX.c.event_id).where(
    INBOX.c.merchant == bindparam("merchant"),
    INBOX.c.source.in_(bindparam("sources", expanding=True)),
    INBOX.c.event_id.in_(bindparam("ids", expanding=True)),
)
_WATCHED = (
    update(PARCELS)
    .where(
        PARCELS.c.case_id == bindparam("of_case"),
        PARCELS.c.carrier == bindparam("of_carrier"),
        PARCELS.c.tracking_no == bindparam("of_number"),
    )
    .values(watched_since=bindparam("since"))
)
_TAKE_BACK = delete(PARCEL_SCANS).where(
    PARCEL_SCANS.c.case_id == bindparam("of_case"), PARCEL_SCANS.c.event_key == bindparam("of_fact")
)
_MOVED = (
    update(CASES)
    .where(CASES.c.case_id == bindparam("of_case"))
    .values(revision=CASES.c.revision + 1, updated_at=bindparam("seen_at"))
)


_FREED = (
    update(INBOX)
    .where(INBOX.c.status == InboxStatus.PARKED, exists().where(of_its_shop(INBOX.c.waits_for)))
    .values(status=InboxStatus.PENDING)
    .returning(INBOX.c.case_id)
)
_FREED_FOR = _FREED.where(INBOX.c.waits_for == bindparam("of_case"))


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a batch: a status or a reason for each event, and the cases that have something to hear now.

    `taken`: what the relay of this process has in hand already.
    """

    statuses: list[Status | Rejected]
    to_deliver: list[str]
    taken: Sequence[DueFact] = ()


def accept(
    tx: Connection,
    merchant: str,
    reported: Sequence[Reported],
    now: datetime,
    lease: Lease | None = None,
) -> Accepted:
    """Takes in a batch of facts, in its order; what cannot be so of a case that is there is rejected.

    The shop's batches follow each other, so that a repetition, a parcel's announcement and its scans cannot miss one
    another. An order's opening waits for none but those that park a fact for it. With a lease, facts for one case are
    in the relay's hand at once, if no other has facts of it.
    """
    take_turns(tx, f"inbox/{merchant}")
    wrong = untrue(tx, merchant, reported)
    intake = _prepare(tx, merchant, [one for number, one in enumerate(reported) if number not in wrong], now)
    statuses = [wrong.get(number) or intake.take_in(one) for number, one in enumerate(reported)]
    _write(tx, intake)
    to_deliver = intake.to_deliver()
    taken: Sequence[DueFact] = ()
    if lease and len(to_deliver) == 1:
        taken = take(tx, to_deliver[0], lease)
    elif lease and lease.told:
        mark_delivered(tx, lease.told, lease.told_at or now)
    return Accepted(statuses, to_deliver, taken)


def turn_of(case_id: str) -> str:
    """In whose name opening a case and parking a fact for it take turns: neither then misses the other."""
    return f"case/{case_id}"


def release(tx: Connection, case_id: str) -> bool:
    """Sets free what was parked for a case, as a part of its opening; True if there was something."""
    return tx.scalar(_FREED_FOR, {"of_case": case_id}) is not None


def release_missed(tx: Connection) -> list[str]:
    """Sets free what is still parked although its case is there, as after a crash; answers the cases."""
    return list(dict.fromkeys(tx.scalars(_FREED)))


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
    theirs = {
        "merchant": merchant,
        "sources": list({one.fact.source for one in reported}),
        "ids": list({one.fact.id for one in reported}),
    }
    return {(source, event_id) for source, event_id in tx.execute(_SEEN, theirs)}


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
    if intake.withdrawn:
        tx.execute(_TAKE_BACK, intake.withdrawn)
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
