"""Webhooks: as their shop's owner sets them up, and where each has got to in the shop's feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Integer, bindparam, delete, or_, select, update

from domain.webhooks.standing import Standing
from store.changes import last_seq
from store.database import Row, add_rows
from store.pages import Page, page_of, read_cursor
from store.tables import CHANGE_COUNTERS, WEBHOOKS

MISSED_AFTER = timedelta(hours=2)
"""A workflow that has not moved for so long since it was woken may be gone; retries are an hour apart at most."""


_ANY = select(WEBHOOKS.c.webhook_id).where(WEBHOOKS.c.standing == Standing.ACTIVE).limit(1)
_TO_WAKE = (
    select(WEBHOOKS)
    .join(CHANGE_COUNTERS, CHANGE_COUNTERS.c.merchant == WEBHOOKS.c.merchant)
    .where(
        WEBHOOKS.c.standing == Standing.ACTIVE,
        WEBHOOKS.c.cursor < CHANGE_COUNTERS.c.last,
        or_(WEBHOOKS.c.idle, WEBHOOKS.c.woken_at < bindparam("missed")),
    )
    .order_by(WEBHOOKS.c.webhook_id)
    .limit(bindparam("most", type_=Integer))
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the feed: everything up to `cursor`, and the first `part` lines of the change after it."""

    cursor: int
    part: int = 0


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook. Its secrets are read apart."""

    webhook_id: str
    merchant: str
    url: str
    types: tuple[str, ...]
    description: str
    created_at: datetime
    rotated_at: datetime | None
    standing: Standing
    standing_since: datetime
    place: Place
    away_since: datetime | None = None


def add(tx: Connection, webhook: Webhook, secret: str) -> Webhook:
    """Keeps a new webhook; it is told what changes from now on."""
    cursor = last_seq(tx, webhook.merchant)
    row = {
        "webhook_id": webhook.webhook_id,
        "merchant": webhook.merchant,
        "url": webhook.url,
        "types": list(webhook.types),
        "description": webhook.description,
        "secret": secret,
        "created_at": webhook.created_at,
        "standing": webhook.standing,
        "standing_since": webhook.standing_since,
        "cursor": cursor,
        "part": 0,
        "idle": True,
        "woken_at": webhook.created_at,
    }
    add_rows(tx, WEBHOOKS, [row])
    return _webhook(tx.execute(select(WEBHOOKS).where(WEBHOOKS.c.webhook_id == webhook.webhook_id)).one())


def find(tx: Connection, merchant: str, webhook_id: str) -> Webhook | None:
    """A webhook of the shop."""
    found = get(tx, webhook_id)
    return found if found and found.merchant == merchant else None


def get(tx: Connection, webhook_id: str) -> Webhook | None:
    """A webhook, whichever shop's it is."""
    row = tx.execute(select(WEBHOOKS).where(WEBHOOKS.c.webhook_id == webhook_id)).one_or_none()
    return _webhook(row) if row else None


def list_webhooks(tx: Connection, merchant: str, limit: int, cursor: str | None = None) -> Page[Webhook]:
    """The shop's webhooks by their ids."""
    query = select(WEBHOOKS).where(WEBHOOKS.c.merchant == merchant).order_by(WEBHOOKS.c.webhook_id).limit(limit + 1)
    if cursor is not None:
        (after,) = read_cursor(cursor, str)
        query = query.where(WEBHOOKS.c.webhook_id > after)
    return page_of(tx.execute(query).all(), limit, _webhook, lambda row: (row.webhook_id,))


def change(tx: Connection, webhook_id: str, url: str, types: Sequence[str], description: str) -> None:
    """Sets where it stands and what it is told."""
    values = {"url": url, "types": list(types), "description": description}
    tx.execute(update(WEBHOOKS).where(WEBHOOKS.c.webhook_id == webhook_id).values(values))


def rotate(tx: Connection, webhook_id: str, secret: str, now: datetime, former_until: datetime) -> None:
    """Sets a new secret; the one before signs too until then."""
    former = {"former_secret": WEBHOOKS.c.secret, "former_until": former_until}
    of_it = WEBHOOKS.c.webhook_id == webhook_id
    tx.execute(update(WEBHOOKS).where(of_it).values(secret=secret, rotated_at=now, **former))


def remove(tx: Connection, webhook_id: str) -> None:
    """Ends a webhook, with the log of its deliveries."""
    tx.execute(delete(WEBHOOKS).where(WEBHOOKS.c.webhook_id == webhook_id))


def secrets(tx: Connection, webhook_id: str, now: datetime) -> tuple[str, ...]:
    """The secrets that sign now, the newest first; none if there is no such webhook."""
    row = tx.execute(select(WEBHOOKS).where(WEBHOOKS.c.webhook_id == webhook_id)).one_or_none()
    if row is None:
        return ()
    former = (row.former_secret,) if row.former_until and row.former_until > now else ()
    return (row.secret, *former)


def stand(tx: Connection, webhook_id: str, was: Standing, standing: Standing, now: datetime) -> bool:
    """Changes how a webhook stands; False if it stood otherwise than that."""
    of_it = (WEBHOOKS.c.webhook_id == webhook_id, WEBHOOKS.c.standing == was)
    moved = update(WEBHOOKS).where(*of_it).values(standing=standing, standing_since=now, idle=True)
    return tx.execute(moved).rowcount == 1


def move(tx: Connection, webhook_id: str, was: Place, place: Place) -> bool:
    """Brings a webhook from one place of the feed to another; False if it is not there, because somebody moved it."""
    here = (WEBHOOKS.c.webhook_id == webhook_id, WEBHOOKS.c.cursor == was.cursor, WEBHOOKS.c.part == was.part)
    moved = update(WEBHOOKS).where(*here).values(cursor=place.cursor, part=place.part, idle=False, away_since=None)
    return tx.execute(moved).rowcount == 1


def note_away(tx: Connection, webhook_id: str, now: datetime) -> None:
    """Notes that its receiver does not take what comes next; since when, if that is not noted yet."""
    taken = update(WEBHOOKS).where(WEBHOOKS.c.webhook_id == webhook_id, WEBHOOKS.c.away_since.is_(None))
    tx.execute(taken.values(away_since=now))


def go_back(tx: Connection, webhook_id: str, after: int) -> bool:
    """Delivers again what follows a change; False if the webhook has not got that far."""
    behind = (WEBHOOKS.c.webhook_id == webhook_id, WEBHOOKS.c.cursor >= after)
    return (
        tx.execute(update(WEBHOOKS).where(*behind).values(cursor=after, part=0, idle=True, away_since=None)).rowcount
        == 1
    )


def rest(tx: Connection, webhook_id: str, merchant: str, place: Place) -> bool:
    """Notes that nothing is left to deliver; False if there is more, or the webhook has been moved."""
    if last_seq(tx, merchant) > place.cursor:
        return False
    here = (WEBHOOKS.c.webhook_id == webhook_id, WEBHOOKS.c.cursor == place.cursor)
    return tx.execute(update(WEBHOOKS).where(*here).values(idle=True)).rowcount == 1


def has_any(tx: Connection) -> bool:
    """Whether any shop has a webhook that is delivered to."""
    return tx.scalar(_ANY) is not None


def to_wake(tx: Connection, now: datetime, limit: int) -> list[Webhook]:
    """Webhooks that wait though there is more for them; and those that have not moved since they were woken."""
    return [_webhook(row) for row in tx.execute(_TO_WAKE, {"missed": now - MISSED_AFTER, "most": limit})]


def note_woken(tx: Connection, woken: Sequence[Webhook], now: datetime) -> None:
    """Notes which have been woken; one that has moved meanwhile says itself whether it rests again."""
    for webhook in sorted(woken, key=lambda one: one.webhook_id):
        of_it = update(WEBHOOKS).where(WEBHOOKS.c.webhook_id == webhook.webhook_id)
        tx.execute(of_it.values(woken_at=now))
        tx.execute(of_it.where(WEBHOOKS.c.cursor == webhook.place.cursor).values(idle=False))


def _webhook(row: Row) -> Webhook:
    return Webhook(
        webhook_id=row.webhook_id,
        merchant=row.merchant,
        url=row.url,
        types=tuple(row.types),
        description=row.description,
        created_at=row.created_at,
        rotated_at=row.rotated_at,
        standing=Standing(row.standing),
        standing_since=row.standing_since,
        place=Place(row.cursor, row.part),
        away_since=row.away_since,
    )
