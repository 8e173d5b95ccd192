"""What came in for the cases: facts and actions, each written before anything else is done with it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, Named, Table, Text, TypedColumns, UniqueConstraint

from store.tables.base import BIG_ID, METADATA
from store.types import Json, UtcTime


class InboxStatus(StrEnum):
    """How far a fact has come.

    `parked`: its case is not open yet or its parcel not announced, `waits_for` names which; `pending`: to be delivered;
    `recorded`: a scan that changes nothing, never delivered, kept so that a repetition is known.
    """

    PARKED = "parked"
    PENDING = "pending"
    DELIVERED = "delivered"
    RECORDED = "recorded"


class InboxColumns(TypedColumns):
    """A fact for one case; `case_id` is empty while only a parcel is known that nobody announced.

    `leased_until`: a relay has it in hand; when the lease lapses another may take it.
    """

    seq: Named[int] = Column(BIG_ID, primary_key=True, autoincrement=True)
    merchant: Named[str] = Column(Text)
    source: Named[str] = Column(Text)
    event_id: Named[str] = Column(Text)
    type: Named[str] = Column(Text)
    waits_for: Named[str] = Column(Text)
    case_id: Named[str] = Column(Text)
    status: Named[str] = Column(Text)
    received_at: Named[datetime] = Column(UtcTime)
    leased_until: Named[datetime | None] = Column(UtcTime)
    delivered_at: Named[datetime | None] = Column(UtcTime)
    fact: Named[dict[str, Any]] = Column(Json)


INBOX = Table(
    "events_inbox",
    METADATA,
    InboxColumns,
    UniqueConstraint("merchant", "source", "event_id", "waits_for"),
    Index("ix_events_inbox_waiting", "status", "case_id", "seq"),
    Index("ix_events_inbox_parked", "status", "waits_for"),
)


class ActionColumns(TypedColumns):
    """A step that somebody asked for, written before it is sent; its result after.

    `key` belongs to `account` and to this very step of the case; under a refused one's nothing is kept.
    `shop`: what the shop's settings were when the step was asked for.
    """

    action_id: Named[str] = Column(Text, primary_key=True)
    merchant: Named[str] = Column(Text)
    case_id: Named[str] = Column(Text)
    name: Named[str] = Column(Text)
    account: Named[str] = Column(Text, default="", server_default="")
    key: Named[str] = Column(Text)
    body_hash: Named[str] = Column(Text)
    actor: Named[dict[str, Any]] = Column(Json)
    input: Named[dict[str, Any]] = Column(Json)
    shop: Named[dict[str, Any] | None] = Column(Json)
    status: Named[str] = Column(Text)
    result: Named[dict[str, Any] | None] = Column(Json)
    asked_at: Named[datetime] = Column(UtcTime)
    answered_at: Named[datetime | None] = Column(UtcTime)


ACTIONS = Table(
    "actions",
    METADATA,
    ActionColumns,
    UniqueConstraint("case_id", "name", "account", "key"),
    Index("ix_actions_pending", "status", "asked_at"),
)
