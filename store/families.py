"""Which cases belong together: an order, and all that came of it."""

from typing import Any

from sqlalchemy import Select, select

from store.tables import CASES


def family_of(case_id: str) -> Select[*tuple[Any, ...]]:
    """The ids of an order and its children, of which the case is one; none where there is no such case."""
    one = CASES.alias()
    order = select(one.c.order_case_id).where(one.c.case_id == case_id).scalar_subquery()
    return select(CASES.c.case_id).where(CASES.c.order_case_id == order)
