"""Past requests of a shop, for the trial of its strategies."""

from typing import Any

from domain.after_sale.opening import RequestAfterSale
from domain.after_sale.state import Reason
from domain.case.action import ActionRequest
from domain.order.children.requests import REQUEST_AFTER_SALE
from domain.roles import Actor, Role
from domain.shop.service import Service
from store import requests
from store.database import Database
from store.opening import Opened, open_case
from tests.store.scenes import BUYER, HOUR, NOON, begin, first_write, order, paid, started_order, write

REQUEST = ActionRequest(action_id="ask-1", actor=Actor(role=Role.BUYER, account="demo-buyer"))


async def asked_for(db: Database, order_id: str, hours: int, merchant: str = "demo", **buyer: Any) -> str:
    """A refund of an order is asked for; answers the request's case id."""
    life = begin(opening := order(order_id, merchant))
    who = BUYER.model_copy(update=buyer)
    assert await db.write(open_case, opening, first_write(life), who, f"hash-{order_id}") is Opened.CREATED
    life.take_in(paid(f"pay-{order_id}", subject=f"order/taobao/{order_id}").fact, NOON)
    input_ = RequestAfterSale(service=Service.REFUND_ONLY, reason=Reason.OTHER)
    result = life.act(REQUEST_AFTER_SALE, REQUEST, NOON + hours * HOUR, input_)
    assert await write(db, life, since=0)
    return str(result["case_id"])


async def test_the_newest_requests_of_a_shop(database: Database) -> None:
    """Those that changed last, with what strategies may ask of their buyers; no orders, no other shop's."""
    await started_order(database, "T1")
    first = await asked_for(database, "T2", 2, trades=7, credit=5)
    second = await asked_for(database, "T3", 3)
    await asked_for(database, "T4", 1)
    await asked_for(database, "T5", 4, "other")
    found = await database.read(requests.newest_requests, "demo", limit=2)
    assert [(one.case_id, one.trades, one.credit) for one in found] == [(second, None, None), (first, 7, 5)]
    assert found[0].state["demand"]["service"] == "refund_only"
