"""Parcels and their scans."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import BIG_ID, Table


class ParcelRow(Table):
    """A parcel of a case. Announced by the accepted event; the rest as the case knows it; scans stand apart.

    `watched_since`: the case waits for any sign of life after that time, so that even a plain scan must wake it.
    """

    __tablename__ = "parcels"

    case_id: Mapped[str] = mapped_column(primary_key=True)
    carrier: Mapped[str] = mapped_column(primary_key=True)
    tracking_no: Mapped[str] = mapped_column(primary_key=True)
    merchant: Mapped[str]
    announced_at: Mapped[datetime]
    watched_since: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)
    status: Mapped[str | None]
    status_at: Mapped[datetime | None]
    units: Mapped[dict[str, Any] | None]

    __table_args__ = (Index("ix_parcels_number", "merchant", "tracking_no", "carrier"),)


class ScanRow(Table):
    """One scan of a parcel, all of them; `woke`: whether it was passed on to the case."""

    __tablename__ = "scans"

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, autoincrement=True)
    case_id: Mapped[str]
    carrier: Mapped[str]
    tracking_no: Mapped[str]
    type: Mapped[str]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    location: Mapped[str | None]
    event_key: Mapped[str]
    woke: Mapped[bool]

    __table_args__ = (Index("ix_scans_parcel", "case_id", "carrier", "tracking_no", "at"),)
