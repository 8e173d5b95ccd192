"""What came in for the cases: facts and actions, each written before anything else is done with it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import BIG_ID, Table


class InboxStatus(StrEnum):
    """How far a fact has come.

    `parked`: its case is not open yet or its parcel not announced, `waits_for` names which; `pending`: to be delivered;
    `recorded`: a scan that changes nothing, never delivered, kept so that a repetition is known.
    """

    PARKED = "parked"
    PENDING = "pending"
    DELIVERED = "delivered"
    RECORDED = "recorded"


class InboxRow(Table):
    """A fact for one case; `case_id` is empty while only a parcel is known that nobody announced.

    `leased_until`: a relay has it in hand; when the lease lapses another may take it.
    """

    __tablename__ = "events_inbox"

    seq: Mapped[int] = mapped_column(BIG_ID, primary_key=True, autoincrement=True)
    merchant: Mapped[str]
    source: Mapped[str]
    event_id: Mapped[str]
    type: Mapped[str]
    waits_for: Mapped[str]
    case_id: Mapped[str]
    status: Mapped[str]
    received_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    fact: Mapped[dict[str, Any]]

    __table_args__ = (
        UniqueConstraint("merchant", "source", "event_id", "waits_for"),
        Index("ix_events_inbox_waiting", "status", "case_id", "seq"),
        Index("ix_events_inbox_parked", "status", "waits_for"),
    )


class ActionRow(Table):
    """A step that somebody asked for, written before it is sent; its result after.

    `key` belongs to `account` and to this very step of the case; under a refused one's nothing is kept.
    `shop`: what the shop's settings were when the step was asked for.
    """

    __tablename__ = "actions"

    action_id: Mapped[str] = mapped_column(primary_key=True)
    merchant: Mapped[str]
    case_id: Mapped[str]
    name: Mapped[str]
    account: Mapped[str] = mapped_column(default="", server_default="")
    key: Mapped[str]
    body_hash: Mapped[str]
    actor: Mapped[dict[str, Any]]
    input: Mapped[dict[str, Any]]
    shop: Mapped[dict[str, Any] | None]
    status: Mapped[str]
    result: Mapped[dict[str, Any] | None]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("case_id", "name", "account", "key"),
        Index("ix_actions_pending", "status", "asked_at"),
    )
