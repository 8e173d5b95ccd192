"""Stock over HTTP."""

from urllib.parse import quote

import httpx
import pytest

from domain.shop.stock import Reservation
from store import stock
from tests.sandbox_server import Shop
from tests.store.scenes import NOON
from tests.workflows.record import served_sandbox
from tests.workflows.requests import NO_STOCK, STOCK, delivered


def test_the_erp_or_the_warehouse_reports_stock(shop: Shop) -> None:
    """What they report is read at once by them and by the shop's staff, with what is reserved."""
    path = f"/v1/stock/{shop.prefix}-DRESS"
    assert shop.get(path, "demo-erp") == {"sku": f"{shop.prefix}-DRESS", "available": 0, "reserved": 0}
    for role, available in (("erp", 5), ("warehouse", 4)):
        answer = shop.call("PUT", path, {"available": available}, f"demo-{role}")
        shown = {"sku": f"{shop.prefix}-DRESS", "available": available, "reserved": 0}
        assert (answer.status_code, answer.json()) == (200, shown)
        for reader in ("erp", "warehouse", "agent", "supervisor", "finance", "owner"):
            assert shop.get(path, f"demo-{reader}") == shown


def test_stock_is_a_shops_own(shop: Shop) -> None:
    """The same SKU in another shop is another."""
    path = f"/v1/stock/{shop.prefix}-DRESS"
    shop.call("PUT", path, {"available": 5}, "demo-erp")
    assert shop.get(path, "other-agent")["available"] == 0


def test_others_may_not(shop: Shop) -> None:
    """The role is checked before the body; the roles that may are named."""
    path = f"/v1/stock/{shop.prefix}-DRESS"
    assert shop.call("PUT", path, {"nonsense": 1}, "nobody").status_code == 401
    for role in ("agent", "owner", "buyer", "carrier"):
        refused = shop.call("PUT", path, {"nonsense": 1}, f"demo-{role}")
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        assert "the ERP and the warehouse" in refused.json()["detail"]
    for role in ("buyer", "carrier", "platform"):
        assert shop.call("GET", path, token=f"demo-{role}").status_code == 403


@pytest.mark.parametrize(
    "body", [{}, {"available": -1}, {"available": "5"}, {"available": 2.5}, {"available": True}, {"available": 10**12}]
)
def test_stock_is_a_number_of_units(shop: Shop, body: dict[str, object]) -> None:
    """Whole units, none or more; anything else names the field."""
    answer = shop.call("PUT", f"/v1/stock/{shop.prefix}-DRESS", body, "demo-erp")
    assert answer.status_code == 422
    assert "available" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["红色/XS", "A B&C?d=e", "尺码#1", "x/../y"])
def test_any_sku_an_order_may_have_can_be_reported(shop: Shop, name: str) -> None:
    """SKUs are the shop's own words: slashes, spaces and Chinese included."""
    sku = f"{shop.prefix}-{name}"
    path = f"/v1/stock/{quote(sku, safe='')}"
    assert shop.call("PUT", path, {"available": 2}, "demo-erp").status_code == 200
    assert shop.get(path) == {"sku": sku, "available": 2, "reserved": 0}


@pytest.mark.parametrize("name", ["x" * 65, "%00"])
def test_what_no_order_may_have_is_no_sku(shop: Shop, name: str) -> None:
    """Longer than an order's SKU may be, or a character that no database takes."""
    assert shop.call("GET", f"/v1/stock/{name}").status_code == 422


@pytest.mark.rule("S3-11")
def test_a_shop_that_requires_stock_without_reserving_it(shop: Shop) -> None:
    """Only what it has can be asked for in exchange; asking takes nothing away."""
    order, colours = delivered(shop), [f"{shop.prefix}-RED", f"{shop.prefix}-BLUE"]
    assert shop.call("PUT", STOCK, NO_STOCK | {"require_stock": True}, "demo-owner").status_code == 200
    try:
        shop.call("PUT", f"/v1/stock/{colours[0]}", {"available": 1}, "demo-erp")
        red, blue = (
            {"service": "exchange", "line_ids": ["1"], "reason": "wrong_item", "wanted_sku": sku} for sku in colours
        )
        refused = order.act("request_after_sale", blue, "demo-buyer")
        assert [reason["code"] for reason in refused.json()["reasons"]] == ["no_stock"]
        assert order.act("request_after_sale", red, "demo-buyer").status_code == 200
        assert shop.get(f"/v1/stock/{colours[0]}")["reserved"] == 0
    finally:
        shop.call("PUT", STOCK, NO_STOCK, "demo-owner")


async def test_what_is_reserved_shows_and_stays() -> None:
    """GET tells what cases have reserved; a report of less answers 409 with the sentence why and changes nothing."""
    async with served_sandbox() as (sandbox, address), httpx.AsyncClient(base_url=address, timeout=60) as http:
        http.headers["Authorization"] = "Bearer demo-erp"
        await http.put("/v1/stock/DRESS", json={"available": 5})
        reserved = Reservation("r1", "demo", "DRESS", 3, "after-sale:demo:jd:T1:1", NOON)
        assert await sandbox.here.db.write(stock.hold, reserved)
        refused = await http.put("/v1/stock/DRESS", json={"available": 2})
        assert refused.status_code == 409
        assert [reason["code"] for reason in refused.json()["reasons"]] == ["below_reserved"]
        assert "3 of DRESS are reserved" in refused.json()["detail"]
        assert (await http.get("/v1/stock/DRESS")).json() == {"sku": "DRESS", "available": 5, "reserved": 3}
        assert (await http.put("/v1/stock/DRESS", json={"available": 3})).status_code == 200
