"""Parcels from outside: where one is, whose a number is, and what somebody must do about it."""

from __future__ import annotations

from typing import Any

from tests.sandbox_server import OrderUnderTest, Shop


def _tasks(case: OrderUnderTest, type_: str) -> list[dict[str, Any]]:
    items = case.shop.get(f"/v1/work-items?state=open&case_id={case.case_id}", "demo-supervisor")["items"]
    return [item for item in items if item["type"] == type_]


def test_where_is_my_parcel(shop: Shop) -> None:
    """Every scan with its place and time, in pages; nothing of a parcel or case that is not there."""
    case = shop.open()
    case.pay()
    case.ship()
    for place in ("广州", "长沙", "武汉"):
        case.scan("scanned", location=place)
    path = f"{case.path}/parcels/zto/{case.tracking_no}/scans"
    first = shop.get(f"{path}?limit=3", "demo-buyer")
    rest = shop.get(f"{path}?cursor={first['next']}")
    shown = [(scan["status"], scan["location"]) for scan in first["items"] + rest["items"]]
    assert shown == [("picked_up", None), ("scanned", "广州"), ("scanned", "长沙"), ("scanned", "武汉")]
    assert rest["next"] is None
    assert all(scan["at"] <= scan["recorded_at"] for scan in first["items"])
    assert shop.call("GET", f"{case.path}/parcels/yto/{case.tracking_no}/scans").status_code == 404
    assert shop.call("GET", path, token="other-agent").status_code == 404
    assert shop.call("GET", f"{path}?cursor=x").status_code == 422


def test_a_standstill_is_over_at_the_next_scan(shop: Shop) -> None:
    """Even a plain one, which wakes no other case."""
    case = shop.open()
    case.pay()
    case.ship()
    shop.advance(hours=2)
    case.scan("scanned", location="武汉")
    case.scan("exception", kind="weather")
    case.until(lambda _: _tasks(case, "parcel_exception"))
    shop.advance(hours=5)
    case.scan("scanned", location="哈尔滨")
    case.until(lambda _: not _tasks(case, "parcel_exception"))


def test_a_number_comes_again(shop: Shop) -> None:
    """An order that ended months ago had it: the new one has left when its own carrier says so."""
    old = shop.open()
    old.pay()
    old.ship()
    old.scan("signed")
    old.until(lambda seen: seen["stage"] == "delivered")
    old.act("confirm_receipt", {}, "demo-buyer")
    shop.advance(days=100)
    new = shop.open()
    new.pay()
    shop.event("parcel.consigned", new.subject, "demo-erp", carrier="zto", tracking_no=old.tracking_no, line_ids=["1"])
    seen = new.until(lambda seen: seen["parcels"])
    assert (seen["stage"], seen["parcels"][0]["status"]) == ("awaiting_shipment", "consigned")
    old.scan("picked_up")
    new.until(lambda seen: seen["stage"] == "in_transit")
