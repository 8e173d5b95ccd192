"""The buyers: personal data, one row an order."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from domain.after_sale.state import AfterSaleOutcome
from domain.case.ids import CaseKind
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


@dataclass(frozen=True, slots=True)
class BuyerCounts:
    """How much a buyer has had with a shop; `refunds` are the requests that ended with money paid back."""

    orders: int
    requests: int
    refunds: int
    complaints: int


def count_cases(tx: Connection, merchant: str, buyer_id: str) -> BuyerCounts:
    """What a buyer's cases of a shop come to."""
    orders = select(BUYERS.c.case_id).where(BUYERS.c.buyer_id == buyer_id)
    query = (
        select(CASES.c.kind, CASES.c.outcome, func.count().label("number"))
        .where(CASES.c.merchant == merchant, CASES.c.order_case_id.in_(orders))
        .group_by(CASES.c.kind, CASES.c.outcome)
    )
    rows = tx.execute(query).all()
    requests = [row for row in rows if row.kind == CaseKind.AFTER_SALE]
    return BuyerCounts(
        orders=sum(row.number for row in rows if row.kind == CaseKind.ORDER),
        requests=sum(row.number for row in requests),
        refunds=sum(row.number for row in requests if row.outcome == AfterSaleOutcome.REFUNDED),
        complaints=sum(row.number for row in rows if row.kind == CaseKind.COMPLAINT),
    )


def bought(tx: Connection, buyer_id: str, order_case_id: str) -> bool:
    """Whether an order is this buyer's."""
    return tx.scalar(select(BUYERS.c.buyer_id).where(BUYERS.c.case_id == order_case_id)) == buyer_id
