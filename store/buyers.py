"""The buyers: personal data, one row an order."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from store.tables import BUYERS, CASES


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


def buyer(tx: Connection, case_id: str) -> BuyerRecord | None:
    """The buyer of a case's order."""
    query = select(BUYERS).join(CASES, CASES.c.order_case_id == BUYERS.c.case_id).where(CASES.c.case_id == case_id)
    row = tx.execute(query).one_or_none()
    if row is None:
        return None
    return BuyerRecord(row.buyer_id, row.name, row.phone, row.address, row.region, row.credit, row.trades)


def bought(tx: Connection, buyer_id: str, order_case_id: str) -> bool:
    """Whether an order is this buyer's."""
    return tx.scalar(select(BUYERS.c.buyer_id).where(BUYERS.c.case_id == order_case_id)) == buyer_id
