"""The minimal service's one table: a row for each message that it was sent."""

from sqlalchemy import JSON, Column, DateTime, Index, MetaData, String, Table

METADATA = MetaData()
MESSAGES = Table(
    "service_messages",
    METADATA,
    Column("source", String, primary_key=True),
    Column("message_id", String, primary_key=True),
    Column("order_id", String, nullable=False),
    Column("type", String, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("body", JSON, nullable=False),
    Index("ix_service_messages_order", "order_id", "received_at"),
)
