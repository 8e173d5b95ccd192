"""The inbox of a group, of a type and of one person comes sorted out of an index, however many tasks are open."""

from alembic import op

revision = "0006_inbox_indexes"
down_revision = "0005_memo_lines"
branch_labels = None
depends_on = None

BY = {"group": "work_group", "type": "type", "assignee": "assignee"}


def upgrade() -> None:
    """Makes the indexes."""
    for name, column in BY.items():
        op.create_index(f"ix_work_items_{name}", "work_items", ["merchant", "state", column, "due_at", "item_id"])


def downgrade() -> None:
    """Drops them again."""
    for name in BY:
        op.drop_index(f"ix_work_items_{name}", table_name="work_items")
