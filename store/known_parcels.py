"""What is known of parcels by their numbers when facts about them come in: who announced them, and what they heard."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from domain.case.fact import Fact
from domain.lives import HEARD_LATER
from store.intake import Announced, KnownParcel, ParcelFact, ParcelKey, parcel_in
from store.tables import CASES, INBOX, PARCEL_SCANS, PARCELS, InboxStatus


def lock_cases(tx: Connection, merchant: str, keys: Collection[ParcelKey]) -> None:
    """Locks the rows that a scan may move before their parcels', as the write of a case does."""
    of_number = select(PARCELS.c.case_id).where(*_numbered(merchant, keys))
    rows = select(CASES.c.case_id).where(CASES.c.case_id.in_(of_number)).order_by(CASES.c.case_id)
    tx.execute(rows.with_for_update())


def _numbered(merchant: str, keys: Collection[ParcelKey]) -> tuple[ColumnElement[bool], ...]:
    carriers, numbers = {key.carrier for key in keys}, {key.tracking_no for key in keys}
    return (
        PARCELS.c.merchant == merchant,
        PARCELS.c.carrier.in_(carriers),
        PARCELS.c.tracking_no.in_(numbers),
    )


def find(tx: Connection, merchant: str, keys: Collection[ParcelKey]) -> dict[ParcelKey, KnownParcel]:
    """The parcels with the cases that announced them, locked against `parcels.last_scan`."""
    known = {key: KnownParcel() for key in keys}
    if not keys:
        return known
    announced = select(PARCELS).where(*_numbered(merchant, keys))
    in_order = announced.order_by(PARCELS.c.case_id, PARCELS.c.carrier, PARCELS.c.tracking_no)
    for row in tx.execute(in_order.with_for_update()):
        if parcel := known.get(ParcelKey(row.carrier, row.tracking_no)):
            since = row.watched_since
            parcel.cases[row.case_id] = Announced(row.announced_at, watched_since=since, told=since)
    cases = {case_id for parcel in known.values() for case_id in parcel.cases}
    if not cases:
        return known
    first_scans = (
        select(PARCEL_SCANS.c.case_id, PARCEL_SCANS.c.carrier, PARCEL_SCANS.c.tracking_no, func.min(PARCEL_SCANS.c.at))
        .where(PARCEL_SCANS.c.case_id.in_(cases), PARCEL_SCANS.c.tracking_no.in_({key.tracking_no for key in keys}))
        .group_by(PARCEL_SCANS.c.case_id, PARCEL_SCANS.c.carrier, PARCEL_SCANS.c.tracking_no)
    )
    for case_id, carrier, tracking_no, first_scan_at in tx.execute(first_scans):
        if parcel := known.get(ParcelKey(carrier, tracking_no)):
            parcel.cases[case_id].first_scan_at = first_scan_at
    return known


def add_earlier(tx: Connection, merchant: str, parcels: dict[ParcelKey, KnownParcel]) -> None:
    """Looks up what a case that announces a parcel must hear: facts parked for it, and what other cases heard of it."""
    if not parcels:
        return
    parked = INBOX.c.status == InboxStatus.PARKED, INBOX.c.waits_for.in_([key.target for key in parcels])
    for row in _facts(tx, merchant, *parked):
        fact = Fact.model_validate(row.fact)
        _, carrier, tracking_no = row.waits_for.split("/", 2)
        parcels[ParcelKey(carrier, tracking_no)].facts[fact.key] = ParcelFact(fact, row.received_at, row.seq)
    others = {case_id for known in parcels.values() for case_id in known.cases}
    if not others:
        return
    of_parcels = INBOX.c.type.in_(sorted(HEARD_LATER))
    for row in _facts(tx, merchant, INBOX.c.case_id.in_(others), of_parcels):
        fact = Fact.model_validate(row.fact)
        if (known_parcel := parcels.get(parcel_in(fact))) and row.case_id in known_parcel.cases:
            known_parcel.facts.setdefault(fact.key, ParcelFact(fact, row.received_at, case_id=row.case_id))


def _facts(tx: Connection, merchant: str, *which: ColumnElement[bool]) -> Iterable[Any]:
    query = select(INBOX).where(INBOX.c.merchant == merchant, *which).order_by(INBOX.c.seq)
    return tx.execute(query).all()
