"""Parcels as a client sees them, and the last that a carrier said of one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.case.cause import Evidence
from domain.case.declare import LastScan
from domain.case.fact import id_in
from domain.case.parcel import ParcelStatus
from domain.parcels.scans import status_of
from store.database import Database
from store.tables import ParcelRow, ScanRow


@dataclass(frozen=True, slots=True)
class ParcelRecord:
    """A parcel with its latest status, plain scans that did not wake the case included."""

    carrier: str
    tracking_no: str
    status: ParcelStatus
    status_at: datetime
    line_ids: tuple[str, ...]


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
        select(ParcelRow, ScanRow.type, ScanRow.at)
        .outerjoin(ScanRow, ScanRow.id == newest)
        .where(ParcelRow.case_id.in_(case_ids), ParcelRow.status.is_not(None))
        .order_by(ParcelRow.case_id, ParcelRow.announced_at, ParcelRow.carrier, ParcelRow.tracking_no)
    )
    shown: dict[str, list[ParcelRecord]] = defaultdict(list)
    if case_ids:
        for parcel, scan, scanned_at in await session.execute(query):
            shown[parcel.case_id].append(_shown(parcel, scan, scanned_at))
    return shown


def _shown(parcel: ParcelRow, scan: str | None, scanned_at: datetime | None) -> ParcelRecord:
    status, status_at = ParcelStatus(parcel.status or ParcelStatus.CONSIGNED), parcel.status_at or parcel.announced_at
    if scan and scanned_at and (status is ParcelStatus.CONSIGNED or scanned_at >= status_at):
        status, status_at = status_of(scan), scanned_at
    return ParcelRecord(parcel.carrier, parcel.tracking_no, status, status_at, tuple(parcel.line_ids or ()))


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

    If that is not after `stalled_since`, the parcel is watched from now on: its next scan wakes the case, even a plain
    one. Both happen under the parcel's lock, which the intake of a scan takes too, so that no scan falls between.
    """
    mine = (ParcelRow.case_id == case_id, ParcelRow.carrier == carrier, ParcelRow.tracking_no == tracking_no)
    async with db.write() as session:
        await session.execute(select(ParcelRow.case_id).where(*mine).with_for_update())
        last = await session.scalar(
            select(ScanRow)
            .where(ScanRow.case_id == case_id, ScanRow.carrier == carrier, ScanRow.tracking_no == tracking_no)
            .order_by(ScanRow.at.desc(), ScanRow.id.desc())
            .limit(1)
        )
        silent = last is None or last.at <= stalled_since
        await session.execute(update(ParcelRow).where(*mine).values(watched=silent))
        return LastScan(at=last.at, evidence=Evidence(type=last.type, id=id_in(last.event_key))) if last else None
