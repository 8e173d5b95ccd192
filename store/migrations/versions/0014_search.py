"""Buyers are found by phone, by its last four digits, and by name."""

import sqlalchemy as sa
from alembic import op

revision = "0014_search"
down_revision = "0013_platform_messages"
branch_labels = None
depends_on = None

BY = ("phone", "phone_end", "name")


def upgrade() -> None:
    """Adds the last digits, and what finds buyers by them."""
    op.add_column("buyers", sa.Column("phone_end", sa.Text(), nullable=True))
    op.execute("UPDATE buyers SET phone_end = substr(phone, length(phone) - 3) WHERE length(phone) >= 4")
    for column in BY:
        op.create_index(f"ix_buyers_{column}", "buyers", [column, "case_id"])


def downgrade() -> None:
    """Takes them away again."""
    for column in BY:
        op.drop_index(f"ix_buyers_{column}", table_name="buyers")
    op.drop_column("buyers", "phone_end")
