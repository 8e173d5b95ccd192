"""Parcels: how many units of each line they carry, in place of the lines alone; cases tell it again when they write."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007_parcel_units"
down_revision = "0006_inbox_indexes"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Changes the column."""
    op.add_column("parcels", sa.Column("units", JSON, nullable=True))
    op.drop_column("parcels", "line_ids")


def downgrade() -> None:
    """Changes it back; what it held is lost."""
    op.add_column("parcels", sa.Column("line_ids", JSON, nullable=True))
    op.drop_column("parcels", "units")
