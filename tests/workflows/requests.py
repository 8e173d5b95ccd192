"""A client of one after-sale request of the sandbox, for the paths that are recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from tests.sandbox_server import OrderUnderTest, Shop

AUTOMATION = "/v1/merchants/demo/settings/after-sale-automation"
OFFERS = "/v1/merchants/demo/settings/service-offers"
STOCK = "/v1/merchants/demo/settings/exchange-stock"
NO_STOCK = {"require_stock": False, "reserve": False, "auto_deduct": False, "partitioned_inventory": False}


class Request(OrderUnderTest):
    """A request; its tracking numbers are those of its own parcels."""

    @property
    def return_no(self) -> str:
        return f"R-{self.case_id.rpartition(':')[2]}-{self.opened['order_id']}"

    def take(self, name: str, body: Any = None, token: str = "demo-agent") -> None:
        """Takes a step that nothing speaks against."""
        answer = self.act(name, body, token)
        assert answer.status_code == 200, answer.text

    def reach(self, stage: str) -> None:
        self.until(lambda seen: seen["stage"] == stage)

    def send_back(self, **changes: Any) -> None:
        self.take("submit_return", {"carrier": "yto", "tracking_no": self.return_no} | changes, "demo-buyer")

    def scan_return(self, *statuses: str) -> None:
        """Scans of the return, each taken in before the next."""
        for status in statuses:
            self.shop.event(f"parcel.{status}", f"parcel/yto/{self.return_no}", "demo-carrier")
            self.until(partial(_has_parcel, status))

    def inspect(self, *, conforming: bool = True, cause: str = "buyer") -> None:
        self.take("inspect_return", {"conforming": conforming, "cause": cause}, "demo-warehouse")

    def replace(self) -> None:
        self.take("ship_replacement", {"carrier": "zto", "tracking_no": f"X{self.return_no}"}, "demo-warehouse")


def _has_parcel(status: str, seen: dict[str, Any]) -> bool:
    return any(parcel["status"] == status for parcel in seen["parcels"])


def ask(order: OrderUnderTest, service: str, reason: str = "other", **changes: Any) -> Request:
    """The buyer asks for service."""
    body = {"service": service, "line_ids": ["1"], "reason": reason} | changes
    answer = order.act("request_after_sale", body, "demo-buyer")
    assert answer.status_code == 200, answer.text
    return Request(order.shop, answer.json()["result"]["case_id"], order.opened)


def paid(shop: Shop, **changes: Any) -> OrderUnderTest:
    """An order that is paid."""
    order = shop.open(**changes)
    order.pay()
    return order


def shipped(shop: Shop, **changes: Any) -> OrderUnderTest:
    """An order that is on its way."""
    order = paid(shop, **changes)
    order.ship()
    return order


def delivered(shop: Shop, **changes: Any) -> OrderUnderTest:
    """An order that was signed for."""
    order = shipped(shop, **changes)
    order.scan("signed")
    order.until(lambda seen: seen["stage"] == "delivered")
    return order


def do(order: OrderUnderTest, type_: str, outcome: str, token: str = "demo-agent", **data: Any) -> None:
    """Does the one open task of that type that such an outcome may come of."""
    path = f"/v1/work-items?case_id={order.case_id}&state=open&type={type_}"

    def tasks() -> list[dict[str, Any]]:
        return [task for task in order.shop.get(path)["items"] if outcome in task["outcomes"]]

    order.until(lambda _: tasks())
    (task,) = tasks()
    body = {"outcome": outcome, "data": data}
    answer = order.shop.call("POST", f"/v1/work-items/{task['item_id']}/complete", body, token)
    assert answer.status_code == 200, answer.text


def ended(order: OrderUnderTest) -> OrderUnderTest:
    """The order once it, too, has come to its end; whoever is silent is waited for."""
    for _ in range(6):
        if not order.snapshot()["open"]:
            return order
        order.shop.advance(days=7)
    raise AssertionError(f"{order.case_id} does not end: {order.snapshot()}")


@contextmanager
def stock_is_reserved(shop: Shop, sku: str, available: int) -> Iterator[None]:
    """The shop reserves what is wanted in exchange, and has so much of it."""
    reserve = NO_STOCK | {"require_stock": True, "reserve": True, "auto_deduct": True}
    assert shop.call("PUT", STOCK, reserve, "demo-owner").status_code == 200
    try:
        assert shop.call("PUT", f"/v1/stock/{sku}", {"available": available}, "demo-erp").status_code == 200
        yield
    finally:
        shop.call("PUT", STOCK, NO_STOCK, "demo-owner")


@contextmanager
def trial_is_offered(shop: Shop) -> Iterator[None]:
    """The shop offers to take goods back used; orders opened meanwhile keep that."""
    assert shop.call("PUT", OFFERS, {"offers": [{"service": "trial_use"}]}, "demo-owner").status_code == 200
    try:
        yield
    finally:
        shop.call("PUT", OFFERS, {"offers": []}, "demo-owner")


@contextmanager
def strategies_decide(shop: Shop, **decisions: str) -> Iterator[None]:
    """The shop has one strategy switched on for each of these stages, which decides everything."""
    strategies = [
        {"id": stage, "title": stage, "stage": stage, "when": "true", "decision": decision, "enabled": True}
        for stage, decision in decisions.items()
    ]
    assert shop.call("PUT", AUTOMATION, {"strategies": strategies}, "demo-owner").status_code == 200
    try:
        yield
    finally:
        shop.call("PUT", AUTOMATION, {}, "demo-owner")
