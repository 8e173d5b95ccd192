"""Tasks: what people say came of them, from when they can be done, and the edition that words them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004_work_columns"
down_revision = "0003_intercept_tables"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def _columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("policy", sa.Text(), nullable=False, server_default=""),
        sa.Column("variant", sa.Text(), nullable=False, server_default=""),
        sa.Column("values", JSON, nullable=False, server_default="{}"),
        sa.Column("not_before", TIME, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("data", JSON, nullable=False, server_default="{}"),
        sa.Column("done_at", TIME, nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
    )


def upgrade() -> None:
    """Adds the columns; tasks that are there get their case's edition."""
    for column in _columns():
        op.add_column("work_items", column)
    op.execute(
        "UPDATE work_items SET policy = (SELECT cases.policy FROM cases WHERE cases.case_id = work_items.case_id)"
    )
    op.create_index("ix_work_items_done", "work_items", ["merchant", "type", "done_at"])


def downgrade() -> None:
    """Takes them away again with all that they hold."""
    op.drop_index("ix_work_items_done", table_name="work_items")
    for column in reversed(_columns()):
        op.drop_column("work_items", column.name)
