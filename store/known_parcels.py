"""What is known of parcels by their numbers when facts about them come in: who announced them, and what they heard."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from domain.case.fact import Fact
from domain.lives import HEARD_LATER
from store.intake import Announced, KnownParcel, ParcelFact, ParcelKey, parcel_in
from store.tables import CASES, INBOX, PARCEL_SCANS, PARCELS, InboxStatus

_NUMBERED = (
    PARCELS.c.merchant == bindparam("merchant"),
    PARCELS.c.carrier.in_(bindparam("carriers", expanding=True)),
    PARCELS.c.tracking_no.in_(bindparam("numbers", expanding=True)),
)
_LOCKED_CASES = (
    select(CASES.c.case_id)
    .where(CASES.c.case_id.in_(select(PARCELS.c.case_id).where(*_NUMBERED)))
    .order_by(CASES.c.case_id)
    .with_for_update()
)
_ANNOUNCED = (
    select(PARCELS)
    .where(*_NUMBERED)
    .order_by(PARCELS.c.case_id, PARCELS.c.carrier, PARCELS.c.tracking_no)
    .with_for_update()
)
_OF_PARCEL = PARCEL_SCANS.c.case_id, PARCEL_SCANS.c.carrier, PARCEL_SCANS.c.tracking_no
_FIRST_SCANS = (
    select(*_OF_PARCEL, func.min(PARCEL_SCANS.c.at))
    .where(
        PARCEL_SCANS.c.case_id.in_(bindparam("case_ids", expanding=True)),
        PARCEL_SCANS.c.tracking_no.in_(bindparam("numbers", expanding=True)),
    )
    .group_by(*_OF_PARCEL)
)
_FACTS = select(INBOX).where(INBOX.c.merchant == bindparam("merchant")).order_by(INBOX.c.seq)
_PARKED_FACTS = _FACTS.where(
    INBOX.c.status == InboxStatus.PARKED, INBOX.c.waits_for.in_(bindparam("targets", expanding=True))
)
_FACTS_OF_OTHERS = _FACTS.where(
    INBOX.c.case_id.in_(bindparam("case_ids", expanding=True)), INBOX.c.type.in_(sorted(HEARD_LATER))
)


def lock_cases(tx: Connection, merchant: str, keys: Collection[ParcelKey]) -> None:
    """Locks the rows that a scan may move before their parcels', as the write of a case does."""
    tx.execute(_LOCKED_CASES, _numbered(merchant, keys))


def _numbered(merchant: str, keys: Collection[ParcelKey]) -> dict[str, Any]:
    return {
        "merchant": merchant,
        "carriers": list({key.carrier for key in keys}),
        "numbers": list({key.tracking_no for key in keys}),
    }


def find(tx: Connection, merchant: str, keys: Collection[ParcelKey]) -> dict[ParcelKey, KnownParcel]:
    """The parcels with the cases that announced them, locked against `parcels.last_scan`."""
    known = {key: KnownParcel() for key in keys}
    if not keys:
        return known
    numbered = _numbered(merchant, keys)
    for row in tx.execute(_ANNOUNCED, numbered):
        if parcel := known.get(ParcelKey(row.carrier, row.tracking_no)):
            since = row.watched_since
            parcel.cases[row.case_id] = Announced(row.announced_at, watched_since=since, told=since)
    cases = {case_id for parcel in known.values() for case_id in parcel.cases}
    if not cases:
        return known
    scanned = {"case_ids": list(cases), "numbers": numbered["numbers"]}
    for case_id, carrier, tracking_no, first_scan_at in tx.execute(_FIRST_SCANS, scanned):
        if parcel := known.get(ParcelKey(carrier, tracking_no)):
            parcel.cases[case_id].first_scan_at = first_scan_at
    return known


def add_earlier(tx: Connection, merchant: str, parcels: dict[ParcelKey, KnownParcel]) -> None:
    """Looks up what a case that announces a parcel must hear: facts parked for it, and what other cases heard of it."""
    if not parcels:
        return
    for row in tx.execute(_PARKED_FACTS, {"merchant": merchant, "targets": [key.target for key in parcels]}).all():
        fact = Fact.model_validate(row.fact)
        _, carrier, tracking_no = row.waits_for.split("/", 2)
        parcels[ParcelKey(carrier, tracking_no)].facts[fact.key] = ParcelFact(fact, row.received_at, row.seq)
    others = {case_id for known in parcels.values() for case_id in known.cases}
    if not others:
        return
    for row in tx.execute(_FACTS_OF_OTHERS, {"merchant": merchant, "case_ids": list(others)}).all():
        fact = Fact.model_validate(row.fact)
        if (known_parcel := parcels.get(parcel_in(fact))) and row.case_id in known_parcel.cases:
            known_parcel.facts.setdefault(fact.key, ParcelFact(fact, row.received_at, case_id=row.case_id))
