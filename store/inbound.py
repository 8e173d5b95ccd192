"""Platforms' messages: kept before anybody is answered, read until they are taken in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, Integer, bindparam, func, select, update

from connectors.calling import WATCH
from connectors.translation import Delivery, Enquiry, Message
from domain.case.declare import Nothing
from domain.case.errand import StartCase
from domain.case.fact import Fact
from domain.case.record import MessagesToSeeTo
from domain.events import Rejected, Reported
from domain.message.life import STILL_UNREADABLE, TAKEN_IN, WhyUnreadable
from domain.message.state import MessageStage
from domain.roles import SYSTEM
from store import enquiries, inbox, watched_parcels
from store.database import Row, insert_into, take_turns
from store.inbox import Accepted
from store.leases import Lease
from store.pages import Page, page_of, read_cursor
from store.records import open_alone
from store.sources import Source
from store.tables import CASES, PLATFORM_MESSAGES, MessageStatus

_TABLE = PLATFORM_MESSAGES
NOTHING = "{}"
"""What is left of a content that nothing more is to be read from."""
_DUE = (
    select(_TABLE.c.seq)
    .where(_TABLE.c.status == MessageStatus.WAITING, _TABLE.c.try_at <= bindparam("now"))
    .order_by(_TABLE.c.seq)
    .limit(bindparam("most", type_=Integer))
)


class NotWhole(Exception):
    """A fact of a message cannot be so; nothing of the message was written."""


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message as the store has it.

    Attributes:
        delivery: in place of the message, where nobody could say which are in it.
        since: since when it is tried, in this round of attempts.
    """

    seq: int
    source_id: str
    merchant: str
    message: Message
    delivery: Delivery | None
    status: MessageStatus
    reason: str | None
    case_id: str | None
    told: dict[str, Any]
    attempts: int
    received_at: datetime
    since: datetime
    taken_at: datetime | None


def keep(
    tx: Connection, source: Source, messages: Sequence[Message], now: datetime, try_at: datetime | None = None
) -> list[int]:
    """Keeps messages; answers those that are new: the same id with the same content is known.

    `try_at`: when they are tried if whoever keeps them does not take them in at once; None: now.
    """
    kept = (_keep(tx, source, one, json.dumps(one.content, default=str), now, try_at) for one in messages)
    return [seq for seq in kept if seq]


def keep_delivery(tx: Connection, source: Source, delivery: Delivery, now: datetime) -> list[int]:
    """Keeps a delivery of which nobody can say what is in it; its headers are not needed to read it."""
    content = {"body": delivery.body, "form": dict(delivery.form), "query": dict(delivery.query)}
    seq = _keep(tx, source, Message(id="", kind=""), json.dumps(content), now, None)
    return [seq] if seq else []


def _keep(
    tx: Connection, source: Source, message: Message, content: str, now: datetime, try_at: datetime | None
) -> int | None:
    row = {
        "source_id": source.source_id,
        "message_id": message.id,
        "digest": sha256(content.encode()).hexdigest(),
        "merchant": source.merchant,
        "kind": message.kind,
        "subject": message.subject,
        "content": content,
        "status": MessageStatus.WAITING,
        "told": {},
        "received_at": now,
        "since": now,
        "try_at": try_at or now,
    }
    insert = insert_into(tx, _TABLE).on_conflict_do_nothing(index_elements=["source_id", "message_id", "digest"])
    seq: int | None = tx.scalar(insert.values(row).returning(_TABLE.c.seq))
    return seq


def find(tx: Connection, seq: int) -> KeptMessage | None:
    """A message by its number."""
    row = tx.execute(select(_TABLE).where(_TABLE.c.seq == seq)).one_or_none()
    return _kept(row) if row else None


def before(tx: Connection, kept: KeptMessage) -> Message | None:
    """The last message about the same subject that was taken in and was not stale."""
    if not kept.message.subject:
        return None
    query = (
        select(_TABLE)
        .where(*_about(kept), _TABLE.c.status == MessageStatus.TAKEN, ~_TABLE.c.stale, _TABLE.c.seq != kept.seq)
        .where(_TABLE.c.content != NOTHING)
        .order_by(_TABLE.c.taken_at.desc(), _TABLE.c.seq.desc())
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    return _kept(row).message if row else None


def accept_whole(
    tx: Connection, merchant: str, reported: Sequence[Reported], now: datetime, lease: Lease | None
) -> Accepted:
    """Takes in all facts of a message. Raises NotWhole where one cannot be so, and nothing is written."""
    accepted = inbox.accept(tx, merchant, reported, now, lease)
    wrong = [str(one) for one in accepted.statuses if isinstance(one, Rejected)]
    if wrong:
        raise NotWhole(" ".join(wrong))
    return accepted


def due(tx: Connection, now: datetime, limit: int = 100) -> list[int]:
    """Messages that are to be tried now, in the order in which they came."""
    return list(tx.scalars(_DUE, {"now": now, "most": limit}))


def finish(
    tx: Connection,
    kept: KeptMessage,
    told: dict[str, Any],
    now: datetime,
    asked: Sequence[Enquiry],
    *,
    stale: bool,
) -> None:
    """A message is taken in; of what it replaces, and of what no later one needs, the content goes.

    `asked`: what the platform is to be asked for because of it.
    """
    enquiries.want(tx, kept.source_id, [one for one in asked if one.call != WATCH], now)
    for one in asked:
        if one.call == WATCH:
            watched_parcels.watch_again(tx, kept.source_id, one.about)
    values: dict[str, Any] = {"status": MessageStatus.TAKEN, "told": told, "taken_at": now, "stale": stale}
    last = bool(kept.message.subject) and not stale
    if last:
        replaced = update(_TABLE).where(*_about(kept), _TABLE.c.status == MessageStatus.TAKEN)
        tx.execute(replaced.values(content=NOTHING))
    else:
        values["content"] = NOTHING
    tx.execute(_this(kept).values(**values, reason=None, attempts=_TABLE.c.attempts + 1))
    _settle(tx, kept, now)


def put_off(tx: Connection, kept: KeptMessage, reason: str, try_at: datetime) -> None:
    """A message could not be taken in now, and is tried again."""
    tx.execute(_this(kept).values(reason=reason, attempts=_TABLE.c.attempts + 1, try_at=try_at))


def leave_unreadable(tx: Connection, kept: KeptMessage, reason: str, matter: StartCase, now: datetime) -> str:
    """A message cannot be taken in, and nobody tries it again by themselves.

    It joins the open matter of its source and reason, or opens `matter`; a matter in which messages are being tried
    hears of it.

    Returns:
        The matter's id.
    """
    take_turns(tx, f"matters/{kept.source_id}")
    known = tx.execute(_MATTERS.where(*_same_matter(kept, reason)).limit(1)).one_or_none()
    case_id = known.case_id if known else matter.case_id
    unreadable = {"status": MessageStatus.UNREADABLE, "reason": reason, "attempts": _TABLE.c.attempts + 1}
    tx.execute(_this(kept).values(**unreadable, case_id=case_id))
    if known is None:
        open_alone(tx, matter)
    elif known.stage == MessageStage.TRYING:
        _tell(tx, kept, case_id, STILL_UNREADABLE, WhyUnreadable(reason=reason), now)
    return str(case_id)


_MATTERS = select(_TABLE.c.case_id, CASES.c.stage).join(CASES, CASES.c.case_id == _TABLE.c.case_id).where(CASES.c.open)


def _same_matter(kept: KeptMessage, reason: str) -> tuple[Any, ...]:
    if kept.case_id:
        return (_TABLE.c.seq == kept.seq,)
    unreadable = _TABLE.c.status == MessageStatus.UNREADABLE
    return _TABLE.c.source_id == kept.source_id, _TABLE.c.reason == reason, unreadable


def _settle(tx: Connection, kept: KeptMessage, now: datetime) -> None:
    """Tells the matter of a message that the last of them is taken in."""
    left = _TABLE.c.status.in_((MessageStatus.WAITING, MessageStatus.UNREADABLE))
    if kept.case_id and tx.scalar(select(_TABLE.c.seq).where(_TABLE.c.case_id == kept.case_id, left)) is None:
        _tell(tx, kept, kept.case_id, TAKEN_IN, Nothing(), now)


def _tell(tx: Connection, kept: KeptMessage, case_id: str, type_: str, data: BaseModel, now: datetime) -> None:
    id_ = f"{type_}/{kept.source_id}/{kept.seq}/{kept.attempts}"
    fact = Fact(id=id_, source="caseline", type=type_, at=now, actor=SYSTEM, data=data.model_dump(mode="json"))
    inbox.accept(tx, kept.merchant, [Reported(fact, case_id, [])], now)


def see_to(tx: Connection, request: MessagesToSeeTo) -> None:
    """Has the messages of a matter tried again, or sets them aside: then nothing is kept of what is in them."""
    unreadable = _TABLE.c.case_id == request.case_id, _TABLE.c.status == MessageStatus.UNREADABLE
    aside = {"status": MessageStatus.SET_ASIDE, "content": NOTHING}
    again = {"status": MessageStatus.WAITING, "since": request.at, "try_at": request.at}
    tx.execute(update(_TABLE).where(*unreadable).values(**(again if request.again else aside)))


def wake(tx: Connection, source_id: str, now: datetime) -> None:
    """What waits of a source is tried at once: what it waited for may be there."""
    waiting = _TABLE.c.status == MessageStatus.WAITING, _TABLE.c.try_at > now
    tx.execute(update(_TABLE).where(_TABLE.c.source_id == source_id, *waiting).values(try_at=now))


def count_due(tx: Connection, now: datetime) -> int:
    """How many messages are still to be tried now."""
    query = select(func.count()).select_from(_TABLE)
    return tx.scalar(query.where(_TABLE.c.status == MessageStatus.WAITING, _TABLE.c.try_at <= now)) or 0


def list_messages(
    tx: Connection, source: Source, limit: int, cursor: str | None = None, status: MessageStatus | None = None
) -> Page[KeptMessage]:
    """A source's messages, the latest first."""
    query = select(_TABLE).where(_TABLE.c.source_id == source.source_id, _TABLE.c.merchant == source.merchant)
    if status is not None:
        query = query.where(_TABLE.c.status == status)
    if cursor is not None:
        (until,) = read_cursor(cursor, int)
        query = query.where(_TABLE.c.seq < until)
    rows = tx.execute(query.order_by(_TABLE.c.seq.desc()).limit(limit + 1)).all()
    return page_of(rows, limit, _kept, lambda row: (row.seq,))


def _about(kept: KeptMessage) -> tuple[Any, ...]:
    return _TABLE.c.source_id == kept.source_id, _TABLE.c.subject == kept.message.subject


def _this(kept: KeptMessage) -> Any:
    return update(_TABLE).where(_TABLE.c.seq == kept.seq, _TABLE.c.status == MessageStatus.WAITING)


def _kept(row: Row) -> KeptMessage:
    content = json.loads(row.content)
    known = bool(row.kind)
    return KeptMessage(
        seq=row.seq,
        source_id=row.source_id,
        merchant=row.merchant,
        message=Message(id=row.message_id, kind=row.kind, subject=row.subject, content=content if known else {}),
        delivery=None if known else Delivery(**content),
        status=MessageStatus(row.status),
        reason=row.reason,
        case_id=row.case_id,
        told=row.told,
        attempts=row.attempts,
        received_at=row.received_at,
        since=row.since,
        taken_at=row.taken_at,
    )
