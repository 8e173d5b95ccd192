"""Which cases belong together: an order, and all that came of it."""

from typing import Any

from sqlalchemy import Connection, Select, select

from store.tables import CASES


def family_of(case_id: str) -> Select[*tuple[Any, ...]]:
    """The ids of an order and its children, of which the case is one; none where there is no such case."""
    one = CASES.alias()
    order = select(one.c.order_case_id).where(one.c.case_id == case_id).scalar_subquery()
    return select(CASES.c.case_id).where(CASES.c.order_case_id == order)


def goods(tx: Connection, order_case_id: str) -> dict[str, str]:
    """What people call the lines of an order, by their ids; none where a case belongs to no order."""
    opening = tx.execute(select(CASES.c.opening).where(CASES.c.case_id == order_case_id)).scalar_one_or_none() or {}
    return {line["line_id"]: line["title"] for line in opening.get("lines", ()) if "title" in line}
