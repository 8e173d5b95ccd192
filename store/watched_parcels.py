"""Parcels that a tracking service is to watch: each is subscribed to once, after it was announced."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from store.database import insert_into
from store.sources import Source
from store.tables import BUYERS, CASES, PARCELS, WATCHED_PARCELS


@dataclass(frozen=True, slots=True)
class Unwatched:
    """A parcel on its way that nobody watches; `phone`: its buyer's, as it was given."""

    carrier: str
    tracking_no: str
    phone: str | None


def unwatched(tx: Connection, source: Source, announced_after: datetime, limit: int) -> list[Unwatched]:
    """Parcels of the source's shop that it was not asked to watch, the earliest announced first."""
    asked = and_(
        WATCHED_PARCELS.c.source_id == source.source_id,
        WATCHED_PARCELS.c.carrier == PARCELS.c.carrier,
        WATCHED_PARCELS.c.tracking_no == PARCELS.c.tracking_no,
    )
    query = (
        select(PARCELS.c.carrier, PARCELS.c.tracking_no, BUYERS.c.phone)
        .outerjoin(WATCHED_PARCELS, asked)
        .outerjoin(CASES, CASES.c.case_id == PARCELS.c.case_id)
        .outerjoin(BUYERS, BUYERS.c.case_id == CASES.c.order_case_id)
        .where(PARCELS.c.merchant == source.merchant, PARCELS.c.announced_at > announced_after)
        .where(WATCHED_PARCELS.c.source_id.is_(None), PARCELS.c.status.is_distinct_from("signed"))
        .order_by(PARCELS.c.announced_at, PARCELS.c.carrier, PARCELS.c.tracking_no)
        .limit(limit)
    )
    found = {(row.carrier, row.tracking_no): row.phone for row in tx.execute(query)}
    return [Unwatched(carrier, tracking_no, phone) for (carrier, tracking_no), phone in found.items()]


def watch(tx: Connection, source: Source, parcel: Unwatched, now: datetime, refused: str | None) -> None:
    """The service was asked; `refused`: why it does not watch the parcel."""
    row = {
        "source_id": source.source_id,
        "carrier": parcel.carrier,
        "tracking_no": parcel.tracking_no,
        "asked_at": now,
        "refused": refused,
    }
    tx.execute(insert_into(tx, WATCHED_PARCELS).on_conflict_do_nothing().values(row))
