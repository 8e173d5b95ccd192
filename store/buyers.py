"""The buyers: personal data, one row an order."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from store.database import Database
from store.tables import BuyerRow, CaseRow


@dataclass(frozen=True, slots=True)
class BuyerRecord:
    """Who bought; the address is a text, or parts by name where it was changed that way."""

    buyer_id: str
    name: str | None
    phone: str | None
    address: str | dict[str, Any] | None
    region: str | None
    credit: int | None
    trades: int | None


async def buyer(db: Database, case_id: str) -> BuyerRecord | None:
    """The buyer of a case's order."""
    query = select(BuyerRow).join(CaseRow, CaseRow.order_case_id == BuyerRow.case_id).where(CaseRow.case_id == case_id)
    async with db.read() as session:
        row = await session.scalar(query)
    if row is None:
        return None
    return BuyerRecord(row.buyer_id, row.name, row.phone, row.address, row.region, row.credit, row.trades)


async def bought(db: Database, buyer_id: str, order_case_id: str) -> bool:
    """Whether an order is this buyer's."""
    async with db.read() as session:
        return await session.scalar(select(BuyerRow.buyer_id).where(BuyerRow.case_id == order_case_id)) == buyer_id
