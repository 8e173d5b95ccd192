"""New orders have a table of their own, and an opening is version 1 of its case."""

import sqlalchemy as sa
from alembic import op

revision = "0015_new_orders"
down_revision = "0014_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What no workflow had written is new, as far as it is an order."""
    op.create_table(
        "new_orders",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], ondelete="CASCADE", name="fk_new_orders_case_id_cases"),
        sa.PrimaryKeyConstraint("case_id", name="pk_new_orders"),
    )
    op.create_index("ix_new_orders_due", "new_orders", ["due_at"])
    op.execute(
        "INSERT INTO new_orders SELECT case_id, merchant, opened_at FROM cases WHERE version = 0 AND kind = 'order'"
    )
    op.execute("UPDATE cases SET version = 1 WHERE version = 0 AND kind <> 'platform_message'")


def downgrade() -> None:
    """Orders that nobody has taken up are at version 0 again."""
    op.execute("UPDATE cases SET version = 0 WHERE case_id IN (SELECT case_id FROM new_orders)")
    op.drop_table("new_orders")
