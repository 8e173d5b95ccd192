"""The index by type holds the group too: all that the badges of an inbox count stands in it."""

from alembic import op

revision = "0019_counted_tasks"
down_revision = "0018_tracks_queried"
branch_labels = None
depends_on = None

NAME, COLUMNS = "ix_work_items_type", ["merchant", "state", "type", "due_at", "item_id"]


def upgrade() -> None:
    """Makes the index anew."""
    op.drop_index(NAME, table_name="work_items")
    op.create_index(NAME, "work_items", [*COLUMNS, "work_group"])


def downgrade() -> None:
    """As it was."""
    op.drop_index(NAME, table_name="work_items")
    op.create_index(NAME, "work_items", COLUMNS)
