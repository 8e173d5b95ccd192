"""Small scenes for the store's tests: an order, its life by the real rules, and facts as the outside sends them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, event, select

from domain.case.live import LiveCase
from domain.case.marks import mark_of
from domain.case.record import RecordCase, record
from domain.events import Reported, read_event
from domain.order.life import ORDER
from domain.order.opening import Buyer, OpenedOrder, OpenOrder, accept_opening, initial_state
from domain.order.state import CampaignTerms, OrderState
from domain.roles import Actor, Role
from domain.times import CHINA
from store import new_orders, records
from store.database import Database
from store.inbox import Accepted, accept
from store.opening import Opened, open_case
from store.tables import CASES, DEADLINES, LEDGER_ENTRIES, PARCELS, TIMELINE, WORK_ITEMS

NOON = datetime(2026, 11, 11, 12, tzinfo=CHINA)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
AGENT = Actor(role=Role.AGENT, account="demo-agent")
BUYER = Buyer(id="b-77", name="陈小姐", phone="13800000000", address="广州市天河区", region="广东")
REPORTERS = {role: Actor(role=role, account=f"demo-{role}") for role in (Role.PAYMENT, Role.ERP, Role.CARRIER)}

Life = LiveCase[OrderState]


def order(
    order_id: str = "T1001",
    merchant: str = "demo",
    at: datetime = NOON,
    campaign: CampaignTerms | None = None,
    **other: Any,
) -> OpenedOrder:
    """One dress for 199 yuan and 10 yuan of freight."""
    line = {"line_id": "1", "sku": "DRESS", "title": "连衣裙", "category": "apparel", "quantity": 1, "amount": "199.00"}
    request = {
        "platform": "taobao",
        "order_id": order_id,
        "source": "silent",
        "placed_at": at,
        "lines": [line],
        "freight": "10.00",
        "buyer": BUYER,
        **other,
    }
    return accept_opening(OpenOrder.model_validate(request), merchant, "taobao-2012", campaign, AGENT, at)


def begin(opening: OpenedOrder) -> Life:
    """The case at version 1, as its opening writes it and its workflow begins it."""
    life: Life = LiveCase(ORDER, initial_state(opening))
    life.begin("Opened", AGENT, opening.opened_at)
    life.state.mark = mark_of(life.state)
    return life


async def open_order(db: Database, opening: OpenedOrder) -> Life:
    """The order is accepted, and new."""
    life = begin(opening)
    assert await db.write(open_case, opening, first_write(life), BUYER, "hash-1") is Opened.CREATED
    return life


async def started_order(db: Database, order_id: str = "T1001", **other: Any) -> Life:
    """The order is open and not new: something has happened to it that the test does not look at."""
    life = await open_order(db, order(order_id, **other))
    await db.write(new_orders.remove, life.state.case_id)
    return life


def let_pass(life: Life, now: datetime) -> None:
    """Every clock that is due by now passes, the earliest first."""
    while due := life.overdue(now):
        life.pass_deadline(due, now)


def first_write(life: Life) -> RecordCase:
    return record(life.state, since=0)


async def write(db: Database, life: Life, since: int | None = None) -> bool:
    """The case writes its last version, or all since another, and knows of it from then on."""
    state = life.state
    written = record(state, state.version - 1 if since is None else since)
    state.mark = written.mark
    return await db.write(records.record_case, written)


def fact(type_: str, id_: str, subject: str = "order/taobao/T1001", at: datetime = NOON, **data: Any) -> Reported:
    """A fact as the outside sends it, read as the API reads it; the shop is `demo`."""
    raw = {
        "specversion": "1.0",
        "id": id_,
        "source": "partner",
        "type": type_,
        "subject": subject,
        "time": at.isoformat(),
        "data": data,
    }
    return read_event(raw, "demo", REPORTERS, NOON + 100 * DAY)


def paid(id_: str = "pay-1", amount: str = "209.00", **other: Any) -> Reported:
    return fact("payment.received", id_, amount=amount, **other)


def consigned(number: str = "ZT1", id_: str = "ship-1", order_id: str = "T1001", at: datetime = NOON) -> Reported:
    return fact("parcel.consigned", id_, f"order/taobao/{order_id}", at, carrier="zto", tracking_no=number)


def scan(status: str, id_: str, number: str = "ZT1", at: datetime = NOON, **data: Any) -> Reported:
    return fact(f"parcel.{status}", id_, f"parcel/zto/{number}", at, **data)


async def report(db: Database, *facts: Reported) -> Accepted:
    """The shop `demo` reports a batch."""
    return await db.write(accept, "demo", facts, NOON)


async def rows_of(db: Database, case_id: str) -> dict[str, list[dict[str, Any]]]:
    """Everything that the read model holds of a case, to compare."""
    return await db.read(_rows_of, case_id)


def _rows_of(tx: Connection, case_id: str) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for table in (CASES, TIMELINE, DEADLINES, LEDGER_ENTRIES, WORK_ITEMS, PARCELS):
        query = select(table).where(table.c["case_id"] == case_id).order_by(*table.primary_key)
        found[table.name] = [dict(row._mapping) for row in tx.execute(query)]
    return found


@contextmanager
def statements(db: Database) -> Iterator[list[tuple[str, Any]]]:
    """Collects the statements sent meanwhile, with their parameters; BEGIN and the like left out."""
    sent: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", keep)
