"""Changing an order before it ships, and what the shop's people see of it."""

import pytest

from tests.sandbox_server import OrderUnderTest, Shop


@pytest.mark.rule("S2-09", "S2-11")
def test_after_the_erp_read_it_a_change_is_a_task_too(shop: Shop) -> None:
    """Read by the ERP, a change also makes a task for its order audit: a memo alone does not reach print."""
    case = shop.open()
    case.pay()
    unread = case.act("change_order", {"line_id": "1", "sku": "DRESS-BLUE"})
    assert unread.json()["result"] == {}
    shop.event("order.erp_read", case.subject, "demo-erp")
    case.until(lambda seen: seen["version"] > unread.json()["case"]["version"])
    read = case.act("change_order", {"line_id": "1", "sku": "DRESS-GREEN"})
    audits = _tasks(shop, case, "order_audit")
    assert [item["item_id"] for item in audits] == [read.json()["result"]["work_item"]]
    assert case.snapshot()["lines"][0]["sku"] == "DRESS-GREEN"


@pytest.mark.rule("S2-12")
def test_what_is_printed_and_shipped_is_not_changed(shop: Shop) -> None:
    """After the waybill is printed and a parcel is on its way the order can no longer be changed."""
    case = shop.open()
    case.pay()
    shop.event("order.waybill_printed", case.subject, "demo-erp")
    case.ship()
    for body in ({"line_id": "1", "sku": "DRESS-BLUE"}, {"address": {"city": "深圳市"}}):
        refused = case.act("change_order", body)
        assert refused.status_code == 409
        assert refused.json()["reasons"][0]["code"] == "already_shipped"


@pytest.mark.rule("S2-05", "S2-06", "S2-07")
def test_a_supervisor_finds_closed_orders_and_why(shop: Shop) -> None:
    """An unpaid order is closed only with the buyer's consent; the supervisor sees it closed, by whom, and the memo."""
    case = shop.open()
    shop.advance(seconds=15)
    assert case.act("close_unpaid", {"reason": "重拍订单", "buyer_consent": False}).status_code == 409
    case.act("add_memo", {"text": "@4.15阿华 顾客信息错误 重拍订单", "flag": "yellow"})
    assert case.act("close_unpaid", {"reason": "重拍订单", "buyer_consent": True}).status_code == 200
    closed = shop.get("/v1/cases?outcome=unpaid&limit=1", "demo-supervisor")["items"]
    assert closed[0]["case_id"] == case.case_id, "the latest closed order comes first"
    who = [item for item in case.items("timeline") if item["type"] == "order.closed"]
    assert who[0]["actor"] == {"role": "agent", "account": "demo-agent"}
    texts = {(memo["text"], memo["account"]) for memo in case.items("memos", "demo-supervisor")}
    assert {("@4.15阿华 顾客信息错误 重拍订单", "demo-agent"), ("重拍订单", "demo-agent")} <= texts


def _tasks(shop: Shop, case: OrderUnderTest, type_: str) -> list[dict[str, object]]:
    items = shop.get(f"/v1/work-items?state=open&case_id={case.case_id}", "demo-supervisor")["items"]
    return [item for item in items if item["type"] == type_]
