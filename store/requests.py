"""Past after-sale requests of a shop, to try its strategies on."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from domain.case.ids import CaseKind
from store.tables import BUYERS, CASES


@dataclass(frozen=True, slots=True)
class PastRequestRecord:
    """A request's whole state, and what of its buyer strategies may ask about."""

    case_id: str
    state: dict[str, Any]
    trades: int | None
    credit: int | None


def newest_requests(tx: Connection, merchant: str, limit: int) -> list[PastRequestRecord]:
    """The requests of a shop that changed last, the newest first."""
    query = (
        select(CASES.c.case_id, CASES.c.state, BUYERS.c.trades, BUYERS.c.credit)
        .outerjoin(BUYERS, BUYERS.c.case_id == CASES.c.order_case_id)
        .where(CASES.c.merchant == merchant, CASES.c.kind == CaseKind.AFTER_SALE)
        .order_by(CASES.c.updated_at.desc(), CASES.c.case_id.desc())
        .limit(limit)
    )
    rows = tx.execute(query).all()
    return [PastRequestRecord(row.case_id, row.state, row.trades, row.credit) for row in rows]
