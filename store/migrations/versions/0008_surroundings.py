"""What is around a child is its surroundings, and a line that is done with says so, in the snapshots of cases."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008_surroundings"
down_revision = "0007_inputs"
branch_labels = None
depends_on = None

Json = dict[str, Any]

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
OF_CHILD = {"around": "surroundings", "settles": "closes_lines"}
OF_ORDER = {
    "around": "request_surroundings",
    "hold_around": "hold_surroundings",
    "complaint_around": "complaint_surroundings",
}
OF_STANDING = {"settled": "done_lines"}
AT_ONCE = 500

cases = sa.table(
    "cases",
    sa.column("case_id", sa.Text()),
    sa.column("kind", sa.Text()),
    sa.column("opening", JSON),
    sa.column("state", JSON),
)


def upgrade() -> None:
    """Renames the keys."""
    _rewrite(OF_CHILD, OF_ORDER, OF_STANDING)


def downgrade() -> None:
    """Names them as they were."""
    _rewrite(*({new: old for old, new in words.items()} for words in (OF_CHILD, OF_ORDER, OF_STANDING)))


def _rewrite(of_child: dict[str, str], of_order: dict[str, str], of_standing: dict[str, str]) -> None:
    db, last = op.get_bind(), ""
    while rows := db.execute(
        sa.select(cases).where(cases.c.case_id > last).order_by(cases.c.case_id).limit(AT_ONCE)
    ).all():
        for case_id, kind, opening, state in rows:
            is_order = kind == "order"
            state = _renamed(state, of_order if is_order else of_child)
            if is_order:
                state["requests"] = [_renamed(one, of_standing) for one in state.get("requests", [])]
            elif standing := state.get("told_order"):
                state["told_order"] = _renamed(standing, of_standing)
            opening = opening if is_order else _renamed(opening, of_child)
            db.execute(sa.update(cases).where(cases.c.case_id == case_id).values(opening=opening, state=state))
        last = rows[-1].case_id


def _renamed(value: Json, words: dict[str, str]) -> Json:
    return {words.get(name, name): one for name, one in value.items()}
