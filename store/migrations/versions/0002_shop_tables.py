"""The shop: its settings and stock, how much its accounts may agree to, and the settings a step was asked under."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002_shop_tables"
down_revision = "0001_first_tables"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds the tables of the shop, and a column each to accounts and actions."""
    op.add_column("accounts", sa.Column("authority", sa.BigInteger(), nullable=True))
    op.add_column("actions", sa.Column("shop", JSON, nullable=True))
    op.create_table(
        "merchant_settings",
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("merchant", "section", name="pk_merchant_settings"),
    )
    op.create_table(
        "reservations",
        sa.Column("reservation_id", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("reservation_id", name="pk_reservations"),
    )
    op.create_table(
        "stock",
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("available", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.CheckConstraint("reserved >= 0 AND reserved <= available", name="ck_stock_reserved"),
        sa.PrimaryKeyConstraint("merchant", "sku", name="pk_stock"),
    )


def downgrade() -> None:
    """Takes them away again with all that they hold."""
    op.drop_table("stock")
    op.drop_table("reservations")
    op.drop_table("merchant_settings")
    op.drop_column("actions", "shop")
    op.drop_column("accounts", "authority")
