"""Parcels as a client sees them, and the last that a carrier said of one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.case.cause import Evidence
from domain.case.declare import LastScan
from domain.case.fact import id_in
from domain.case.parcel import ParcelStatus
from domain.case.units import Quantities
from domain.parcels.scans import status_of
from store.database import Database
from store.pages import Page, page_of, read_cursor
from store.tables import ParcelRow, ScanRow
from store.types import UtcTime


@dataclass(frozen=True, slots=True)
class ParcelRecord:
    """A parcel with its latest status, plain scans that did not wake the case included."""

    carrier: str
    tracking_no: str
    status: ParcelStatus
    status_at: datetime
    units: Quantities


async def shown_parcels(session: AsyncSession, case_ids: Sequence[str]) -> dict[str, list[ParcelRecord]]:
    """The parcels of some cases in the order announced; those that a case does not know yet are left out."""
    newest = (
        select(ScanRow.id)
        .where(
            ScanRow.case_id == ParcelRow.case_id,
            ScanRow.carrier == ParcelRow.carrier,
            ScanRow.tracking_no == ParcelRow.tracking_no,
            ScanRow.woke.is_(False),
        )
        .order_by(ScanRow.at.desc(), ScanRow.id.desc())
        .limit(1)
        .correlate(ParcelRow)
        .scalar_subquery()
    )
    query = (
        select(ParcelRow, ScanRow)
        .outerjoin(ScanRow, ScanRow.id == newest)
        .where(ParcelRow.case_id.in_(case_ids), ParcelRow.status.is_not(None))
        .order_by(ParcelRow.case_id, ParcelRow.announced_at, ParcelRow.carrier, ParcelRow.tracking_no)
    )
    shown: dict[str, list[ParcelRecord]] = defaultdict(list)
    if case_ids:
        for parcel, scan in await session.execute(query):
            shown[parcel.case_id].append(_shown(parcel, scan))
    return shown


def _shown(parcel: ParcelRow, scan: ScanRow | None) -> ParcelRecord:
    status, status_at = ParcelStatus(parcel.status or ParcelStatus.CONSIGNED), parcel.status_at or parcel.announced_at
    if scan and status not in _BEYOND and (status is ParcelStatus.CONSIGNED or scan.at >= status_at):
        status, status_at = status_of(scan.type), scan.at
    return ParcelRecord(parcel.carrier, parcel.tracking_no, status, status_at, dict(parcel.units or {}))


_BEYOND = (ParcelStatus.SIGNED, ParcelStatus.REFUSED, ParcelStatus.RETURNED)
"""What a plain scan takes nothing back of."""


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """A scan: what the carrier said of a parcel, when and where, and when that was learnt."""

    status: ParcelStatus
    at: datetime
    recorded_at: datetime
    location: str | None


async def scans(
    db: Database, case_id: str, carrier: str, tracking_no: str, limit: int = 50, cursor: str | None = None
) -> Page[ScanRecord]:
    """A page of a parcel's way, from the first scan on. Raises BadCursor."""
    query = select(ScanRow).where(*_of_parcel(ScanRow, case_id, carrier, tracking_no))
    if cursor:
        at, id_ = read_cursor(cursor, datetime, int)
        query = query.where(tuple_(ScanRow.at, ScanRow.id) > tuple_(literal(at, UtcTime), literal(id_)))
    async with db.read() as session:
        rows = (await session.scalars(query.order_by(ScanRow.at, ScanRow.id).limit(limit + 1))).all()
    return page_of(rows, limit, _scan, lambda row: (row.at, row.id))


def _scan(row: ScanRow) -> ScanRecord:
    return ScanRecord(status_of(row.type), row.at, row.recorded_at, row.location)


async def newest_scans(db: Database, case_ids: Collection[str]) -> dict[tuple[str, str, str], datetime]:
    """When each parcel of these cases was last scanned, by case, carrier and number; whether that woke them or not."""
    of = ScanRow.case_id, ScanRow.carrier, ScanRow.tracking_no
    query = select(*of, func.max(ScanRow.at)).where(ScanRow.case_id.in_(case_ids)).group_by(*of)
    async with db.read() as session:
        return {(case_id, carrier, number): at for case_id, carrier, number, at in await session.execute(query)}


async def last_scan(
    db: Database, case_id: str, carrier: str, tracking_no: str, stalled_since: datetime
) -> LastScan | None:
    """The newest scan that the carrier made of a parcel.

    If that is not after `stalled_since`, the parcel is watched from then on: its next scan wakes the case, even a plain
    one. Both happen under the parcel's lock, which the intake of a scan takes too, so that no scan falls between.
    """
    mine = _of_parcel(ParcelRow, case_id, carrier, tracking_no)
    async with db.write() as session:
        watched = await session.scalar(select(ParcelRow.watched_since).where(*mine).with_for_update())
        last = await session.scalar(
            select(ScanRow)
            .where(*_of_parcel(ScanRow, case_id, carrier, tracking_no))
            .order_by(ScanRow.at.desc(), ScanRow.id.desc())
            .limit(1)
        )
        if last is None or last.at <= stalled_since:
            watched = max(watched or stalled_since, stalled_since)
        elif watched and last.at > watched:
            watched = None
        await session.execute(update(ParcelRow).where(*mine).values(watched_since=watched))
        return LastScan(at=last.at, evidence=Evidence(type=last.type, id=id_in(last.event_key))) if last else None


def _of_parcel(
    table: type[ParcelRow | ScanRow], case_id: str, carrier: str, tracking_no: str
) -> tuple[ColumnElement[bool], ...]:
    return table.case_id == case_id, table.carrier == carrier, table.tracking_no == tracking_no
