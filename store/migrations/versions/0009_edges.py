"""Whose an idempotency key is, how long and for whom a token is good, and an edition's values in place of their hash.

Which editions are in use shows anew with the next order opened under each.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009_edges"
down_revision = "0008_row_counters"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)
OWN_KEY = ["case_id", "name", "account", "key"]


def upgrade() -> None:
    """Adds the columns; the keys that are there become their accounts'."""
    op.add_column("actions", sa.Column("account", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE actions SET account = actor ->> 'account'")
    with op.batch_alter_table("actions") as actions:
        actions.drop_constraint("uq_actions_merchant_key", type_="unique")
        actions.create_unique_constraint("uq_actions_case_id_name_account_key", OWN_KEY)
    op.add_column("tokens", sa.Column("expires_at", TIME, nullable=True))
    op.add_column("tokens", sa.Column("buyer_id", sa.Text(), nullable=True))
    op.create_index("ix_buyers_buyer", "buyers", ["buyer_id", "case_id"])
    op.execute("DELETE FROM policy_editions")
    op.drop_column("policy_editions", "fingerprint")
    op.add_column("policy_editions", sa.Column("values", JSON, nullable=False, server_default="{}"))


def downgrade() -> None:
    """Takes them away again; keys must then be one shop's as before."""
    op.execute("DELETE FROM policy_editions")
    op.drop_column("policy_editions", "values")
    op.add_column("policy_editions", sa.Column("fingerprint", sa.Text(), nullable=False, server_default=""))
    op.drop_index("ix_buyers_buyer", table_name="buyers")
    op.drop_column("tokens", "buyer_id")
    op.drop_column("tokens", "expires_at")
    with op.batch_alter_table("actions") as actions:
        actions.drop_constraint("uq_actions_case_id_name_account_key", type_="unique")
        actions.create_unique_constraint("uq_actions_merchant_key", ["merchant", "key"])
    op.drop_column("actions", "account")
