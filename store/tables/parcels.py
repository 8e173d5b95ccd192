"""Parcels and their scans."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Named, Table, Text, TypedColumns

from store.tables.base import BIG_ID, METADATA
from store.types import Json, UtcTime


class ParcelColumns(TypedColumns):
    """A parcel of a case. Announced by the accepted event; the rest as the case knows it; scans stand apart.

    `watched_since`: the case waits for any sign of life after that time, so that even a plain scan must wake it.
    """

    case_id: Named[str] = Column(Text, primary_key=True)
    carrier: Named[str] = Column(Text, primary_key=True)
    tracking_no: Named[str] = Column(Text, primary_key=True)
    merchant: Named[str] = Column(Text)
    announced_at: Named[datetime] = Column(UtcTime)
    watched_since: Named[datetime | None] = Column(UtcTime)
    version: Named[int] = Column(default=0)
    status: Named[str | None] = Column(Text)
    status_at: Named[datetime | None] = Column(UtcTime)
    units: Named[dict[str, Any] | None] = Column(Json)


PARCELS = Table("parcels", METADATA, ParcelColumns, Index("ix_parcels_number", "merchant", "tracking_no", "carrier"))


class ScanColumns(TypedColumns):
    """One scan of a parcel, all of them; `woke`: whether it was passed on to the case."""

    id: Named[int] = Column(BIG_ID, primary_key=True, autoincrement=True)
    case_id: Named[str] = Column(Text)
    carrier: Named[str] = Column(Text)
    tracking_no: Named[str] = Column(Text)
    type: Named[str] = Column(Text)
    at: Named[datetime] = Column(UtcTime)
    recorded_at: Named[datetime] = Column(UtcTime)
    location: Named[str | None] = Column(Text)
    event_key: Named[str] = Column(Text)
    woke: Named[bool]


PARCEL_SCANS = Table(
    "scans", METADATA, ScanColumns, Index("ix_scans_parcel", "case_id", "carrier", "tracking_no", "at")
)
