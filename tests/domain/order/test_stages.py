"""Stages: where an order stands, going by its goods; it never turns back."""

from __future__ import annotations

import pytest

from domain.order.state import OrderStage, Source
from domain.parcels.journey import first_scan_at, last_scan_at, status_of_parcel
from domain.roles import Role
from tests.domain.orders import Order, at, line, shipped_order


def paid(*amounts: str) -> Order:
    """A paid order with a line for each amount."""
    order = Order(*(line(str(number), amount) for number, amount in enumerate(amounts, 1)))
    order.pay()
    return order


def test_the_life_of_an_order() -> None:
    """From placing to completion, each stage once, in its order."""
    order = shipped_order()
    order.scan("signed", when=at(days=2))
    order.act("confirm_receipt", Role.BUYER)
    assert [summary.removeprefix("Stage: ") for summary in order.told("order.stage")] == [
        OrderStage.AWAITING_SHIPMENT,
        OrderStage.IN_TRANSIT,
        OrderStage.DELIVERED,
        OrderStage.COMPLETED,
    ]


def test_said_shipped_is_not_in_transit() -> None:
    """The seller's word alone changes no stage; the carrier's scan does."""
    order = paid("199.00")
    order.consign()
    assert order.stage == OrderStage.AWAITING_SHIPMENT
    order.scan("scanned")
    assert order.stage == OrderStage.IN_TRANSIT


def test_part_shipments() -> None:
    """In transit once the carrier has every line, delivered once every parcel is signed for."""
    order = paid("100.00", "100.00")
    order.consign("ZT1", "1")
    order.scan("picked_up", "ZT1")
    assert order.stage == OrderStage.AWAITING_SHIPMENT
    order.scan("signed", "ZT1", when=at(days=1))
    order.consign("ZT2")
    order.scan("picked_up", "ZT2")
    assert order.stage == OrderStage.IN_TRANSIT
    order.scan("signed", "ZT2", when=at(days=2))
    assert order.stage == OrderStage.DELIVERED


def test_one_line_in_two_parcels() -> None:
    """It is in transit once the carrier has both, delivered once both are signed for."""
    order = Order(line(quantity=3))
    order.pay()
    order.consign("ZT1", units={"1": 2})
    order.consign("ZT2", "1")
    order.scan("picked_up", "ZT1")
    assert order.stage == OrderStage.AWAITING_SHIPMENT
    order.scan("picked_up", "ZT2")
    order.scan("signed", "ZT1", when=at(days=1))
    assert order.stage == OrderStage.IN_TRANSIT
    order.scan("signed", "ZT2")
    assert order.stage == OrderStage.DELIVERED


def test_an_earlier_fact_does_not_turn_the_stage_back() -> None:
    """A pick-up learnt after the signature is kept, and the order stays delivered."""
    order = paid("100.00")
    order.consign()
    order.scan("signed", when=at(hours=40))
    order.scan("picked_up", when=at(hours=2))
    assert order.stage == OrderStage.DELIVERED
    (parcel,) = order.state.parcels
    assert (status_of_parcel(parcel)[0], first_scan_at(parcel), last_scan_at(parcel)) == (
        "signed",
        at(hours=2),
        at(hours=40),
    )


def test_a_parcel_that_joins_later_does_not_turn_the_stage_back() -> None:
    """What was in transit stays so, though more of a line is said to follow."""
    order = shipped_order()
    order.consign("ZT2", "1", when=at(hours=5))
    assert order.stage == OrderStage.IN_TRANSIT
    order.scan("signed", "ZT1")
    order.scan("signed", "ZT2")
    assert order.stage == OrderStage.DELIVERED
    order.consign("ZT3", "1", when=at(hours=9))
    assert order.stage == OrderStage.DELIVERED


def test_goods_that_move_before_the_payment_is_known() -> None:
    """The order awaits payment until it is told; then it is where its goods are."""
    order = Order()
    order.consign(when=at(hours=1))
    order.scan()
    assert order.stage == OrderStage.AWAITING_PAYMENT
    order.pay()
    assert order.stage == OrderStage.IN_TRANSIT


def test_cash_on_delivery_moves_unpaid() -> None:
    """Its goods decide, not its payment."""
    order = Order(source=Source.CASH_ON_DELIVERY)
    order.consign(when=at(hours=1))
    order.scan()
    assert order.stage == OrderStage.IN_TRANSIT
    order.scan("signed", when=at(days=1))
    assert order.stage == OrderStage.DELIVERED


def test_what_is_refunded_does_not_move() -> None:
    """The rest decides the stage; with nothing left to ship the order is closed."""
    order = paid("100.00", "100.00")
    order.refund("1")
    assert order.stage == OrderStage.AWAITING_SHIPMENT
    order.refund("2")
    assert (order.stage, order.state.outcome, order.state.open) == (OrderStage.CLOSED, "refunded", False)


def test_virtual_goods_are_delivered_by_the_seller() -> None:
    """No carrier is waited for: consigned is delivered, and in time."""
    order = Order(line(virtual=True))
    order.pay()
    order.consign(when=at(hours=2))
    assert (order.stage, order.deadline("ship_by").state) == (OrderStage.DELIVERED, "met")
    assert not order.has("tracking_start")
    assert not order.has("return_window"), "nobody signs for virtual goods"


def test_virtual_goods_beside_a_parcel() -> None:
    """The parcel decides; virtual goods wait for no signature."""
    order = Order(line("1", virtual=True), line("2"))
    order.pay()
    order.consign("CODE", "1")
    assert order.stage == OrderStage.AWAITING_SHIPMENT
    order.consign("ZT2", "2")
    order.scan("picked_up", "ZT2")
    assert order.stage == OrderStage.IN_TRANSIT
    order.scan("signed", "ZT2", when=at(days=1))
    assert order.stage == OrderStage.DELIVERED


@pytest.mark.rule("S2-67")
def test_confirming_receipt_ends_the_trade() -> None:
    """Pleased or not, signed for or not: the buyer's word completes the order."""
    order = shipped_order()
    order.act("confirm_receipt", Role.BUYER)
    assert (order.stage, order.state.outcome, order.state.completed_at) == (
        OrderStage.COMPLETED,
        "completed",
        at(hours=1),
    )
    assert order.told("order.completed") == ["Receipt confirmed by the buyer"]
    assert order.deadline("auto_confirm").state == "met"


@pytest.mark.rule("S3-01")
def test_whether_receipt_was_confirmed_is_a_fact_of_the_order() -> None:
    """A JD order that is signed for counts as not received until the buyer or the timeout says so."""
    order = shipped_order(policy="jd")
    order.scan("signed", when=at(days=2))
    assert order.state.completed_at is None
    order.act("confirm_receipt", Role.BUYER)
    assert order.state.completed_at == at(days=2)
    by_timeout = shipped_order(policy="jd")
    by_timeout.until(at(days=12))
    assert by_timeout.state.completed_at == at(days=10, hours=1)


def test_a_closed_order_stays_closed() -> None:
    """Goods that move all the same change no stage."""
    order = Order()
    order.until(at(days=3))
    order.consign()
    order.scan("signed")
    assert order.stage == OrderStage.CLOSED
