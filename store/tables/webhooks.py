"""Webhooks and what was delivered to them. Their secrets come in and are signed with; nothing shows them again."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Named, Table, Text, TypedColumns

from store.tables.base import METADATA
from store.types import Json, UtcTime


class WebhookColumns(TypedColumns):
    """A webhook, and where it has got to.

    It has everything up to `cursor`, and the first `part` lines of the change after it. `idle` says that its workflow
    found nothing more and waits to be woken; `away_since`, since when its receiver does not take what comes next.
    """

    webhook_id: Named[str] = Column(Text, primary_key=True)
    merchant: Named[str] = Column(Text)
    url: Named[str] = Column(Text)
    types: Named[list[Any]] = Column(Json)
    description: Named[str] = Column(Text)
    secret: Named[str] = Column(Text)
    former_secret: Named[str | None] = Column(Text)
    former_until: Named[datetime | None] = Column(UtcTime)
    created_at: Named[datetime] = Column(UtcTime)
    rotated_at: Named[datetime | None] = Column(UtcTime)
    standing: Named[str] = Column(Text)
    standing_since: Named[datetime] = Column(UtcTime)
    cursor: Named[int] = Column(BigInteger)
    part: Named[int] = Column(Integer)
    idle: Named[bool] = Column(Boolean)
    away_since: Named[datetime | None] = Column(UtcTime)
    woken_at: Named[datetime | None] = Column(UtcTime)


WEBHOOKS = Table(
    "webhooks",
    METADATA,
    WebhookColumns,
    Index("ix_webhooks_merchant", "merchant", "webhook_id"),
    Index("ix_webhooks_standing", "standing", "away_since"),
)


class DeliveryColumns(TypedColumns):
    """One event and one receiver: how often it was tried, and what came of it last."""

    webhook_id: Named[str] = Column(Text, ForeignKey("webhooks.webhook_id", ondelete="CASCADE"), primary_key=True)
    seq: Named[int] = Column(BigInteger, primary_key=True)
    event_id: Named[str] = Column(Text, primary_key=True)
    merchant: Named[str] = Column(Text)
    type: Named[str] = Column(Text)
    case_id: Named[str] = Column(Text)
    status: Named[str] = Column(Text)
    attempts: Named[int] = Column(Integer)
    first_at: Named[datetime] = Column(UtcTime)
    last_at: Named[datetime] = Column(UtcTime)
    http_status: Named[int | None] = Column(Integer)
    error: Named[str | None] = Column(Text)
    took_ms: Named[int] = Column(Integer)


WEBHOOK_DELIVERIES = Table(
    "webhook_deliveries",
    METADATA,
    DeliveryColumns,
    Index("ix_webhook_deliveries_last_at", "webhook_id", "last_at"),
)
