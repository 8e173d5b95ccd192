"""What an action reads is its input, in the table of actions and in the snapshots of cases."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007_inputs"
down_revision = "0006_inbox_indexes"
branch_labels = None
depends_on = None

Words = dict[str, str]

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
OF_STATE = {"told": "line_count", "errands_given": "errand_count"}
OF_STEP = {"given": "input"}
OF_APPROVAL = {"given": "granted_by"}
AT_ONCE = 500

cases = sa.table("cases", sa.column("case_id", sa.Text()), sa.column("state", JSON))
actions = sa.table("actions", sa.column("action_id", sa.Text()), sa.column("name", sa.Text()), sa.column("input", JSON))


def upgrade() -> None:
    """Renames the column and the keys."""
    op.execute("ALTER TABLE actions RENAME COLUMN given TO input")
    _rewrite(lambda words: words)


def downgrade() -> None:
    """Names them as they were."""
    _rewrite(lambda words: {new: old for old, new in words.items()})
    op.execute("ALTER TABLE actions RENAME COLUMN input TO given")


def _rewrite(way: Callable[[Words], Words]) -> None:
    """Proposed steps hold the input of another one; snapshots hold them in their tasks, and two counts."""
    proposals = actions.c.name == "propose_step"
    _each(actions, "action_id", "input", lambda step: _renamed(step, way(OF_STEP)), proposals)
    _each(cases, "case_id", "state", lambda state: _renamed_state(state, way))


def _each(
    table: sa.TableClause,
    id_column: str,
    column: str,
    change: Callable[[dict[str, Any]], dict[str, Any]],
    which: sa.ColumnElement[bool] | None = None,
) -> None:
    db, key, last = op.get_bind(), table.c[id_column], ""
    while rows := db.execute(
        sa.select(key, table.c[column])
        .where(key > last, sa.true() if which is None else which)
        .order_by(key)
        .limit(AT_ONCE)
    ).all():
        for id_, value in rows:
            db.execute(sa.update(table).where(key == id_).values({column: change(value)}))
        last = rows[-1][0]


def _renamed_state(state: dict[str, Any], way: Callable[[Words], Words]) -> dict[str, Any]:
    state = _renamed(state, way(OF_STATE))
    if approval := state.get("approval"):
        state["approval"] = _renamed(approval, way(OF_APPROVAL))
    for item in state.get("work_items", []):
        if proposal := item.get("proposal"):
            item["proposal"] = _renamed(proposal, way(OF_STEP))
    return state


def _renamed(value: dict[str, Any], words: Words) -> dict[str, Any]:
    return {words.get(name, name): one for name, one in value.items()}
