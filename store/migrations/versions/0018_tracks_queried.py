"""When a parcel's track was last asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0018_tracks_queried"
down_revision = "0017_files"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column: nothing was asked for so far."""
    op.add_column("watched_parcels", sa.Column("queried_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Takes it away again."""
    op.drop_column("watched_parcels", "queried_at")
