"""Past after-sale requests of a shop, to try its strategies on."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from domain.case.ids import CaseKind
from store.database import Database, core
from store.tables import BuyerRow, CaseRow

_CASES, _BUYERS = core(CaseRow), core(BuyerRow)


@dataclass(frozen=True, slots=True)
class PastRequestRecord:
    """A request's whole state, and what of its buyer strategies may ask about."""

    case_id: str
    state: dict[str, Any]
    trades: int | None
    credit: int | None


async def newest_requests(db: Database, merchant: str, limit: int) -> list[PastRequestRecord]:
    """The requests of a shop that changed last, the newest first."""
    query = (
        select(_CASES.c.case_id, _CASES.c.state, _BUYERS.c.trades, _BUYERS.c.credit)
        .outerjoin(_BUYERS, _BUYERS.c.case_id == _CASES.c.order_case_id)
        .where(_CASES.c.merchant == merchant, _CASES.c.kind == CaseKind.AFTER_SALE)
        .order_by(_CASES.c.updated_at.desc(), _CASES.c.case_id.desc())
        .limit(limit)
    )
    async with db.read() as session:
        rows = (await session.execute(query)).all()
    return [PastRequestRecord(row.case_id, row.state, row.trades, row.credit) for row in rows]
