"""Sources that send a platform's own messages, and those messages as they came."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013_platform_messages"
down_revision = "0012_webhooks"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the columns and the table."""
    with op.batch_alter_table("sources") as sources:
        sources.add_column(sa.Column("connector", sa.Text(), nullable=True))
        sources.add_column(sa.Column("connection", JSON, nullable=True))
    op.create_table(
        "platform_messages",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("told", JSON, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("try_at", TIME, nullable=False),
        sa.Column("taken_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_platform_messages"),
        sa.UniqueConstraint(
            "source_id", "message_id", "digest", name="uq_platform_messages_source_id_message_id_digest"
        ),
    )
    op.create_index("ix_platform_messages_due", "platform_messages", ["status", "try_at"])
    op.create_index("ix_platform_messages_subject", "platform_messages", ["source_id", "subject", "seq"])
    op.create_index("ix_platform_messages_case", "platform_messages", ["case_id"])
    op.create_index("ix_platform_messages_list", "platform_messages", ["merchant", "seq"])


def downgrade() -> None:
    """Takes them away: sources of platforms send nothing any more."""
    op.drop_table("platform_messages")
    op.execute("DELETE FROM sources WHERE connector IS NOT NULL")
    with op.batch_alter_table("sources") as sources:
        sources.drop_column("connection")
        sources.drop_column("connector")
