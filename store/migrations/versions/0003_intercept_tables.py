"""Interceptions: an index to list them by, and the invoices over their fees."""

import sqlalchemy as sa
from alembic import op

revision = "0003_intercept_tables"
down_revision = "0002_shop_tables"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
OF_INTERCEPTS = sa.text("kind = 'parcel_intercept'")


def upgrade() -> None:
    """Adds the index and the tables."""
    op.create_index(
        "ix_cases_intercepts",
        "cases",
        ["merchant", "opened_at", "case_id"],
        sqlite_where=OF_INTERCEPTS,
        postgresql_where=OF_INTERCEPTS,
    )
    op.create_table(
        "intercept_invoices",
        sa.Column("invoice_id", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("from_at", TIME, nullable=False),
        sa.Column("to_at", TIME, nullable=False),
        sa.Column("carrier", sa.Text(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("invoice_id", name="pk_intercept_invoices"),
    )
    op.create_index("ix_intercept_invoices_merchant", "intercept_invoices", ["merchant", "requested_at", "invoice_id"])
    op.create_table(
        "invoiced_fees",
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("invoice_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["intercept_invoices.invoice_id"],
            name="fk_invoiced_fees_invoice_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", name="pk_invoiced_fees"),
    )


def downgrade() -> None:
    """Takes them away again with all that they hold."""
    op.drop_table("invoiced_fees")
    op.drop_table("intercept_invoices")
    op.drop_index("ix_cases_intercepts", table_name="cases")
