"""The ship deadline: when it is met, by which goods, and when it stands still."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.case.deadline import DeadlineState
from domain.roles import Role
from tests.domain.orders import Order, at, line

MET, RUNNING, ELAPSED = DeadlineState.MET, DeadlineState.RUNNING, DeadlineState.ELAPSED


@pytest.mark.rule("S2-84")
@pytest.mark.parametrize(("picked_up", "state"), [(at(hours=72), MET), (at(hours=72, seconds=1), ELAPSED)])
def test_met_by_the_carriers_time(picked_up: datetime, state: DeadlineState) -> None:
    """What counts is the first scan in the carrier's system; the very moment it is due is in time."""
    order = Order()
    order.pay()
    order.consign(when=at(hours=1))
    order.scan("picked_up", when=picked_up)
    assert order.deadline("ship_by").state is state


def test_met_once_the_carrier_has_every_line() -> None:
    """One line of two is not enough."""
    order = Order(line("1"), line("2"))
    order.pay()
    order.consign("ZT1", "1")
    order.scan("picked_up", "ZT1")
    assert order.deadline("ship_by").state is RUNNING
    order.consign("ZT2", "2")
    order.scan("picked_up", "ZT2", when=at(hours=3))
    assert order.deadline("ship_by").state is MET


def test_a_parcel_that_joins_later_takes_nothing_back() -> None:
    """The carrier had the line in time; another parcel that names it, sent after that, holds nothing of it."""
    order = Order()
    order.pay()
    order.consign("ZT1", "1", when=at(hours=1))
    order.scan("picked_up", "ZT1", when=at(hours=2))
    order.consign("ZT2", "1", when=at(hours=3))
    order.until(at(hours=73))
    assert (order.deadline("ship_by").state, order.penalty) == (MET, (0, "0.00"))


def test_a_parcel_that_left_before_the_scan_counts() -> None:
    """Two parcels of a line had left, and the carrier had one of them: the units in the other are late."""
    order = Order(line(quantity=3))
    order.pay()
    order.consign("ZT1", units={"1": 2}, when=at(hours=1))
    order.consign("ZT2", "1", when=at(hours=2))
    order.scan("picked_up", "ZT1", when=at(hours=3))
    order.until(at(hours=73))
    assert (order.deadline("ship_by").state, order.penalty) == (ELAPSED, (3, "3.32"))


def test_virtual_goods_sent_twice_count_from_the_first_time() -> None:
    """The second sending takes nothing back either."""
    order = Order(line(virtual=True))
    order.pay()
    order.until(at(hours=80))
    order.consign("CODE-2", "1", when=at(hours=75))
    order.consign("CODE-1", "1", when=at(hours=70))
    assert (order.deadline("ship_by").state, order.penalty) == (MET, (0, "0.00"))


def test_a_buyer_who_confirms_receipt_has_the_goods() -> None:
    """Confirmed before they were due, they are not late, though no scan was ever reported."""
    order = Order()
    order.pay()
    order.consign()
    order.act("confirm_receipt", Role.BUYER)
    order.until(at(hours=73))
    assert (order.deadline("ship_by").state, order.penalty) == (MET, (0, "0.00"))


def test_paused_while_every_unshipped_line_awaits_a_refund() -> None:
    """One refund of two lines pauses nothing; both pause the clock; one withdrawn lets it go on, later by as much."""
    order = Order(line("1"), line("2"))
    order.pay()
    order.open_refund("1")
    assert order.deadline("ship_by").state is RUNNING
    order.until(at(hours=10))
    order.open_refund("2")
    assert order.deadline("ship_by").state is DeadlineState.PAUSED
    order.until(at(hours=15))
    order.open_refund("2", is_open=False)
    assert order.clock("ship_by") == (RUNNING, at(hours=77))


def test_a_refund_of_the_only_unshipped_line_pauses() -> None:
    """Lines that the carrier has are not waited for."""
    order = Order(line("1"), line("2"))
    order.pay()
    order.consign("ZT1", "1")
    order.scan("picked_up", "ZT1")
    order.open_refund("2")
    assert order.deadline("ship_by").state is DeadlineState.PAUSED


def test_a_paused_clock_does_not_pass() -> None:
    """No penalty while it stands still, however long."""
    order = Order()
    order.pay()
    order.open_refund()
    order.until(at(hours=72) + timedelta(days=5))
    assert order.penalty == (0, "0.00")


def test_picked_up_while_the_clock_stands_still() -> None:
    """Shipped in spite of the refund request, after the 72nd hour: in time, and nothing is told of a breach."""
    order = Order()
    order.pay()
    order.until(at(hours=70))
    order.open_refund()
    order.consign(when=at(hours=74))
    order.scan("picked_up", when=at(hours=75))
    assert order.clock("ship_by") == (MET, at(hours=77))
    order.until(at(hours=90))
    assert (order.clock("ship_by"), order.penalty) == ((MET, at(hours=77)), (0, "0.00"))
    assert order.told("ship_by.elapsed") == []


def test_nothing_is_due_of_refunded_lines() -> None:
    """Once every owed line is refunded the deadline is cancelled."""
    order = Order(line("1"), line("2", made_to_order=True))
    order.pay()
    order.refund("1")
    assert order.state.open
    assert order.deadline("ship_by").state is DeadlineState.CANCELLED
