"""Clients of the sandbox for holds: a campaign, a shop that holds, an ERP that answers as it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.sandbox_server import OrderUnderTest, Shop

SETTING = "/v1/merchants/demo/settings/ship-hold"
ERP = "/sandbox/partners/erp"
MEMO = "双11拦截 暂不发货"
ON = {
    "enabled": True,
    "memo": MEMO,
    "terms_accepted": True,
    "erp_lock": False,
    "routing": "platform_erp_wms",
    "self_service": False,
}
OFF = ON | {"enabled": False, "memo": "", "terms_accepted": False}


@dataclass
class HoldUnderTest(OrderUnderTest):
    """One hold; snapshot and items are its own."""

    order: OrderUnderTest

    def reach(self, stage: str) -> dict[str, Any]:
        return self.until(lambda seen: seen["stage"] == stage)

    def calls(self) -> list[tuple[str, int]]:
        """What the ERP was asked about the order: lock or unlock, and what it answered."""
        listed = self.shop.get(f"{ERP}/calls?order_id={self.opened['order_id']}")["items"]
        return [(call["kind"], call["status"]) for call in listed]

    def messages(self) -> list[str]:
        """The templates of what the buyer was sent."""
        sent = self.shop.get(f"/sandbox/messages?order_id={self.opened['order_id']}")["items"]
        return [message["template"] for message in sent]

    def release(self, token: str = "demo-agent") -> None:
        """To be shipped after all."""
        answer = self.act("release", token=token)
        assert answer.status_code == 200, answer.text


@contextmanager
def holding(shop: Shop, **changes: Any) -> Iterator[None]:
    """The shop has holds switched on."""
    assert shop.call("PUT", SETTING, ON | changes, "demo-owner").status_code == 200
    try:
        yield
    finally:
        shop.call("PUT", SETTING, OFF, "demo-owner")


@contextmanager
def scripted(shop: Shop, partner: str = ERP, /, *, back: dict[str, Any], **script: Any) -> Iterator[None]:
    """A partner does as it is told meanwhile."""
    assert shop.call("PUT", partner, script, "demo-ops").status_code == 200
    try:
        yield
    finally:
        assert shop.call("PUT", partner, back, "demo-ops").status_code == 200


def on_sale(shop: Shop, *, frozen_hours: int = 0, name: str = "sale", **changes: Any) -> OrderUnderTest:
    """A paid order in a campaign of three days that allows holds."""
    put_campaign(shop, name, frozen_hours=frozen_hours)
    order = shop.open(campaign=f"{shop.prefix}-{name}", **changes)
    order.pay()
    return order


def put_campaign(shop: Shop, name: str = "sale", *, frozen_hours: int = 0) -> None:
    """Sets the campaign, from now on; refunds are frozen so long."""
    now = shop.now()
    body: dict[str, Any] = {"from": now.isoformat(), "to": (now + timedelta(days=3)).isoformat()}
    body |= {"ship_within": "PT72H", "ship_hold": True}
    if frozen_hours:
        body["refunds_frozen"] = {"from": now.isoformat(), "to": (now + timedelta(hours=frozen_hours)).isoformat()}
    answer = shop.call("PUT", f"/v1/campaigns/{shop.prefix}-{name}", body, "demo-platform")
    assert answer.status_code in (200, 201), answer.text


def hold(order: OrderUnderTest, *line_ids: str, token: str = "demo-agent") -> HoldUnderTest:
    """Asks for a hold; no lines means the whole order."""
    answer = order.act("hold_shipment", {"line_ids": list(line_ids) or None, "requested_by": "buyer"}, token)
    assert answer.status_code == 200, answer.text
    return HoldUnderTest(order.shop, answer.json()["result"]["case_id"], order.opened, order)
