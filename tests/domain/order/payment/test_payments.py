"""Payments: they add up, in the order they were made; an order that is not paid closes."""

from __future__ import annotations

import pytest

from domain.case.deadline import DeadlineState
from domain.order.money import money
from domain.order.state import OrderStage, Source
from domain.roles import Role
from tests.domain.orders import Order, at, line


def test_paid_in_full() -> None:
    """Lines and freight together: then the order awaits shipment."""
    order = Order()
    order.pay("209.00")
    assert order.stage == OrderStage.AWAITING_SHIPMENT
    assert order.told("payment.received") == ["Paid 209.00 yuan, paid in full"]
    (entry,) = order.state.ledger
    assert (entry.kind, entry.debit, entry.credit, entry.cause) == (
        "payment",
        "buyer",
        "merchant",
        "event:test/payment.received-1",
    )


def test_payments_add_up() -> None:
    """A part is not enough; the order is paid by the payment that completes it."""
    order = Order()
    order.pay("100.00", when=at(hours=1))
    assert order.stage == OrderStage.AWAITING_PAYMENT
    order.pay("109.00", when=at(hours=5), id_="rest")
    assert order.stage == OrderStage.AWAITING_SHIPMENT
    because = order.deadline("ship_by").because
    assert (order.deadline("ship_by").due_at, because.event_id) == (at(hours=77), "rest")
    assert money(order.state).paid == 209


def test_freight_belongs_to_what_is_owed() -> None:
    """The lines' amounts alone do not pay the order."""
    order = Order()
    order.pay("199.00")
    assert order.stage == OrderStage.AWAITING_PAYMENT


def test_what_is_beyond_shows_as_overpaid() -> None:
    """Money beyond lines and freight is kept apart, and starts no clock anew."""
    order = Order()
    order.pay("209.00")
    order.pay("9.00", when=at(hours=3))
    standing = money(order.state)
    assert (f"{standing.paid}", f"{standing.overpaid}") == ("218.00", "9.00")
    assert order.deadline("ship_by").due_at == at(hours=72)


def test_payments_out_of_order() -> None:
    """Two payments, the later one learnt first: the order was paid when the sum was reached, not when we heard."""
    order = Order()
    order.until(at(hours=6))
    order.pay("150.00", when=at(hours=5), id_="later")
    order.pay("59.00", when=at(hours=2), id_="earlier")
    deadline = order.deadline("ship_by")
    assert (deadline.started_at, deadline.because.event_id) == (at(hours=5), "later")


def test_an_earlier_payment_that_arrives_late_moves_the_clock_back() -> None:
    """With it the sum was reached sooner, so the goods are due sooner."""
    order = Order()
    order.pay("100.00", when=at(hours=1))
    order.pay("109.00", when=at(hours=10))
    order.pay("109.00", when=at(hours=4), id_="found")
    deadline = order.deadline("ship_by")
    assert (deadline.due_at, deadline.because.event_id) == (at(hours=76), "found")
    assert [(change.change, change.amount) for change in deadline.changes] == [("moved", "-PT6H")]


def test_paying_meets_the_payment_deadline() -> None:
    """Three days from placing; met by the payment."""
    order = Order()
    assert order.clock("payment") == (DeadlineState.RUNNING, at(days=3))
    order.pay(when=at(hours=71))
    order.until(at(hours=73))
    assert order.clock("payment") == (DeadlineState.MET, at(days=3))
    assert order.stage == OrderStage.AWAITING_SHIPMENT


def test_an_unpaid_order_closes() -> None:
    """Its time passes: closed as unpaid, and the case ends."""
    order = Order()
    order.until(at(days=3))
    assert (order.stage, order.state.outcome, order.state.open) == (OrderStage.CLOSED, "unpaid", False)
    assert order.clock("payment")[0] is DeadlineState.ELAPSED
    assert order.told("order.closed") == ["Closed: not paid in time (P3D after placing)"]
    assert not order.has("ship_by")


def test_a_payment_after_the_deadline_does_not_meet_it() -> None:
    """`met` says in time: a closed order that is paid all the same stays closed, its deadline elapsed."""
    order = Order()
    order.pay(when=at(days=3, hours=1))
    assert (order.stage, order.clock("payment")[0]) == (OrderStage.CLOSED, DeadlineState.ELAPSED)
    assert money(order.state).paid == 209
    assert not order.has("ship_by")


def test_a_late_payment_that_outran_the_clock() -> None:
    """A payment after the deadline, taken in before the clock could pass: the order lives, the deadline is moot."""
    order = Order()
    order.now = at(days=3, hours=1)
    order.pay()
    assert (order.stage, order.clock("payment")[0]) == (OrderStage.AWAITING_SHIPMENT, DeadlineState.CANCELLED)


@pytest.mark.parametrize(
    ("policy", "closes_after"), [("taobao-2012", {"days": 3}), ("douyin", {"minutes": 30}), ("jd", {"days": 1})]
)
def test_the_edition_says_how_long(policy: str, closes_after: dict[str, float]) -> None:
    """Each marketplace closes after its own time."""
    order = Order(policy=policy)
    order.until(at(**closes_after))
    assert order.stage == OrderStage.CLOSED
    because = order.deadline("payment").because
    assert (because.rule, because.policy) == ("payment.within", policy)


@pytest.mark.rule("S2-03")
def test_cash_on_delivery_never_closes_unpaid() -> None:
    """No payment clock runs, however long it takes."""
    order = Order(source=Source.CASH_ON_DELIVERY)
    order.until(at(days=60))
    assert order.stage == OrderStage.AWAITING_SHIPMENT


def test_cash_on_delivery_paid_at_the_door() -> None:
    """The payment is booked; the goods were with the carrier long before, so nothing is late."""
    order = Order(source=Source.CASH_ON_DELIVERY)
    order.consign(when=at(hours=1))
    order.scan(when=at(hours=2))
    order.scan("signed", when=at(days=5))
    order.pay()
    assert order.penalty == (0, "0.00")
    assert not order.has("ship_by")
    assert money(order.state).paid == 209


def test_an_unpaid_order_that_was_received_is_not_closed() -> None:
    """A remittance nobody reported: nothing is confirmed that is not paid; finance finds the money, and it goes on."""
    order = Order(source=Source.REMITTANCE)
    order.consign()
    assert order.refused("confirm_receipt", Role.BUYER) == ["not_paid"]
    order.until(at(days=4))
    assert (order.stage, order.open_tasks()[0]) == (OrderStage.AWAITING_PAYMENT, "shipped_unpaid")
    order.pay()
    order.act("confirm_receipt", Role.BUYER)
    assert (order.stage, order.state.outcome) == (OrderStage.COMPLETED, "completed")
    assert not order.open_tasks()


def test_several_lines_owe_their_sum() -> None:
    """Amounts are per line, not per unit."""
    order = Order(line("1", "100.00"), line("2", "50.50"), freight="0.00")
    order.pay("150.49")
    assert order.stage == OrderStage.AWAITING_PAYMENT
    order.pay("0.01")
    assert order.stage == OrderStage.AWAITING_SHIPMENT
