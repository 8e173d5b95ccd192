"""Parcels from outside: where one is, whose a number is, and what somebody must do about it."""

from __future__ import annotations

from typing import Any

from tests.api.intercepting import intercepting
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


def test_a_return_that_was_scanned_before_the_buyer_names_it(shop: Shop) -> None:
    """What the carrier said of the number is the return's, its place and time too; only what is older is not."""
    case, number = shop.open(), f"R-{shop.prefix}"
    case.pay()
    case.ship()
    case.scan("signed")
    case.until(lambda seen: seen["stage"] == "delivered")
    body = {"service": "return_refund", "line_ids": ["1"], "reason": "quality"}
    asked = case.act("request_after_sale", body, "demo-buyer").json()["result"]["case_id"]
    request = OrderUnderTest(shop, asked, case.opened)
    assert request.act("agree").status_code == 200
    for status, place in (("picked_up", "广州"), ("signed", "杭州")):
        told = shop.event(f"parcel.{status}", f"parcel/yto/{number}", "demo-carrier", location=place)
        assert told["status"] == "parked"
    sent = request.act("submit_return", {"carrier": "yto", "tracking_no": number}, "demo-buyer")
    assert sent.status_code == 200, sent.text
    request.until(lambda seen: seen["parcels"][0]["status"] == "signed")
    request.until(lambda _: _tasks(request, "inspect_return"))
    shown = shop.get(f"{request.path}/parcels/yto/{number}/scans")["items"]
    assert [scan["location"] for scan in shown] == ["广州", "杭州"]


def test_the_order_itself_has_a_parcel_stopped(shop: Shop) -> None:
    """Refunded before it left: the task's answer is an interception, a case of its own, without a request."""
    with intercepting(shop):
        case = shop.open()
        case.pay()
        asked = case.act("request_after_sale", {"service": "refund_only", "reason": "no_reason"}, "demo-buyer")
        request = OrderUnderTest(shop, asked.json()["result"]["case_id"], case.opened)
        request.act("agree")
        case.until(lambda seen: seen["stage"] == "closed")
        case.consign()
        case.scan("picked_up")
        case.until(lambda seen: seen["parcels"][0]["status"] == "picked_up")
        (item,) = _tasks(case, "stop_parcel")
        body = {"outcome": "intercept"}
        done = shop.call("POST", f"/v1/work-items/{item['item_id']}/complete", body, "demo-owner")
        assert done.status_code == 200, done.text
        (child,) = [one for one in case.snapshot()["children"] if one["kind"] == "parcel_intercept"]
        stopped = OrderUnderTest(shop, child["case_id"], case.opened)
        seen = stopped.until(lambda seen: seen["stage"] != "requested")
        assert (seen["after_sale_case_id"], seen["tracking_no"]) == (None, case.tracking_no)
        case.scan("returned")
        stopped.until(lambda seen: seen["stage"] in ("returned", "failed"))
