"""Units over HTTP: named, refused, rejected and shown."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox_server import Shop, line


def consigned(shop: Shop, subject: str, **goods: Any) -> dict[str, Any]:
    """What is answered to a report that goods left."""
    number = f"ZT{shop.prefix}"
    return shop.event("parcel.consigned", subject, "demo-erp", carrier="zto", tracking_no=number, **goods)


@pytest.mark.parametrize(
    ("goods", "why"),
    [
        ({"line_ids": ["1", "9"]}, "unknown_line: The order has no line 9."),
        ({"lines": [{"line_id": "1", "quantity": 4}]}, "not_enough_units: There are 3 units of line 1"),
        ({"line_ids": []}, "data.line_ids"),
        ({"lines": []}, "data.lines"),
        ({"line_ids": ["1"], "lines": [{"line_id": "1", "quantity": 1}]}, "not both"),
    ],
)
def test_goods_that_cannot_have_left_are_rejected(shop: Shop, goods: dict[str, Any], why: str) -> None:
    """Unknown lines, none, or more than were ordered: the answer says which, and the order hears nothing."""
    case = shop.open(lines=[line("1") | {"quantity": 3}])
    answer = consigned(shop, case.subject, **goods)
    assert answer["status"] == "rejected"
    assert why in answer["reason"]
    assert case.snapshot()["parcels"] == []


def test_goods_of_an_order_that_is_not_open_yet_are_parked(shop: Shop) -> None:
    """What is strange about them its timeline says."""
    subject = f"order/taobao/{shop.prefix}-later"
    assert consigned(shop, subject, line_ids=["9"])["status"] == "parked"


def test_the_snapshot_says_where_every_unit_is(shop: Shop) -> None:
    """Two of three units left: on the parcel with their number, on the line beside the one that did not."""
    case = shop.open(lines=[line("1") | {"quantity": 3}])
    case.pay()
    assert consigned(shop, case.subject, lines=[{"line_id": "1", "quantity": 2}])["status"] == "accepted"
    seen = case.until(lambda seen: seen["parcels"])
    assert seen["parcels"][0]["lines"] == [{"line_id": "1", "quantity": 2}]
    units = seen["lines"][0]["units"]
    assert (units["ordered"], units["shipped"], units["not_shipped"]) == (3, 2, 1)
    assert units["ordered"] == sum(count for place, count in units.items() if place != "ordered")


def test_lines_and_line_ids_are_two_ways_of_one_thing(shop: Shop) -> None:
    """Both at once are no input."""
    case = shop.open()
    case.pay()
    wish = {"service": "refund_only", "reason": "other", "line_ids": ["1"], "lines": [{"line_id": "1", "quantity": 1}]}
    assert case.act("request_after_sale", wish, "demo-buyer").status_code == 422


@pytest.mark.parametrize("quantity", ["1", True, 1.5, 0, -1, 100_001, None])
def test_a_quantity_is_a_whole_number(shop: Shop, quantity: object) -> None:
    """Of one to a hundred thousand, and no text that looks like one."""
    case = shop.open()
    case.pay()
    wish = {"service": "refund_only", "reason": "other", "lines": [{"line_id": "1", "quantity": quantity}]}
    assert case.act("request_after_sale", wish, "demo-buyer").status_code == 422
