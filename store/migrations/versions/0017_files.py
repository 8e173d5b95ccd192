"""Photos and documents as evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0017_files"
down_revision = "0016_pulling"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table of what was uploaded."""
    op.create_table(
        "files",
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("file_id", name="pk_files"),
    )
    op.create_index("ix_files_case", "files", ["case_id", "at", "file_id"])


def downgrade() -> None:
    """Takes it away again; the files themselves stay where they are."""
    op.drop_table("files")
