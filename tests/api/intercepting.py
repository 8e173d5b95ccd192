"""Clients of the sandbox for interceptions: a shop that signed, a carrier that answers as it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.sandbox_server import OrderUnderTest, Shop
from tests.workflows.requests import Request, ask, shipped

SETTING = "/v1/merchants/demo/settings/parcel-intercept"
PERMISSIONS = "/v1/merchants/demo/accounts/demo-agent/permissions"
CARRIER = "/sandbox/partners/carrier"
STOPS = {"intercept": {"intercepted": True}, "down": False}


@dataclass
class InterceptUnderTest(OrderUnderTest):
    """One interception; snapshot and items are its own."""

    def reach(self, stage: str) -> dict[str, Any]:
        return self.until(lambda seen: seen["stage"] == stage)

    def result(self, *, stopped: bool, reason: str | None = None, id_: str | None = None) -> dict[str, Any]:
        """The carrier reports its result as an event."""
        data = {"intercept_case_id": self.case_id, "intercepted": stopped} | ({"reason": reason} if reason else {})
        body = {
            "specversion": "1.0",
            "id": id_ or f"result-{self.case_id}-{stopped}",
            "source": "zto",
            "type": "intercept.result",
            "subject": self.subject,
            "time": self.shop.now().isoformat(),
            "data": data,
        }
        answer = self.shop.call("POST", "/v1/events", body, "demo-carrier")
        assert answer.status_code == 202, answer.text
        taken: dict[str, Any] = answer.json()["results"][0]
        return taken

    def total(self, kind: str) -> str:
        """What a kind of entry comes to."""
        booked: str = self.shop.get(f"{self.path}/ledger")["totals"].get(kind, "0.00")
        return booked

    def calls(self) -> list[tuple[str, int]]:
        """The interceptions that the carrier was asked for about the order, and what it answered."""
        listed = self.shop.get(f"{CARRIER}/calls?order_id={self.opened['order_id']}")["items"]
        return [(call["body"]["intercept_id"], call["status"]) for call in listed]

    def take(self, name: str, body: Any = None, token: str = "demo-agent") -> None:
        """Takes a step that nothing speaks against."""
        answer = self.act(name, body, token)
        assert answer.status_code == 200, answer.text


@contextmanager
def intercepting(shop: Shop) -> Iterator[None]:
    """The shop has signed, and its agent may use the logistics tools."""
    assert shop.call("PUT", SETTING, {"agreements": ["service", "deduction"]}, "demo-owner").status_code == 200
    assert shop.call("PUT", PERMISSIONS, {"permissions": ["logistics_tools"]}, "demo-owner").status_code == 200
    try:
        yield
    finally:
        shop.call("PUT", SETTING, {"agreements": []}, "demo-owner")
        shop.call("PUT", PERMISSIONS, {"permissions": []}, "demo-owner")


@contextmanager
def carrier(shop: Shop, **script: Any) -> Iterator[None]:
    """The carrier does as it is told meanwhile."""
    assert shop.call("PUT", CARRIER, script, "demo-ops").status_code == 200
    try:
        yield
    finally:
        assert shop.call("PUT", CARRIER, STOPS, "demo-ops").status_code == 200


def answering(shop: Shop, intercepted: bool | None, reason: str | None = None) -> Any:
    """The carrier answers like this meanwhile; None: it will report the result."""
    return carrier(shop, intercept={"intercepted": intercepted, "reason": reason})


def asked_back(shop: Shop, **changes: Any) -> tuple[OrderUnderTest, Request]:
    """An order on its way whose buyer wants their money back."""
    order = shipped(shop, **changes)
    return order, ask(order, "refund_only")


def stop(order: OrderUnderTest, request: Request, token: str = "demo-agent") -> InterceptUnderTest:
    """Has the order's parcel intercepted."""
    body = {"parcels": [{"carrier": "zto", "tracking_no": order.tracking_no}]}
    answer = request.act("intercept_parcels", body, token)
    assert answer.status_code == 200, answer.text
    (case,) = answer.json()["result"]["cases"]
    assert (case["carrier"], case["tracking_no"]) == ("zto", order.tracking_no)
    return InterceptUnderTest(order.shop, case["case_id"], order.opened)
