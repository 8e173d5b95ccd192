"""What speaks against each action: every reason at once, and which of them need no input to be known."""

from __future__ import annotations

from typing import Any

import pytest

from domain.order.life import ORDER
from domain.order.state import Source
from domain.roles import Role
from tests.domain.orders import Order, at, line, request_by, shipped_order

BUYER = Role.BUYER

CONTRACT = {
    "confirm_receipt": {"buyer"},
    "extend_receipt": {"agent", "supervisor", "owner", "buyer"},
    "agree_ship_by": {"agent", "owner"},
    "report_out_of_stock": {"agent", "warehouse"},
    "change_order": {"agent"},
    "close_unpaid": {"agent", "owner"},
    "add_memo": {"agent", "supervisor", "owner"},
}


def two_lines() -> Order:
    """A paid order of two lines, nothing shipped."""
    order = Order(line("1"), line("2"))
    order.pay()
    return order


def completed() -> Order:
    """A shipped order whose receipt the buyer confirmed."""
    order = shipped_order()
    order.act("confirm_receipt", BUYER)
    return order


@pytest.mark.parametrize(("action", "roles"), CONTRACT.items())
def test_who_may(action: str, roles: set[str]) -> None:
    """The roles of each action; its example is an input that it takes."""
    rule = ORDER.action(action)
    assert set(rule.roles) == roles
    rule.input.model_validate(rule.example)
    assert rule.title
    assert rule.input.model_config.get("extra") == "forbid"


def test_confirm_receipt() -> None:
    """Once every line is said to be shipped; not twice."""
    order = two_lines()
    assert order.against("confirm_receipt", BUYER) == ["not_shipped"]
    order.consign("ZT1", "1")
    assert order.refused("confirm_receipt", BUYER) == ["not_shipped"]
    order.consign("ZT2", "2")
    assert order.against("confirm_receipt", BUYER) == []
    assert completed().refused("confirm_receipt", BUYER) == ["already_completed"]


def test_extend_receipt_by_the_seller() -> None:
    """Once something is shipped, until completed, by the numbers of days that the edition knows."""
    order = two_lines()
    assert order.against("extend_receipt") == ["not_shipped"]
    assert order.refused("extend_receipt", days=4) == ["not_shipped", "invalid_days"]
    order.consign("ZT1", "1")
    assert order.against("extend_receipt") == []
    assert [days for days in range(-1, 12) if not order.refused("extend_receipt", days=days)] == [3, 5, 7, 10]
    assert completed().against("extend_receipt") == ["already_completed"]


def test_extend_receipt_by_the_buyer() -> None:
    """By three days, once; the reason is known without input."""
    order = shipped_order()
    assert [days for days in (0, 1, 5, 7, 10) if not order.refused("extend_receipt", BUYER, days=days)] == []
    assert order.refused("extend_receipt", BUYER, days=5) == ["invalid_days"]
    assert order.refused("extend_receipt", BUYER, days=3) == []
    assert order.against("extend_receipt", BUYER) == ["already_extended"]
    assert order.refused("extend_receipt", BUYER, days=5) == ["already_extended", "invalid_days"]
    assert order.against("extend_receipt") == [], "the seller still may"


def test_agree_ship_by() -> None:
    """A time to come, while something is unshipped and nothing is late yet."""
    order = Order()
    order.pay()
    assert order.against("agree_ship_by") == []
    order.until(at(hours=5))
    assert order.refused("agree_ship_by", ship_by=at(hours=5)) == ["ship_by_in_past"]
    order.consign()
    assert order.against("agree_ship_by") == [], "the carrier does not have it yet"
    order.scan()
    assert order.against("agree_ship_by") == ["already_shipped"]
    assert order.refused("agree_ship_by", ship_by=at(hours=1)) == ["already_shipped", "ship_by_in_past"]


def test_a_breach_is_not_agreed_away() -> None:
    """A time agreed after the deadline has passed undoes nothing; the reason names when that was, in China time."""
    order = Order()
    order.pay()
    order.until(at(hours=72))
    (reason,) = order.case.refusals(ORDER.action("agree_ship_by"), request_by(Role.AGENT), order.now, None)
    assert (reason.code, "14 Nov 00:00" in reason.message) == ("already_late", True)
    assert order.refused("agree_ship_by", ship_by=at(hours=100)) == ["already_late"]


@pytest.mark.parametrize(
    ("input_", "codes"),
    [
        ({"line_ids": ["1"]}, ["already_shipped"]),
        ({"line_ids": ["2"]}, []),
        ({"line_ids": ["9"]}, ["unknown_line"]),
        ({"line_ids": ["1", "2", "9"]}, ["unknown_line", "already_shipped"]),
        ({"lines": [{"line_id": "2", "quantity": 2}]}, ["not_enough_units"]),
    ],
)
def test_report_out_of_stock(input_: dict[str, Any], codes: list[str]) -> None:
    """A line that left, by the seller's own word, is not out of stock; each wrong line is named."""
    order = two_lines()
    order.consign("ZT1", "1")
    assert order.against("report_out_of_stock") == []
    assert order.refused("report_out_of_stock", **input_) == codes


def test_nothing_is_out_of_stock_once_everything_left() -> None:
    """Known without input as soon as every line is said to be shipped."""
    order = two_lines()
    order.consign()
    assert order.against("report_out_of_stock") == ["already_shipped"]
    assert order.refused("report_out_of_stock", line_ids=["1"]) == ["already_shipped"]


def test_close_unpaid() -> None:
    """Paid, shipped, completed, too soon: every reason at once; consent is the input's."""
    order = Order()
    order.consign()
    assert order.against("close_unpaid") == ["already_shipped", "too_soon"]
    order.pay("0.01")
    assert order.against("close_unpaid") == ["already_paid", "already_shipped", "too_soon"]
    order.pay(str(order.state.lacking))
    order.act("confirm_receipt", BUYER)
    assert order.against("close_unpaid") == ["already_completed", "already_paid", "already_shipped", "too_soon"]
    assert order.refused("close_unpaid", reason="memo:1", buyer_consent=False)[-1] == "consent_required"


def test_cash_on_delivery_may_be_closed_with_consent() -> None:
    """Nobody closes it alone, but the buyer may agree (S2-19)."""
    order = Order(source=Source.CASH_ON_DELIVERY)
    order.until(at(days=1))
    assert order.against("close_unpaid") == []
    assert order.refused("close_unpaid", reason="memo:1", buyer_consent=False) == ["consent_required"]


@pytest.mark.rule("S2-62")
def test_what_a_buyer_may_do_after_signing() -> None:
    """Confirm receipt, put it off, or leave it."""
    order = shipped_order()
    order.scan("signed", when=at(days=2))
    allowed = [a.name for a in ORDER.actions if BUYER in a.roles and not order.against(a.name, BUYER)]
    assert {"confirm_receipt", "extend_receipt"} <= set(allowed)
