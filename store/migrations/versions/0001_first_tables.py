"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001_first_tables"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes every table and index."""
    op.create_table(
        "accounts",
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("permissions", JSON, nullable=False),
        sa.PrimaryKeyConstraint("merchant", "account", name="pk_accounts"),
    )
    op.create_table(
        "actions",
        sa.Column("action_id", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("actor", JSON, nullable=False),
        sa.Column("input", JSON, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("result", JSON, nullable=True),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("answered_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("action_id", name="pk_actions"),
        sa.UniqueConstraint("merchant", "key", name="uq_actions_merchant_key"),
    )
    op.create_index("ix_actions_pending", "actions", ["status", "asked_at"])
    op.create_table(
        "campaigns",
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("terms", JSON, nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name="pk_campaigns"),
    )
    op.create_table(
        "cases",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("order_case_id", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("next_due_at", TIME, nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("opening", JSON, nullable=False),
        sa.Column("state", JSON, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_cases"),
    )
    op.create_index("ix_cases_campaign", "cases", ["campaign"])
    op.create_index("ix_cases_merchant_due", "cases", ["merchant", "next_due_at", "case_id"])
    op.create_index("ix_cases_merchant_order", "cases", ["merchant", "order_id"])
    op.create_index("ix_cases_merchant_stage", "cases", ["merchant", "kind", "stage", "updated_at", "case_id"])
    op.create_index("ix_cases_merchant_updated", "cases", ["merchant", "updated_at", "case_id"])
    op.create_index("ix_cases_open", "cases", ["open", "case_id"])
    op.create_index("ix_cases_order_case", "cases", ["order_case_id"])
    op.create_index("ix_cases_unstarted", "cases", ["version", "opened_at"])
    op.create_table(
        "events_inbox",
        sa.Column("seq", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("waits_for", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("leased_until", TIME, nullable=True),
        sa.Column("delivered_at", TIME, nullable=True),
        sa.Column("fact", JSON, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_events_inbox"),
        sa.UniqueConstraint(
            "merchant", "source", "event_id", "waits_for", name="uq_events_inbox_merchant_source_event_id_waits_for"
        ),
    )
    op.create_index("ix_events_inbox_parked", "events_inbox", ["status", "waits_for"])
    op.create_index("ix_events_inbox_waiting", "events_inbox", ["status", "case_id", "seq"])
    op.create_table(
        "memos",
        sa.Column("memo_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("text", JSON, nullable=False),
        sa.Column("flag", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("memo_id", name="pk_memos"),
    )
    op.create_index("ix_memos_case", "memos", ["case_id", "at", "memo_id"])
    op.create_table(
        "messages",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_messages"),
    )
    op.create_index("ix_messages_order", "messages", ["merchant", "order_id", "at"])
    op.create_table(
        "parcels",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("tracking_no", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("announced_at", TIME, nullable=False),
        sa.Column("watched", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("status_at", TIME, nullable=True),
        sa.Column("line_ids", JSON, nullable=True),
        sa.PrimaryKeyConstraint("case_id", "carrier", "tracking_no", name="pk_parcels"),
    )
    op.create_index("ix_parcels_number", "parcels", ["merchant", "carrier", "tracking_no"])
    op.create_table(
        "policy_editions",
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("first_used_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("policy", name="pk_policy_editions"),
    )
    op.create_table(
        "scans",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("tracking_no", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("event_key", sa.Text(), nullable=False),
        sa.Column("woke", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scans"),
    )
    op.create_index("ix_scans_parcel", "scans", ["case_id", "carrier", "tracking_no", "at"])
    op.create_table(
        "tokens",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("roles", JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_tokens"),
    )
    op.create_index("ix_tokens_account", "tokens", ["merchant", "account"])
    op.create_table(
        "buyers",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("buyer_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("address", JSON, nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("credit", sa.Integer(), nullable=True),
        sa.Column("trades", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_buyers_case_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", name="pk_buyers"),
    )
    op.create_table(
        "deadlines",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("because", JSON, nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_deadlines_case_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", "kind", "subject", "number", name="pk_deadlines"),
    )
    op.create_index("ix_deadlines_state_due", "deadlines", ["state", "due_at"])
    op.create_table(
        "ledger_entries",
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("order_case_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("debit", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("reverses", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_ledger_entries_case_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_ledger_entries"),
        sa.UniqueConstraint(
            "case_id", "kind", "rule", "cause", "reverses", name="uq_ledger_entries_case_id_kind_rule_cause_reverses"
        ),
    )
    op.create_index("ix_ledger_entries_order", "ledger_entries", ["order_case_id", "at", "case_id", "number"])
    op.create_table(
        "timeline",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_timeline_case_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_timeline"),
    )
    op.create_table(
        "work_items",
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("work_group", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_work_items_case_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", name="pk_work_items"),
    )
    op.create_index("ix_work_items_case", "work_items", ["case_id"])
    op.create_index("ix_work_items_inbox", "work_items", ["merchant", "state", "due_at", "item_id"])


def downgrade() -> None:
    """Drops every table with all that it holds."""
    op.drop_table("work_items")
    op.drop_table("timeline")
    op.drop_table("ledger_entries")
    op.drop_table("deadlines")
    op.drop_table("buyers")
    op.drop_table("tokens")
    op.drop_table("scans")
    op.drop_table("policy_editions")
    op.drop_table("parcels")
    op.drop_table("messages")
    op.drop_table("memos")
    op.drop_table("events_inbox")
    op.drop_table("cases")
    op.drop_table("campaigns")
    op.drop_table("actions")
    op.drop_table("accounts")
