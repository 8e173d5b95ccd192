"""Parcels as a client sees them, and the last that a carrier said of one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, bindparam, func, literal, select, tuple_, update

from domain.case.cause import Evidence
from domain.case.declare import LastScan
from domain.case.fact import id_in
from domain.case.parcel import ParcelStatus
from domain.case.units import Quantities
from domain.parcels.scans import status_of
from store.database import Row
from store.pages import Page, page_of, read_cursor
from store.tables import PARCEL_SCANS, PARCELS
from store.types import UtcTime


@dataclass(frozen=True, slots=True)
class ParcelRecord:
    """A parcel with its latest status, plain scans that did not wake the case included."""

    carrier: str
    tracking_no: str
    status: ParcelStatus
    status_at: datetime
    units: Quantities


_NEWEST_PLAIN = (
    select(PARCEL_SCANS.c.id)
    .where(
        PARCEL_SCANS.c.case_id == PARCELS.c.case_id,
        PARCEL_SCANS.c.carrier == PARCELS.c.carrier,
        PARCEL_SCANS.c.tracking_no == PARCELS.c.tracking_no,
        PARCEL_SCANS.c.woke.is_(False),
    )
    .order_by(PARCEL_SCANS.c.at.desc(), PARCEL_SCANS.c.id.desc())
    .limit(1)
    .correlate(PARCELS)
    .scalar_subquery()
)
_SHOWN = (
    select(PARCELS, PARCEL_SCANS.c.type.label("scan"), PARCEL_SCANS.c.at.label("scanned_at"))
    .outerjoin(PARCEL_SCANS, PARCEL_SCANS.c.id == _NEWEST_PLAIN)
    .where(PARCELS.c.case_id.in_(bindparam("case_ids", expanding=True)), PARCELS.c.status.is_not(None))
    .order_by(PARCELS.c.case_id, PARCELS.c.announced_at, PARCELS.c.carrier, PARCELS.c.tracking_no)
)


def shown_parcels(tx: Connection, case_ids: Sequence[str]) -> dict[str, list[ParcelRecord]]:
    """The parcels of some cases in the order announced; those that a case does not know yet are left out."""
    shown: dict[str, list[ParcelRecord]] = defaultdict(list)
    if case_ids:
        for row in tx.execute(_SHOWN, {"case_ids": list(case_ids)}):
            shown[row.case_id].append(_shown(row))
    return shown


def _shown(row: Row) -> ParcelRecord:
    status, status_at = ParcelStatus(row.status or ParcelStatus.CONSIGNED), row.status_at or row.announced_at
    if row.scan and status not in _BEYOND and (status is ParcelStatus.CONSIGNED or row.scanned_at >= status_at):
        status, status_at = status_of(row.scan), row.scanned_at
    return ParcelRecord(row.carrier, row.tracking_no, status, status_at, dict(row.units or {}))


_BEYOND = (ParcelStatus.SIGNED, ParcelStatus.REFUSED, ParcelStatus.RETURNED)
"""What a plain scan takes nothing back of."""


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """A scan: what the carrier said of a parcel, when and where, and when that was learnt."""

    status: ParcelStatus
    at: datetime
    recorded_at: datetime
    location: str | None


def scans(
    tx: Connection, case_id: str, carrier: str, tracking_no: str, limit: int = 50, cursor: str | None = None
) -> Page[ScanRecord]:
    """A page of a parcel's way, from the first scan on. Raises BadCursor."""
    query = select(PARCEL_SCANS).where(*_of_parcel(PARCEL_SCANS, case_id, carrier, tracking_no))
    if cursor:
        at, id_ = read_cursor(cursor, datetime, int)
        query = query.where(tuple_(PARCEL_SCANS.c.at, PARCEL_SCANS.c.id) > tuple_(literal(at, UtcTime), literal(id_)))
    rows = tx.execute(query.order_by(PARCEL_SCANS.c.at, PARCEL_SCANS.c.id).limit(limit + 1)).all()
    return page_of(rows, limit, _scan, lambda row: (row.at, row.id))


def _scan(row: Row) -> ScanRecord:
    return ScanRecord(status_of(row.type), row.at, row.recorded_at, row.location)


def newest_scans(tx: Connection, case_ids: Collection[str]) -> dict[tuple[str, str, str], datetime]:
    """When each parcel of these cases was last scanned, by case, carrier and number; whether that woke them or not."""
    of = PARCEL_SCANS.c.case_id, PARCEL_SCANS.c.carrier, PARCEL_SCANS.c.tracking_no
    query = select(*of, func.max(PARCEL_SCANS.c.at)).where(PARCEL_SCANS.c.case_id.in_(case_ids)).group_by(*of)
    return {(case_id, carrier, number): at for case_id, carrier, number, at in tx.execute(query)}


def last_scan(tx: Connection, case_id: str, carrier: str, tracking_no: str, stalled_since: datetime) -> LastScan | None:
    """The newest scan that the carrier made of a parcel.

    If that is not after `stalled_since`, the parcel is watched from then on: its next scan wakes the case, even a plain
    one. Both happen under the parcel's lock, which the intake of a scan takes too, so that no scan falls between.
    """
    mine = _of_parcel(PARCELS, case_id, carrier, tracking_no)
    watched = tx.scalar(select(PARCELS.c.watched_since).where(*mine).with_for_update())
    last = tx.execute(
        select(PARCEL_SCANS)
        .where(*_of_parcel(PARCEL_SCANS, case_id, carrier, tracking_no))
        .order_by(PARCEL_SCANS.c.at.desc(), PARCEL_SCANS.c.id.desc())
        .limit(1)
    ).one_or_none()
    if last is None or last.at <= stalled_since:
        watched = max(watched or stalled_since, stalled_since)
    elif watched and last.at > watched:
        watched = None
    tx.execute(update(PARCELS).where(*mine).values(watched_since=watched))
    return LastScan(at=last.at, evidence=Evidence(type=last.type, id=id_in(last.event_key))) if last else None


def _of_parcel(table: Table, case_id: str, carrier: str, tracking_no: str) -> tuple[ColumnElement[bool], ...]:
    return table.c.case_id == case_id, table.c.carrier == carrier, table.c.tracking_no == tracking_no
