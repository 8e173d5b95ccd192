"""Parcels that a tracking service is to watch: each is subscribed to once, after it was announced.

Of which it has not pushed for long, it is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, or_, select, update

from store.database import Row, insert_into
from store.sources import Source
from store.tables import BUYERS, CASES, PARCEL_SCANS, PARCELS, WATCHED_PARCELS


@dataclass(frozen=True, slots=True)
class Unwatched:
    """A parcel on its way that nobody watches; `phone`: its buyer's, as it was given."""

    carrier: str
    tracking_no: str
    phone: str | None
    announced_at: datetime


STANDS = ("signed", "returned", "lost")
"""How a parcel stands of which nothing more is awaited."""


def unwatched(tx: Connection, source: Source, announced_after: datetime, limit: int) -> list[Unwatched]:
    """Parcels of the source's shop that it was not asked to watch, the earliest announced first."""
    asked = and_(
        WATCHED_PARCELS.c.source_id == source.source_id,
        WATCHED_PARCELS.c.carrier == PARCELS.c.carrier,
        WATCHED_PARCELS.c.tracking_no == PARCELS.c.tracking_no,
    )
    query = (
        select(PARCELS.c.carrier, PARCELS.c.tracking_no, BUYERS.c.phone, PARCELS.c.announced_at)
        .outerjoin(WATCHED_PARCELS, asked)
        .outerjoin(CASES, CASES.c.case_id == PARCELS.c.case_id)
        .outerjoin(BUYERS, BUYERS.c.case_id == CASES.c.order_case_id)
        .where(PARCELS.c.merchant == source.merchant, PARCELS.c.announced_at > announced_after)
        .where(WATCHED_PARCELS.c.source_id.is_(None), PARCELS.c.status.is_distinct_from("signed"))
        .order_by(PARCELS.c.announced_at, PARCELS.c.carrier, PARCELS.c.tracking_no)
        .limit(limit)
    )
    return _each(tx.execute(query))


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


def quiet(tx: Connection, source: Source, announced_after: datetime, since: datetime, limit: int) -> list[Unwatched]:
    """Watched parcels on their way of which there is no news, and was not asked for, since then; the longest first."""
    asked = and_(
        WATCHED_PARCELS.c.source_id == source.source_id,
        WATCHED_PARCELS.c.carrier == PARCELS.c.carrier,
        WATCHED_PARCELS.c.tracking_no == PARCELS.c.tracking_no,
    )
    last = func.coalesce(WATCHED_PARCELS.c.queried_at, WATCHED_PARCELS.c.asked_at)
    heard = select(PARCEL_SCANS.c.id).where(
        PARCEL_SCANS.c.case_id == PARCELS.c.case_id,
        PARCEL_SCANS.c.carrier == PARCELS.c.carrier,
        PARCEL_SCANS.c.tracking_no == PARCELS.c.tracking_no,
        PARCEL_SCANS.c.recorded_at > since,
    )
    query = (
        select(PARCELS.c.carrier, PARCELS.c.tracking_no, BUYERS.c.phone, PARCELS.c.announced_at)
        .join(WATCHED_PARCELS, asked)
        .outerjoin(CASES, CASES.c.case_id == PARCELS.c.case_id)
        .outerjoin(BUYERS, BUYERS.c.case_id == CASES.c.order_case_id)
        .where(PARCELS.c.merchant == source.merchant, PARCELS.c.announced_at > announced_after)
        .where(or_(PARCELS.c.status.is_(None), PARCELS.c.status.not_in(STANDS)), last <= since, ~heard.exists())
        .order_by(last, PARCELS.c.carrier, PARCELS.c.tracking_no)
        .limit(limit)
    )
    return _each(tx.execute(query))


def _each(rows: Iterable[Row]) -> list[Unwatched]:
    """Each parcel once, whoever's orders are in it."""
    found = {(row.carrier, row.tracking_no): row for row in rows}
    return [Unwatched(row.carrier, row.tracking_no, row.phone, row.announced_at) for row in found.values()]


def watch_again(tx: Connection, source_id: str, about: str) -> None:
    """Has the service asked again to watch `parcel/zto/ZT1`, or all of a carrier that it would not watch."""
    of_source = delete(WATCHED_PARCELS).where(WATCHED_PARCELS.c.source_id == source_id)
    if not about.startswith("parcel/"):
        refused = WATCHED_PARCELS.c.refused.is_not(None)
        tx.execute(of_source.where(WATCHED_PARCELS.c.carrier == about, refused))
        return
    _, carrier, tracking_no = about.split("/", 2)
    tx.execute(of_source.where(WATCHED_PARCELS.c.carrier == carrier, WATCHED_PARCELS.c.tracking_no == tracking_no))


def queried(tx: Connection, source: Source, parcel: Unwatched, now: datetime) -> None:
    """The service was asked for the track."""
    tx.execute(
        update(WATCHED_PARCELS)
        .where(
            WATCHED_PARCELS.c.source_id == source.source_id,
            WATCHED_PARCELS.c.carrier == parcel.carrier,
            WATCHED_PARCELS.c.tracking_no == parcel.tracking_no,
        )
        .values(queried_at=now)
    )
