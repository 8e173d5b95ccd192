"""Memos in the shops' convention "@date name text", and the parcel that one is on; parcels are found by number alone.

Memos that are there get their line. It is put together here once more, so that this migration stays what it is.
"""

import re
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from store.types import UtcTime

revision = "0005_memo_lines"
down_revision = "0004_work_columns"
branch_labels = None
depends_on = None

BATCH = 1000
CHINA = ZoneInfo("Asia/Shanghai")
MEMOS = sa.table(
    "memos",
    sa.column("memo_id", sa.Text()),
    sa.column("purpose", sa.Text()),
    sa.column("text", sa.JSON().with_variant(JSONB(), "postgresql")),
    sa.column("account", sa.Text()),
    sa.column("at", UtcTime()),
    sa.column("line", sa.Text()),
)
WRITTEN = sa.text("line IS NOT NULL")


def upgrade() -> None:
    """Adds the columns, fills in the lines, and makes the indexes."""
    op.add_column("memos", sa.Column("line", sa.Text(), nullable=True))
    op.add_column("memos", sa.Column("tracking_no", sa.Text(), nullable=True))
    _fill_in()
    op.create_index(
        "ix_memos_lines", "memos", ["merchant", "at", "memo_id"], sqlite_where=WRITTEN, postgresql_where=WRITTEN
    )
    op.drop_index("ix_parcels_number", table_name="parcels")
    op.create_index("ix_parcels_number", "parcels", ["merchant", "tracking_no", "carrier"])


def downgrade() -> None:
    """Takes them away again with all that they hold."""
    op.drop_index("ix_parcels_number", table_name="parcels")
    op.create_index("ix_parcels_number", "parcels", ["merchant", "carrier", "tracking_no"])
    op.drop_index("ix_memos_lines", table_name="memos")
    op.drop_column("memos", "tracking_no")
    op.drop_column("memos", "line")


def _fill_in() -> None:
    connection, last = op.get_bind(), ""
    written = sa.select(MEMOS).where(MEMOS.c.purpose.in_(("memo", "note", "ship_hold"))).order_by(MEMOS.c.memo_id)
    change = sa.update(MEMOS).where(MEMOS.c.memo_id == sa.bindparam("id")).values(line=sa.bindparam("of_memo"))
    while rows := connection.execute(written.where(MEMOS.c.memo_id > last).limit(BATCH)).all():
        connection.execute(change, [{"id": row.memo_id, "of_memo": _line(row)} for row in rows])
        last = rows[-1].memo_id


def _line(row: sa.Row[*tuple[Any, ...]]) -> str:
    said, day = " ".join(str(row.text).split()), row.at.astimezone(CHINA)
    if not re.match(r"@\d{1,2}\.\d{1,2}(?!\d)", said):
        said = f"@{day.month}.{day.day} {row.account} {said}"
    return said.encode()[:1000].decode(errors="ignore")
