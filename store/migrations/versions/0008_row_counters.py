"""A counter of each case's row, and since when no scan of a parcel has reached a case that waits for one."""

import sqlalchemy as sa
from alembic import op

revision = "0008_row_counters"
down_revision = "0007_parcel_units"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rows go on counting from their version; what is watched is so since the parcel was last heard of."""
    op.add_column("cases", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.execute("UPDATE cases SET revision = version + 1")
    op.add_column("parcels", sa.Column("watched_since", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE parcels SET watched_since = COALESCE(status_at, announced_at) WHERE watched")
    op.drop_column("parcels", "watched")


def downgrade() -> None:
    """Takes both away again."""
    op.add_column("parcels", sa.Column("watched", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE parcels SET watched = true WHERE watched_since IS NOT NULL")
    op.drop_column("parcels", "watched_since")
    op.drop_column("cases", "revision")
