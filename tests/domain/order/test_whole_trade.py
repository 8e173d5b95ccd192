"""A trade from placing to complaint, and that no order is ever left to itself."""

from __future__ import annotations

import pytest

from domain.parcels.carriers import carrier_name
from domain.roles import Role
from tests.domain.orders import Order, at
from tests.domain.people import Worked


@pytest.mark.rule("S2-02")
def test_a_trade_goes_through_all_its_parts() -> None:
    """Placed, called about payment, paid, shipped, tracked, signed, returned, confirmed and complained of: one case."""
    order = Worked()
    order.until(at(hours=11))
    order.done("payment_reminder", "reached", reason="considering")
    order.pay(when=at(hours=12))
    order.consign(when=at(hours=20))
    order.scan("picked_up", when=at(hours=21))
    order.scan("signed", when=at(days=2))
    order.act("request_after_sale", Role.BUYER, service="return_refund", reason="quality")
    order.act("confirm_receipt", Role.BUYER)
    order.act("file_complaint", Role.BUYER, type="consumer_protection")
    stages = [summary.removeprefix("Stage: ") for summary in order.told("order.stage")]
    assert stages == ["awaiting_shipment", "in_transit", "delivered", "completed"]
    assert [child.kind for child in order.state.children] == ["after_sale", "complaint"]


@pytest.mark.rule("S4-18")
def test_no_open_order_is_left_to_itself() -> None:
    """Whatever its stage, a clock runs that will look at it; nobody has to go through the orders at set times."""
    order = Order()
    assert order.state.next_due() is not None
    order.pay()
    assert order.state.next_due() is not None
    order.consign(when=at(hours=1))
    assert order.state.next_due() is not None
    order.scan("picked_up", when=at(hours=2))
    assert order.state.next_due() is not None
    order.scan("signed", when=at(days=1))
    while order.state.open:
        due = order.state.next_due_at()
        assert due is not None, order.stage
        order.until(due)
    assert order.stage == "completed"


@pytest.mark.rule("S2-55")
@pytest.mark.parametrize(
    ("code", "name"),
    [("sf", "顺丰"), ("yto", "圆通"), ("sto", "申通"), ("zto", "中通"), ("yunda", "韵达"), ("ttk", "天天")],
)
def test_carriers_go_by_their_names(code: str, name: str) -> None:
    """Buyers and agents read the name; a carrier that has none keeps its code."""
    assert carrier_name(code) == name
    assert carrier_name("swift-9") == "swift-9"


@pytest.mark.rule("S4-13")
def test_a_paid_order_changes_its_carrier() -> None:
    """Read by the ERP, it is a task there too; shipped, it cannot be changed."""
    order = Worked()
    order.pay()
    order.act("change_order", carrier="sf")
    assert (order.state.wanted_carrier, order.open_tasks()) == ("sf", [])
    order.happened("order.erp_read", when=at(minutes=10))
    order.act("change_order", carrier="ems")
    assert order.open_task("order_audit").variant == "change"
    order.consign(when=at(hours=1))
    assert order.refused("change_order", carrier="zto") == ["already_shipped"]
