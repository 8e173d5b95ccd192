"""Texts that people wrote or are to read. Personal data stands here and with the buyers, nowhere else."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Named, Table, Text, TypedColumns
from sqlalchemy import text as sql

from store.tables.base import METADATA
from store.types import Json, UtcTime


class MemoColumns(TypedColumns):
    """A free text that stays in the store: memos, reasons, addresses on their way. Histories hold its id.

    `line` is a memo in the shops' convention; other texts have none. `tracking_no`: the parcel that it is on.
    """

    memo_id: Named[str] = Column(Text, primary_key=True)
    case_id: Named[str] = Column(Text)
    merchant: Named[str] = Column(Text)
    purpose: Named[str] = Column(Text)
    text: Named[Any] = Column(Json)
    flag: Named[int]
    role: Named[str] = Column(Text)
    account: Named[str] = Column(Text)
    at: Named[datetime] = Column(UtcTime)
    line: Named[str | None] = Column(Text)
    tracking_no: Named[str | None] = Column(Text)


MEMOS = Table(
    "memos",
    METADATA,
    MemoColumns,
    Index("ix_memos_case", "case_id", "at", "memo_id"),
    Index(
        "ix_memos_lines",
        "merchant",
        "at",
        "memo_id",
        sqlite_where=sql("line IS NOT NULL"),
        postgresql_where=sql("line IS NOT NULL"),
    ),
)


class MessageColumns(TypedColumns):
    """What was sent to a buyer."""

    message_id: Named[str] = Column(Text, primary_key=True)
    case_id: Named[str] = Column(Text)
    merchant: Named[str] = Column(Text)
    order_id: Named[str] = Column(Text)
    recipient: Named[str] = Column(Text)
    channel: Named[str] = Column(Text)
    template: Named[str] = Column(Text)
    text: Named[str] = Column(Text)
    at: Named[datetime] = Column(UtcTime)


MESSAGES = Table("messages", METADATA, MessageColumns, Index("ix_messages_order", "merchant", "order_id", "at"))
