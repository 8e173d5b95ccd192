"""Everything of a shop, row by row, as its tables have it; only what lets somebody in stays out."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from store.tables import CASES, METADATA, SESSIONS, TOKENS

Emit = Callable[[str, dict[str, Any]], object]

OF_NO_SHOP = {"campaigns", "policy_editions", "change_counters", "sign_ins"}
"""Tables of the marketplace's terms, a number that follows from the changes, and tries to sign in as anybody."""
LETS_IN = (TOKENS, SESSIONS)
"""Tables that are of no use but to let somebody in."""
SECRETS = {"secret", "former_secret", "session", "password_hash"}
"""Columns that let somebody in, as all of those tables do."""
AT_A_TIME = 500


def export_rows(tx: Connection, merchant: str, emit: Emit) -> int:
    """Hands out every row of the shop with its table's name; answers how many there were."""
    count = 0
    for table in METADATA.sorted_tables:
        if table.name in OF_NO_SHOP or table in LETS_IN:
            continue
        shown = [column for column in table.columns if column.name not in SECRETS]
        query = select(*shown).where(_of_shop(table, merchant)).order_by(*table.primary_key.columns)
        for row in tx.execute(query, execution_options={"yield_per": AT_A_TIME}):
            emit(table.name, dict(row._mapping))
            count += 1
    return count


def _of_shop(table: Table, merchant: str) -> ColumnElement[bool]:
    if "merchant" in table.columns:
        return table.c.merchant == merchant
    if "case_id" in table.columns:
        return table.c.case_id.in_(select(CASES.c.case_id).where(CASES.c.merchant == merchant))
    (key,) = table.foreign_keys
    return key.parent.in_(select(key.column).where(_of_shop(key.column.table, merchant)))
