"""The cases that facts and parcels name, as far as the intake must know them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from domain.policy import policy
from store.numbers import CaseOfParcel
from store.tables import CASES, TIMELINE

_ORDERS = CASES.alias("orders")
_OWNERS = (
    select(
        CASES.c.case_id,
        CASES.c.order_case_id,
        CASES.c.open,
        CASES.c.policy,
        CASES.c.updated_at,
        CASES.c.opened_at,
        _ORDERS.c.opening["placed_at"].as_string().label("placed_at"),
    )
    .outerjoin(_ORDERS, _ORDERS.c.case_id == CASES.c.order_case_id)
    .where(CASES.c.case_id.in_(bindparam("case_ids", expanding=True)), CASES.c.merchant == bindparam("merchant"))
)


def owners(tx: Connection, merchant: str, case_ids: Collection[str]) -> dict[str, CaseOfParcel]:
    """Those of the cases that are the shop's and open or were, by their ids."""
    rows = tx.execute(_OWNERS, {"case_ids": list(case_ids), "merchant": merchant}).all()
    ended = _ended_at(tx, [row.case_id for row in rows if not row.open])
    return {
        row.case_id: CaseOfParcel(
            order_case_id=row.order_case_id,
            placed_at=datetime.fromisoformat(row.placed_at) if row.placed_at else row.opened_at,
            ended_at=None if row.open else ended.get(row.case_id, row.updated_at),
            parked_for=policy(row.policy).tracking.parked_for.value,
            updated_at=row.updated_at,
        )
        for row in rows
    }


def _ended_at(tx: Connection, case_ids: Collection[str]) -> dict[str, datetime]:
    """When each of these cases last ended."""
    if not case_ids:
        return {}
    query = (
        select(TIMELINE.c.case_id, func.max(TIMELINE.c.recorded_at).label("ended_at"))
        .where(TIMELINE.c.case_id.in_(case_ids), TIMELINE.c.type == "case.ended")
        .group_by(TIMELINE.c.case_id)
    )
    return {row.case_id: row.ended_at for row in tx.execute(query)}
