"""What platforms sent as it came, until it is taken in."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Named, Table, Text, TypedColumns, UniqueConstraint

from store.tables.base import BIG_ID, METADATA
from store.types import Json, UtcTime


class MessageStatus(StrEnum):
    """How far a message has come.

    `waiting`: to be taken in, again where it did not get through; `unreadable`: somebody's task; `set_aside`: by them.
    """

    WAITING = "waiting"
    TAKEN = "taken"
    UNREADABLE = "unreadable"
    SET_ASIDE = "set_aside"


class MessageColumns(TypedColumns):
    """A platform's message. Its content may be personal: it is gone once nothing more is to be read from it.

    `digest` tells another content under the same id. `case_id`: of the matter that an unreadable one is. `told`: what
    was made of it. Where `kind` is empty, nobody could say which messages are in it, and the content is the delivery.
    """

    seq: Named[int] = Column(BIG_ID, primary_key=True, autoincrement=True)
    source_id: Named[str] = Column(Text)
    message_id: Named[str] = Column(Text)
    digest: Named[str] = Column(Text)
    merchant: Named[str] = Column(Text)
    kind: Named[str] = Column(Text)
    subject: Named[str] = Column(Text)
    content: Named[str] = Column(Text)
    status: Named[str] = Column(Text)
    stale: Named[bool] = Column(default=False)
    reason: Named[str | None] = Column(Text)
    case_id: Named[str | None] = Column(Text)
    told: Named[dict[str, Any]] = Column(Json)
    attempts: Named[int] = Column(default=0)
    received_at: Named[datetime] = Column(UtcTime)
    since: Named[datetime] = Column(UtcTime)
    try_at: Named[datetime] = Column(UtcTime)
    taken_at: Named[datetime | None] = Column(UtcTime)


class EnquiryColumns(TypedColumns):
    """Something to ask a platform for; wanted again, it is another row."""

    seq: Named[int] = Column(BIG_ID, primary_key=True, autoincrement=True)
    source_id: Named[str] = Column(Text, ForeignKey("sources.source_id", ondelete="CASCADE"))
    call: Named[str] = Column(Text)
    about: Named[str] = Column(Text)
    wanted_at: Named[datetime] = Column(UtcTime)


class WatchedColumns(TypedColumns):
    """A parcel that a tracking service was asked to watch; `refused`: why it does not; `queried_at`: last asked for."""

    source_id: Named[str] = Column(Text, ForeignKey("sources.source_id", ondelete="CASCADE"), primary_key=True)
    carrier: Named[str] = Column(Text, primary_key=True)
    tracking_no: Named[str] = Column(Text, primary_key=True)
    asked_at: Named[datetime] = Column(UtcTime)
    refused: Named[str | None] = Column(Text)
    queried_at: Named[datetime | None] = Column(UtcTime)


WATCHED_PARCELS = Table("watched_parcels", METADATA, WatchedColumns)

ENQUIRIES = Table("enquiries", METADATA, EnquiryColumns, UniqueConstraint("source_id", "call", "about"))

PLATFORM_MESSAGES = Table(
    "platform_messages",
    METADATA,
    MessageColumns,
    UniqueConstraint("source_id", "message_id", "digest"),
    Index("ix_platform_messages_due", "status", "try_at"),
    Index("ix_platform_messages_subject", "source_id", "subject", "seq"),
    Index("ix_platform_messages_case", "case_id"),
    Index("ix_platform_messages_list", "merchant", "seq"),
)
