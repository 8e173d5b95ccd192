"""What is to be asked of platforms, and the parcels that tracking services were asked to watch."""

import sqlalchemy as sa
from alembic import op

revision = "0016_pulling"
down_revision = "0015_new_orders"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the tables, and what a platform gave an application for a shop."""
    with op.batch_alter_table("sources") as sources:
        sources.add_column(sa.Column("session", sa.Text(), nullable=True))
    op.create_table(
        "enquiries",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("wanted_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.source_id"], ondelete="CASCADE", name="fk_enquiries_source_id_sources"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_enquiries"),
        sa.UniqueConstraint("source_id", "call", "about", name="uq_enquiries_source_id_call_about"),
    )
    op.create_table(
        "watched_parcels",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("tracking_no", sa.Text(), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.source_id"], ondelete="CASCADE", name="fk_watched_parcels_source_id_sources"
        ),
        sa.PrimaryKeyConstraint("source_id", "carrier", "tracking_no", name="pk_watched_parcels"),
    )


def downgrade() -> None:
    """Takes them away; what changed is found by the next look at the platform's lists."""
    op.drop_table("watched_parcels")
    op.drop_table("enquiries")
    with op.batch_alter_table("sources") as sources:
        sources.drop_column("session")
