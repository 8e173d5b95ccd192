"""The ship alert: 48 hours after payment somebody finds out why the goods have not left."""

from __future__ import annotations

import pytest

from domain.case.deadline import DeadlineState
from tests.domain.orders import Order, at, campaign, line, shipped_order, work


@pytest.mark.rule("S4-14", "S4-34")
def test_unshipped_for_48_hours() -> None:
    """Before anyone asks: out of stock, or shipped and not reported? There is a day left to do something about it."""
    order = Order()
    order.pay()
    order.until(at(hours=47, minutes=59))
    assert order.open_tasks() == []
    order.until(at(hours=48))
    item = order.task("unshipped_48h")
    assert (item.state, item.created_at, item.due_at) == ("open", at(hours=48), at(hours=72))
    assert order.deadline("ship_alert").state is DeadlineState.ELAPSED
    assert {"out_of_stock", "shipped_not_reported"} < set(work("unshipped_48h").outcomes)


@pytest.mark.rule("S4-34")
def test_the_ladder_starts_once() -> None:
    """One task, however long the order stays unshipped; those above hear once that it is late."""
    order = Order()
    order.pay()
    order.until(at(days=9))
    assert order.open_tasks() == ["unshipped_48h", "escalation"]


def test_nobody_is_asked_about_what_left_in_time() -> None:
    """The carrier has it before the 48th hour: the clock is met."""
    order = shipped_order()
    order.until(at(hours=49))
    assert "unshipped_48h" not in order.open_tasks()
    assert order.deadline("ship_alert").state is DeadlineState.MET


def test_said_shipped_is_not_enough() -> None:
    """Without a scan somebody is asked all the same."""
    order = Order()
    order.pay()
    order.consign(when=at(hours=40))
    order.until(at(hours=48))
    assert order.open_tasks() == ["unshipped_48h"]


def test_the_task_settles_itself_when_the_goods_leave() -> None:
    """Not with the first of two lines, but with the last."""
    order = Order(line("1"), line("2"))
    order.pay()
    order.until(at(hours=50))
    order.consign("ZT1", "1")
    order.scan("picked_up", "ZT1")
    assert order.open_tasks() == ["unshipped_48h"]
    order.consign("ZT2", "2")
    order.scan("picked_up", "ZT2")
    assert order.task("unshipped_48h").state == "superseded"
    assert order.told("work_item.superseded") == ["Task settled itself: Unshipped for 48 hours"]


def test_a_later_ship_deadline_moves_the_alert() -> None:
    """It keeps its distance of a day, agreed, promised or by campaign alike."""
    agreed, promised, in_campaign = Order(), Order(promised_ship_by=at(days=10)), Order(campaign=campaign())
    for order in (agreed, promised, in_campaign):
        order.pay()
    agreed.act("agree_ship_by", ship_by=at(hours=100))
    assert agreed.deadline("ship_alert").due_at == at(hours=76)
    assert promised.deadline("ship_alert").due_at == at(days=9)
    assert in_campaign.deadline("ship_alert").due_at == at(days=6)


@pytest.mark.rule("S4-34")
def test_an_alert_that_comes_again_asks_nobody_twice() -> None:
    """A time agreed after the alert moves it; when it passes again, the task is still there."""
    order = Order()
    order.pay()
    order.until(at(hours=50))
    order.act("agree_ship_by", ship_by=at(hours=100))
    assert order.clock("ship_alert") == (DeadlineState.RUNNING, at(hours=76))
    order.until(at(hours=77))
    assert order.deadline("ship_alert").state is DeadlineState.ELAPSED
    assert [item.type for item in order.state.work_items] == ["unshipped_48h", "escalation"]


def test_a_sooner_ship_deadline_leaves_the_alert() -> None:
    """48 hours after payment at the soonest."""
    order = Order()
    order.pay()
    order.act("agree_ship_by", ship_by=at(hours=60))
    assert order.deadline("ship_alert").due_at == at(hours=48)


def test_a_pause_puts_off_both_alike() -> None:
    """A refund that is open for ten hours puts off the ship deadline and its alert by ten hours each."""
    order = Order()
    order.pay()
    order.until(at(hours=10))
    order.open_refund()
    assert order.deadline("ship_alert").state is DeadlineState.PAUSED
    order.until(at(hours=20))
    order.open_refund(is_open=False)
    assert (order.deadline("ship_by").due_at, order.deadline("ship_alert").due_at) == (at(hours=82), at(hours=58))


def test_shipped_in_the_time_a_pause_gave() -> None:
    """Picked up between the 48th hour and the alert put off by a pause: nobody is asked."""
    order = Order()
    order.pay()
    order.until(at(hours=10))
    order.open_refund()
    order.until(at(hours=20))
    order.open_refund(is_open=False)
    order.consign()
    order.scan("picked_up", when=at(hours=50))
    assert order.deadline("ship_alert").state is DeadlineState.MET
    order.until(at(hours=60))
    assert order.open_tasks() == []


def test_the_alert_does_not_come_twice_for_a_pause_after_it() -> None:
    """A pause that begins after the alert moves the ship deadline alone."""
    order = Order()
    order.pay()
    order.until(at(hours=50))
    order.open_refund()
    order.until(at(hours=60))
    order.open_refund(is_open=False)
    assert order.clock("ship_alert") == (DeadlineState.ELAPSED, at(hours=48))
    assert order.deadline("ship_by").due_at == at(hours=82)


def test_no_alert_for_an_order_that_is_over() -> None:
    """Completed or closed, nobody needs to ask."""
    order = Order()
    order.until(at(days=3, hours=1))
    order.pay()
    assert not order.has("ship_alert")
