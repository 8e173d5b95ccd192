"""What is known of parcels by their numbers when facts about them come in: who announced them, and what they heard."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.case.fact import Fact
from domain.lives import HEARD_LATER
from store.database import core
from store.intake import Announced, KnownParcel, ParcelFact, ParcelKey, parcel_in
from store.tables import CaseRow, InboxRow, InboxStatus, ParcelRow, ScanRow

_CASES, _INBOX, _PARCELS, _SCANS = core(CaseRow), core(InboxRow), core(ParcelRow), core(ScanRow)


async def lock_cases(session: AsyncSession, merchant: str, keys: Collection[ParcelKey]) -> None:
    """Locks the rows that a scan may move before their parcels', as the write of a case does."""
    of_number = select(_PARCELS.c.case_id).where(*_numbered(merchant, keys))
    rows = select(_CASES.c.case_id).where(_CASES.c.case_id.in_(of_number)).order_by(_CASES.c.case_id)
    await session.execute(rows.with_for_update())


def _numbered(merchant: str, keys: Collection[ParcelKey]) -> tuple[ColumnElement[bool], ...]:
    carriers, numbers = {key.carrier for key in keys}, {key.tracking_no for key in keys}
    return (
        _PARCELS.c.merchant == merchant,
        _PARCELS.c.carrier.in_(carriers),
        _PARCELS.c.tracking_no.in_(numbers),
    )


async def find(session: AsyncSession, merchant: str, keys: Collection[ParcelKey]) -> dict[ParcelKey, KnownParcel]:
    """The parcels with the cases that announced them, locked against `parcels.last_scan`."""
    known = {key: KnownParcel() for key in keys}
    if not keys:
        return known
    announced = select(_PARCELS).where(*_numbered(merchant, keys))
    in_order = announced.order_by(_PARCELS.c.case_id, _PARCELS.c.carrier, _PARCELS.c.tracking_no)
    for row in await session.execute(in_order.with_for_update()):
        if parcel := known.get(ParcelKey(row.carrier, row.tracking_no)):
            since = row.watched_since
            parcel.cases[row.case_id] = Announced(row.announced_at, watched_since=since, told=since)
    cases = {case_id for parcel in known.values() for case_id in parcel.cases}
    if not cases:
        return known
    first_scans = (
        select(_SCANS.c.case_id, _SCANS.c.carrier, _SCANS.c.tracking_no, func.min(_SCANS.c.at))
        .where(_SCANS.c.case_id.in_(cases), _SCANS.c.tracking_no.in_({key.tracking_no for key in keys}))
        .group_by(_SCANS.c.case_id, _SCANS.c.carrier, _SCANS.c.tracking_no)
    )
    for case_id, carrier, tracking_no, first_scan_at in await session.execute(first_scans):
        if parcel := known.get(ParcelKey(carrier, tracking_no)):
            parcel.cases[case_id].first_scan_at = first_scan_at
    return known


async def add_earlier(session: AsyncSession, merchant: str, parcels: dict[ParcelKey, KnownParcel]) -> None:
    """Looks up what a case that announces a parcel must hear: facts parked for it, and what other cases heard of it."""
    if not parcels:
        return
    parked = _INBOX.c.status == InboxStatus.PARKED, _INBOX.c.waits_for.in_([key.target for key in parcels])
    for row in await _facts(session, merchant, *parked):
        fact = Fact.model_validate(row.fact)
        _, carrier, tracking_no = row.waits_for.split("/", 2)
        parcels[ParcelKey(carrier, tracking_no)].facts[fact.key] = ParcelFact(fact, row.received_at, row.seq)
    others = {case_id for known in parcels.values() for case_id in known.cases}
    if not others:
        return
    of_parcels = _INBOX.c.type.in_(sorted(HEARD_LATER))
    for row in await _facts(session, merchant, _INBOX.c.case_id.in_(others), of_parcels):
        fact = Fact.model_validate(row.fact)
        if (known_parcel := parcels.get(parcel_in(fact))) and row.case_id in known_parcel.cases:
            known_parcel.facts.setdefault(fact.key, ParcelFact(fact, row.received_at, case_id=row.case_id))


async def _facts(session: AsyncSession, merchant: str, *which: ColumnElement[bool]) -> Iterable[Any]:
    query = select(_INBOX).where(_INBOX.c.merchant == merchant, *which).order_by(_INBOX.c.seq)
    return (await session.execute(query)).all()
