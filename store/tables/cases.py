"""The cases and what belongs to one: its buyer, story, clocks, ledger and tasks."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Table
from store.types import Json


class CaseRow(Table):
    """One case: columns to look it up by, and its whole state. Version 0: accepted, its workflow not started yet.

    `revision` counts what a client can see of it: it grows, and `updated_at` with it, whenever a snapshot would show
    something else, be that a new version or a scan that did not wake the workflow. Writes are guarded by `version`.
    """

    __tablename__ = "cases"

    case_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    merchant: Mapped[str]
    platform: Mapped[str]
    order_id: Mapped[str]
    order_case_id: Mapped[str]
    policy: Mapped[str]
    campaign: Mapped[str | None]
    stage: Mapped[str]
    outcome: Mapped[str | None]
    open: Mapped[bool]
    version: Mapped[int]
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    next_due_at: Mapped[datetime | None]
    content_hash: Mapped[str]
    opening: Mapped[dict[str, Any]]
    state: Mapped[dict[str, Any]]

    __table_args__ = (
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


class BuyerRow(Table):
    """The buyer of an order: personal data, in one row."""

    __tablename__ = "buyers"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True)
    buyer_id: Mapped[str]
    name: Mapped[str | None]
    phone: Mapped[str | None]
    address: Mapped[Any] = mapped_column(Json, nullable=True)
    region: Mapped[str | None]
    credit: Mapped[int | None]
    trades: Mapped[int | None]

    __table_args__ = (Index("ix_buyers_buyer", "buyer_id", "case_id"),)


class TimelineRow(Table):
    """One line of a case's story."""

    __tablename__ = "timeline"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    type: Mapped[str]
    role: Mapped[str]
    account: Mapped[str]
    summary: Mapped[str]
    data: Mapped[dict[str, Any]]


class DeadlineRow(Table):
    """One clock of a case, as it stands."""

    __tablename__ = "deadlines"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    state: Mapped[str]
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    because: Mapped[dict[str, Any]]
    changes: Mapped[list[Any]]

    __table_args__ = (Index("ix_deadlines_state_due", "state", "due_at"),)


class LedgerRow(Table):
    """One entry; `reverses` is empty, not NULL, where it reverses nothing, so that the unique key holds."""

    __tablename__ = "ledger_entries"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.case_id", ondelete="CASCADE"))
    order_case_id: Mapped[str]
    number: Mapped[int]
    version: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str]
    amount: Mapped[Decimal]
    unit: Mapped[str]
    debit: Mapped[str]
    credit: Mapped[str]
    rule: Mapped[str]
    cause: Mapped[str]
    reverses: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        UniqueConstraint("case_id", "kind", "rule", "cause", "reverses"),
        Index("ix_ledger_entries_order", "order_case_id", "at", "case_id", "number"),
    )


class WorkItemRow(Table):
    """One task; the case owns its state, people its assignee. `policy` is the edition whose catalogue words it."""

    __tablename__ = "work_items"

    item_id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.case_id", ondelete="CASCADE"))
    merchant: Mapped[str]
    type: Mapped[str]
    matter: Mapped[str]
    group: Mapped[str] = mapped_column("work_group")
    state: Mapped[str]
    assignee: Mapped[str | None]
    created_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    due_at: Mapped[datetime]
    policy: Mapped[str] = mapped_column(default="", server_default="")
    variant: Mapped[str] = mapped_column(default="", server_default="")
    values: Mapped[dict[str, str]] = mapped_column(Json, default=dict, server_default="{}")
    outcome: Mapped[str | None]
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default="{}")
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
    version: Mapped[int]

    __table_args__ = (
        Index("ix_work_items_inbox", "merchant", "state", "due_at", "item_id"),
        Index("ix_work_items_group", "merchant", "state", "work_group", "due_at", "item_id"),
        Index("ix_work_items_type", "merchant", "state", "type", "due_at", "item_id"),
        Index("ix_work_items_assignee", "merchant", "state", "assignee", "due_at", "item_id"),
        Index("ix_work_items_case", "case_id"),
        Index("ix_work_items_done", "merchant", "type", "done_at"),
    )
