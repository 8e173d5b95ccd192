"""What a webhook is to be delivered next, and the log of what was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, and_, delete, or_, select

from domain.webhooks.event import ChangeTold, LineTold, WebhookEvent, event_of
from domain.webhooks.matching import is_wanted
from domain.webhooks.standing import Attempt
from store.changes import Numbered, list_changes
from store.database import Row, insert_into
from store.pages import Page, page_of, read_cursor
from store.tables import TIMELINE, WEBHOOK_DELIVERIES
from store.webhooks import Place, Webhook, get, move, note_away

KEPT_FOR = timedelta(days=30)
"""How long the log says what became of an event."""


class DeliveryStatus(StrEnum):
    """What came of an event's last attempt."""

    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Due:
    """An event, and where its webhook is once it has it."""

    event: WebhookEvent
    then: Place


@dataclass(frozen=True, slots=True)
class Batch:
    """What is due next, in order, and where the webhook is once it has all of it; None where the feed ends."""

    due: tuple[Due, ...]
    end: Place | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event in the log."""

    event_id: str
    seq: int
    type: str
    case_id: str
    status: DeliveryStatus
    attempts: int
    first_at: datetime
    last_at: datetime
    http_status: int | None
    error: str | None
    took_ms: int


def next_batch(tx: Connection, webhook: Webhook, changes: int) -> Batch:
    """What a webhook is due of so many changes behind its place."""
    found = list_changes(tx, webhook.merchant, webhook.place.cursor, changes)
    if not found:
        return Batch((), None)
    due = tuple(one for numbered in found for one in _due(tx, webhook, numbered))
    return Batch(due, Place(found[-1].seq))


def _due(tx: Connection, webhook: Webhook, numbered: Numbered) -> Iterator[Due]:
    """The events of a change that a webhook wants and has not got; with the last of them it has the whole change."""
    before = numbered.seq - 1
    got = webhook.place.part if webhook.place.cursor == before else 0
    lines = [line for line in _lines(tx, webhook, numbered) if is_wanted(webhook.types, line.type)]
    due = [line for line in lines if line.number > got]
    for line in due:
        then = Place(numbered.seq) if line is due[-1] else Place(before, line.number)
        yield Due(event_of(_told(webhook.merchant, numbered), line), then)


def _lines(tx: Connection, webhook: Webhook, numbered: Numbered) -> list[LineTold]:
    change = numbered.change
    if not any(is_wanted(webhook.types, type_) for type_ in change.what):
        return []
    if change.lines is None:
        return [LineTold(number, type_, change.at, {}) for number, type_ in enumerate(change.what, 1)]
    first, last = change.lines
    query = select(TIMELINE).where(TIMELINE.c.case_id == change.case_id, TIMELINE.c.seq.between(first, last))
    rows = tx.execute(query.order_by(TIMELINE.c.seq))
    return [LineTold(row.seq - first + 1, row.type, row.at, row.data) for row in rows]


def _told(merchant: str, numbered: Numbered) -> ChangeTold:
    change = numbered.change
    return ChangeTold(
        merchant=merchant,
        seq=numbered.seq,
        at=change.at,
        case_id=change.case_id,
        order_id=change.order_id,
        kind=change.kind,
        stage=change.stage,
        version=change.version,
    )


def note_delivered(tx: Connection, webhook: Webhook, due: Due, attempt: Attempt, now: datetime) -> bool:
    """Notes that an event arrived, and moves its webhook on; False if somebody has moved it meanwhile."""
    moved = move(tx, webhook.webhook_id, webhook.place, due.then)
    if moved or get(tx, webhook.webhook_id):
        _note(tx, webhook, due.event, attempt, now)
    return moved


def note_failed(tx: Connection, webhook: Webhook, event: WebhookEvent, attempt: Attempt, now: datetime) -> None:
    """Notes that an event did not arrive; it stays due."""
    if get(tx, webhook.webhook_id):
        note_away(tx, webhook.webhook_id, now)
        _note(tx, webhook, event, attempt, now)


def list_deliveries(
    tx: Connection, webhook_id: str, status: DeliveryStatus | None, limit: int, cursor: str | None = None
) -> Page[Delivery]:
    """The log, the newest events first. Raises BadCursor."""
    log = WEBHOOK_DELIVERIES.c
    query = select(WEBHOOK_DELIVERIES).where(log.webhook_id == webhook_id)
    if status is not None:
        query = query.where(log.status == status)
    if cursor is not None:
        seq, event_id = read_cursor(cursor, int, str)
        query = query.where(or_(log.seq < seq, and_(log.seq == seq, log.event_id < event_id)))
    rows = tx.execute(query.order_by(log.seq.desc(), log.event_id.desc()).limit(limit + 1)).all()
    return page_of(rows, limit, _delivery, lambda row: (row.seq, row.event_id))


def forget_old(tx: Connection, now: datetime) -> None:
    """Drops what the log has kept for long enough."""
    tx.execute(delete(WEBHOOK_DELIVERIES).where(WEBHOOK_DELIVERIES.c.last_at < now - KEPT_FOR))


def _note(tx: Connection, webhook: Webhook, event: WebhookEvent, attempt: Attempt, now: datetime) -> None:
    last = {
        "status": DeliveryStatus.DELIVERED if attempt.delivered else DeliveryStatus.FAILED,
        "last_at": now,
        "http_status": attempt.status,
        "error": attempt.error,
        "took_ms": attempt.took_ms,
    }
    row = {
        "webhook_id": webhook.webhook_id,
        "merchant": webhook.merchant,
        "event_id": event.event_id,
        "seq": event.seq,
        "type": event.type,
        "case_id": event.case_id,
        "attempts": 1,
        "first_at": now,
        **last,
    }
    insert = insert_into(tx, WEBHOOK_DELIVERIES).values(row)
    again = {**last, "attempts": WEBHOOK_DELIVERIES.c.attempts + 1}
    key = ["webhook_id", "seq", "event_id"]
    tx.execute(insert.on_conflict_do_update(index_elements=key, set_=again))


def _delivery(row: Row) -> Delivery:
    return Delivery(
        event_id=row.event_id,
        seq=row.seq,
        type=row.type,
        case_id=row.case_id,
        status=DeliveryStatus(row.status),
        attempts=row.attempts,
        first_at=row.first_at,
        last_at=row.last_at,
        http_status=row.http_status,
        error=row.error,
        took_ms=row.took_ms,
    )
