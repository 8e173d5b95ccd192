"""The cases that facts and parcels name, as far as the intake must know them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.policy import policy
from store.database import core
from store.numbers import CaseOfParcel
from store.tables import CaseRow, TimelineRow

_CASES, _TIMELINE = core(CaseRow), core(TimelineRow)
_ORDERS = _CASES.alias("orders")


async def owners(session: AsyncSession, merchant: str, case_ids: Collection[str]) -> dict[str, CaseOfParcel]:
    """Those of the cases that are the shop's and open or were, by their ids."""
    query = (
        select(
            _CASES.c.case_id,
            _CASES.c.order_case_id,
            _CASES.c.open,
            _CASES.c.policy,
            _CASES.c.updated_at,
            _CASES.c.opened_at,
            _ORDERS.c.opening["placed_at"].as_string().label("placed_at"),
        )
        .outerjoin(_ORDERS, _ORDERS.c.case_id == _CASES.c.order_case_id)
        .where(_CASES.c.case_id.in_(case_ids), _CASES.c.merchant == merchant)
    )
    rows = (await session.execute(query)).all()
    ended = await _ended_at(session, [row.case_id for row in rows if not row.open])
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


async def _ended_at(session: AsyncSession, case_ids: Collection[str]) -> dict[str, datetime]:
    """When each of these cases last ended."""
    if not case_ids:
        return {}
    query = (
        select(_TIMELINE.c.case_id, func.max(_TIMELINE.c.recorded_at).label("ended_at"))
        .where(_TIMELINE.c.case_id.in_(case_ids), _TIMELINE.c.type == "case.ended")
        .group_by(_TIMELINE.c.case_id)
    )
    return {row.case_id: row.ended_at for row in await session.execute(query)}
