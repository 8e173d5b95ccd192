"""New orders: accepted, and nothing has happened to them since. A worker has them once something does.

Those for which something was due a while ago are the backlog.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select, update

from domain.order.opening import OpenedOrder
from store.database import add_rows
from store.tables import CASES, NEW_ORDERS

_BACKLOG = select(func.count()).select_from(NEW_ORDERS).where(NEW_ORDERS.c.due_at < bindparam("before"))
_OPENING = (
    select(CASES.c.opening)
    .join(NEW_ORDERS, NEW_ORDERS.c.case_id == CASES.c.case_id)
    .where(NEW_ORDERS.c.case_id == bindparam("case_id"))
)
_HEARS = (
    update(NEW_ORDERS)
    .where(NEW_ORDERS.c.case_id == bindparam("of_case"), NEW_ORDERS.c.due_at > bindparam("at"))
    .values(due_at=bindparam("at"))
)
_NEW_NO_MORE = delete(NEW_ORDERS).where(NEW_ORDERS.c.case_id == bindparam("of_case"))


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order to which nothing is known to have happened since its opening."""

    case_id: str
    opening: OpenedOrder


def add(tx: Connection, case_id: str, merchant: str, due_at: datetime | None) -> None:
    """An order is accepted, and something is to be done for it at a time."""
    add_rows(tx, NEW_ORDERS, [{"case_id": case_id, "merchant": merchant, "due_at": due_at}])


def hears(tx: Connection, case_id: str, at: datetime) -> None:
    """There is something for a new order to hear."""
    tx.execute(_HEARS, {"of_case": case_id, "at": at})


def remove(tx: Connection, case_id: str) -> None:
    """Something has happened to an order: it is new no more."""
    tx.execute(_NEW_NO_MORE, {"of_case": case_id})


def backlog(tx: Connection, due_before: datetime) -> int:
    """For how many something was to be done before a time, of all shops."""
    return tx.scalar(_BACKLOG, {"before": due_before}) or 0


def overdue(tx: Connection, before: datetime, limit: int = 100) -> list[NewOrder]:
    """Those for which something was to be done before a time, the longest waiting first."""
    query = (
        select(CASES.c.case_id, CASES.c.opening)
        .join(NEW_ORDERS, NEW_ORDERS.c.case_id == CASES.c.case_id)
        .where(NEW_ORDERS.c.due_at < before)
        .order_by(NEW_ORDERS.c.due_at)
        .limit(limit)
    )
    return [NewOrder(row.case_id, OpenedOrder.model_validate(row.opening)) for row in tx.execute(query).all()]


def opening_of(tx: Connection, case_id: str) -> OpenedOrder | None:
    """What a new order was opened with; None of one to which something has happened since."""
    opening = tx.scalar(_OPENING, {"case_id": case_id})
    return OpenedOrder.model_validate(opening) if opening else None
