"""The feed of changes, beginning with every case as it stands; and sources that sign."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010_feed_and_sources"
down_revision = "0009_edges"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the tables; the cases that are there are the first changes."""
    op.create_table(
        "changes",
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("what", JSON, nullable=False),
        sa.PrimaryKeyConstraint("merchant", "seq", name="pk_changes"),
    )
    op.create_table(
        "change_counters",
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("merchant", name="pk_change_counters"),
    )
    op.execute(
        "INSERT INTO changes (merchant, seq, at, case_id, order_id, platform, kind, version, stage, what) "
        "SELECT merchant, row_number() OVER (PARTITION BY merchant ORDER BY updated_at, case_id), "
        "updated_at, case_id, order_id, platform, kind, revision, stage, '[]' FROM cases"
    )
    op.execute("INSERT INTO change_counters SELECT merchant, count(*) FROM cases GROUP BY merchant")
    op.create_table(
        "sources",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", JSON, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("former_secret", sa.Text(), nullable=True),
        sa.Column("former_until", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("rotated_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("source_id", name="pk_sources"),
        sa.UniqueConstraint("merchant", "name", name="uq_sources_merchant_name"),
    )


def downgrade() -> None:
    """Drops them."""
    op.drop_table("sources")
    op.drop_table("change_counters")
    op.drop_table("changes")
