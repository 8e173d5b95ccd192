"""Texts that people wrote or are to read. Personal data stands here and with the buyers, nowhere else."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Table
from store.types import Json


class MemoRow(Table):
    """A free text that stays in the store: memos, reasons, addresses on their way. Histories hold its id.

    `line` is a memo in the shops' convention; other texts have none. `tracking_no`: the parcel that it is on.
    """

    __tablename__ = "memos"

    memo_id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    merchant: Mapped[str]
    purpose: Mapped[str]
    text: Mapped[Any] = mapped_column(Json)
    flag: Mapped[int]
    role: Mapped[str]
    account: Mapped[str]
    at: Mapped[datetime]
    line: Mapped[str | None]
    tracking_no: Mapped[str | None]

    __table_args__ = (
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


class MessageRow(Table):
    """What was sent to a buyer."""

    __tablename__ = "messages"

    message_id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    merchant: Mapped[str]
    order_id: Mapped[str]
    recipient: Mapped[str]
    channel: Mapped[str]
    template: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_messages_order", "merchant", "order_id", "at"),)
