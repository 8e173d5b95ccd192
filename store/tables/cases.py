"""The cases and what belongs to one: its buyer, story, clocks, ledger and tasks; and orders that are new."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Named, Table, Text, TypedColumns, UniqueConstraint, text

from store.tables.base import METADATA
from store.types import Fen, Json, UtcTime


class CaseColumns(TypedColumns):
    """One case: columns to look it up by, and its whole state. Version 0: of no order, and not started yet.

    `revision` counts what a client can see of it: it grows, and `updated_at` with it, whenever a snapshot would show
    something else, be that a new version or a scan that did not wake the workflow. Writes are guarded by `version`.
    """

    case_id: Named[str] = Column(Text, primary_key=True)
    kind: Named[str] = Column(Text)
    merchant: Named[str] = Column(Text)
    platform: Named[str] = Column(Text)
    order_id: Named[str] = Column(Text)
    order_case_id: Named[str] = Column(Text)
    policy: Named[str] = Column(Text)
    campaign: Named[str | None] = Column(Text)
    stage: Named[str] = Column(Text)
    outcome: Named[str | None] = Column(Text)
    open: Named[bool]
    version: Named[int]
    revision: Named[int] = Column(default=1, server_default="1")
    opened_at: Named[datetime] = Column(UtcTime)
    updated_at: Named[datetime] = Column(UtcTime)
    next_due_at: Named[datetime | None] = Column(UtcTime)
    content_hash: Named[str] = Column(Text)
    opening: Named[dict[str, Any]] = Column(Json)
    state: Named[dict[str, Any]] = Column(Json)


CASES = Table(
    "cases",
    METADATA,
    CaseColumns,
    Index("ix_cases_merchant_updated", "merchant", "updated_at", "case_id"),
    Index("ix_cases_merchant_due", "merchant", "next_due_at", "case_id"),
    Index("ix_cases_merchant_order", "merchant", "order_id"),
    Index("ix_cases_merchant_stage", "merchant", "kind", "stage", "updated_at", "case_id"),
    Index("ix_cases_order_case", "order_case_id"),
    Index("ix_cases_campaign", "campaign"),
    Index("ix_cases_unstarted", "version", "opened_at"),
    Index("ix_cases_open", "open", "case_id"),
    Index(
        "ix_cases_intercepts",
        "merchant",
        "opened_at",
        "case_id",
        sqlite_where=text("kind = 'parcel_intercept'"),
        postgresql_where=text("kind = 'parcel_intercept'"),
    ),
)


class NewOrderColumns(TypedColumns):
    """An order whose workflow has written nothing yet; its row goes with the first version after the opening's.

    `due_at`: when a worker has something to do for it; none if nothing ever has to happen.
    """

    case_id: Named[str] = Column(Text, ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True)
    merchant: Named[str] = Column(Text)
    due_at: Named[datetime | None] = Column(UtcTime)


NEW_ORDERS = Table("new_orders", METADATA, NewOrderColumns, Index("ix_new_orders_due", "due_at"))


class BuyerColumns(TypedColumns):
    """The buyer of an order: personal data, in one row; `phone_end` are the last digits, by which people look."""

    case_id: Named[str] = Column(Text, ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True)
    buyer_id: Named[str] = Column(Text)
    name: Named[str | None] = Column(Text)
    phone: Named[str | None] = Column(Text)
    phone_end: Named[str | None] = Column(Text)
    address: Named[Any] = Column(Json, nullable=True)
    region: Named[str | None] = Column(Text)
    credit: Named[int | None]
    trades: Named[int | None]


BUYERS = Table(
    "buyers",
    METADATA,
    BuyerColumns,
    Index("ix_buyers_buyer", "buyer_id", "case_id"),
    Index("ix_buyers_phone", "phone", "case_id"),
    Index("ix_buyers_phone_end", "phone_end", "case_id"),
    Index("ix_buyers_name", "name", "case_id"),
)


class TimelineColumns(TypedColumns):
    """One line of a case's story."""

    case_id: Named[str] = Column(Text, ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True)
    seq: Named[int] = Column(primary_key=True)
    version: Named[int]
    at: Named[datetime] = Column(UtcTime)
    recorded_at: Named[datetime] = Column(UtcTime)
    type: Named[str] = Column(Text)
    role: Named[str] = Column(Text)
    account: Named[str] = Column(Text)
    summary: Named[str] = Column(Text)
    data: Named[dict[str, Any]] = Column(Json)


TIMELINE = Table("timeline", METADATA, TimelineColumns)


class DeadlineColumns(TypedColumns):
    """One clock of a case, as it stands."""

    case_id: Named[str] = Column(Text, ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True)
    kind: Named[str] = Column(Text, primary_key=True)
    subject: Named[str] = Column(Text, primary_key=True)
    number: Named[int] = Column(primary_key=True)
    version: Named[int]
    state: Named[str] = Column(Text)
    started_at: Named[datetime] = Column(UtcTime)
    due_at: Named[datetime] = Column(UtcTime)
    because: Named[dict[str, Any]] = Column(Json)
    changes: Named[list[Any]] = Column(Json)


DEADLINES = Table("deadlines", METADATA, DeadlineColumns, Index("ix_deadlines_state_due", "state", "due_at"))


class LedgerColumns(TypedColumns):
    """One entry; `reverses` is empty, not NULL, where it reverses nothing, so that the unique key holds."""

    entry_id: Named[str] = Column(Text, primary_key=True)
    case_id: Named[str] = Column(Text, ForeignKey("cases.case_id", ondelete="CASCADE"))
    order_case_id: Named[str] = Column(Text)
    number: Named[int]
    version: Named[int]
    at: Named[datetime] = Column(UtcTime)
    kind: Named[str] = Column(Text)
    amount: Named[Decimal] = Column(Fen)
    unit: Named[str] = Column(Text)
    debit: Named[str] = Column(Text)
    credit: Named[str] = Column(Text)
    rule: Named[str] = Column(Text)
    cause: Named[str] = Column(Text)
    reverses: Named[str] = Column(Text, default="")


LEDGER_ENTRIES = Table(
    "ledger_entries",
    METADATA,
    LedgerColumns,
    UniqueConstraint("case_id", "kind", "rule", "cause", "reverses"),
    Index("ix_ledger_entries_order", "order_case_id", "at", "case_id", "number"),
)


class WorkItemColumns(TypedColumns):
    """One task; the case owns its state, people its assignee. `policy` is the edition whose catalogue words it."""

    item_id: Named[str] = Column(Text, primary_key=True)
    case_id: Named[str] = Column(Text, ForeignKey("cases.case_id", ondelete="CASCADE"))
    merchant: Named[str] = Column(Text)
    type: Named[str] = Column(Text)
    matter: Named[str] = Column(Text)
    work_group: Named[str] = Column(Text)
    state: Named[str] = Column(Text)
    assignee: Named[str | None] = Column(Text)
    created_at: Named[datetime] = Column(UtcTime)
    not_before: Named[datetime | None] = Column(UtcTime)
    due_at: Named[datetime] = Column(UtcTime)
    policy: Named[str] = Column(Text, default="", server_default="")
    variant: Named[str] = Column(Text, default="", server_default="")
    outcome: Named[str | None] = Column(Text)
    data: Named[dict[str, Any]] = Column(Json, default=dict, server_default="{}")
    done_at: Named[datetime | None] = Column(UtcTime)
    done_by: Named[str | None] = Column(Text)
    version: Named[int]


WORK_ITEMS = Table(
    "work_items",
    METADATA,
    WorkItemColumns,
    # Not among the typed columns: a collection has a method of that name.
    Column("values", Json, default=dict, server_default="{}", nullable=False),
    Index("ix_work_items_inbox", "merchant", "state", "due_at", "item_id"),
    Index("ix_work_items_group", "merchant", "state", "work_group", "due_at", "item_id"),
    Index("ix_work_items_type", "merchant", "state", "type", "due_at", "item_id", "work_group"),
    Index("ix_work_items_assignee", "merchant", "state", "assignee", "due_at", "item_id"),
    Index("ix_work_items_case", "case_id"),
    Index("ix_work_items_done", "merchant", "type", "done_at"),
)
