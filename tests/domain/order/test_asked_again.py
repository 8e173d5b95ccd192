"""Nothing is answered and then forgotten: what is late, silent or unpaid is asked about again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.case.completing import completing
from domain.case.deadline import DeadlineState
from domain.case.ledger import EntryKind, net
from domain.hold.life import SHIP_HOLD
from domain.order.state import Source
from domain.order.waiting import waits_for
from domain.roles import Role
from tests.domain.after_sale.trade import Trade
from tests.domain.hold.held import Held
from tests.domain.orders import at, line, request_by
from tests.domain.people import Worked


def paid() -> Worked:
    order = Worked()
    order.pay()
    return order


def on_its_way() -> Worked:
    order = paid()
    order.consign(when=at(hours=1))
    order.scan("picked_up")
    return order


@pytest.mark.parametrize("outcome", ["wait", "moving"])
def test_a_silent_parcel_is_watched_on(outcome: str) -> None:
    """Silent for as long once more, somebody is asked again, and again; one task at a time."""
    order = on_its_way()
    order.until(at(days=2, hours=2))
    for _ in range(3):
        order.done("tracking_stalled", outcome)
        assert order.deadline("tracking_stall", "zto/ZT1").state is DeadlineState.RUNNING
        order.until(order.now + timedelta(days=2, minutes=1))
        assert order.open_tasks().count("tracking_stalled") == 1
    order.scan("scanned")
    assert "tracking_stalled" not in order.open_tasks()


def test_a_parcel_that_was_found_is_watched_again() -> None:
    """Its tracking goes on from there."""
    order = on_its_way()
    order.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "lost"})
    order.until(at(days=1))
    order.done("parcel_exception", "found")
    order.until(at(days=3, hours=1))
    assert "tracking_stalled" in order.open_tasks()


def test_will_ship_comes_back_when_the_deadline_passes_and_then_daily() -> None:
    """Until it has left; while somebody is at it nobody else is asked."""
    order = paid()
    order.until(at(hours=49))
    order.done("unshipped_48h", "will_ship")
    order.until(at(hours=71))
    assert "unshipped_48h" not in order.open_tasks()
    order.until(at(hours=73))
    for day in range(1, 4):
        order.done("unshipped_48h", "will_ship")
        order.until(order.now + timedelta(hours=23))
        assert "unshipped_48h" not in order.open_tasks()
        order.until(order.now + timedelta(hours=2))
        assert order.open_tasks().count("unshipped_48h") == 1, day
    order.consign()
    order.scan("picked_up")
    assert "unshipped_48h" not in order.open_tasks()
    order.until(at(days=9))
    assert "unshipped_48h" not in order.open_tasks()


def test_an_agreed_time_that_passes_before_the_alert_is_asked_about_once() -> None:
    """Whoever was asked when it passed is not asked the same again after 48 hours."""
    order = paid()
    order.act("agree_ship_by", ship_by=at(hours=30))
    order.until(at(hours=49))
    assert order.open_tasks().count("unshipped_48h") == 1
    order.done("unshipped_48h", "will_ship")
    order.until(at(hours=72))
    assert "unshipped_48h" not in order.open_tasks()
    order.until(at(hours=74))
    assert order.open_tasks().count("unshipped_48h") == 1


def test_will_ship_comes_back_at_the_time_that_was_named() -> None:
    """The buyer hears of it from the shop first."""
    order = paid()
    order.until(at(hours=49))
    assert order.not_done("unshipped_48h", "will_ship", ship_by=at(hours=48)) == ["ship_by_in_past"]
    order.done("unshipped_48h", "will_ship", ship_by=at(hours=60))
    order.until(at(hours=61))
    assert "promise_missed" in order.open_tasks()


def test_goods_that_left_unpaid_are_never_closed_in_silence() -> None:
    """Finance is asked, daily, until the money comes, the goods are back or it is written off."""
    order = Worked()
    order.consign()
    order.scan("picked_up")
    order.until(at(days=3))
    assert order.stage != "closed"
    assert "payment_reminder" not in order.open_tasks()
    order.done("shipped_unpaid", "will_pay", Role.FINANCE)
    order.until(at(days=4, hours=1))
    assert order.not_done("shipped_unpaid", "written_off", Role.AGENT) == ["forbidden"]
    order.pay()
    assert "shipped_unpaid" not in order.open_tasks()


def test_goods_that_came_back_unpaid_close_the_order() -> None:
    """There is nothing left to pay for."""
    order = Worked()
    order.consign()
    order.scan("picked_up")
    order.until(at(days=3))
    order.done("shipped_unpaid", "coming_back", Role.FINANCE)
    order.scan("returned")
    order.until(at(days=5))
    assert (order.stage, order.state.outcome) == ("closed", "unpaid")


def delivered_at_the_door() -> Worked:
    order = Worked(source=Source.CASH_ON_DELIVERY)
    order.done("confirm_cod", "confirmed")
    order.consign()
    order.scan("picked_up")
    order.scan("signed")
    return order


def test_money_paid_at_the_door_is_asked_for_until_it_comes() -> None:
    """The carrier has its time; then finance is asked, daily, though receipt is confirmed and the window over."""
    order = delivered_at_the_door()
    assert [one.what for one in waits_for(order.state) if one.party == "carrier"] == ["money"]
    order.until(at(days=6))
    assert "shipped_unpaid" not in order.open_tasks()
    order.until(at(days=15))
    assert (order.stage, order.state.open) == ("completed", True)
    assert order.not_done("shipped_unpaid", "received", Role.AGENT, amount="9.00") == ["forbidden"]
    order.done("shipped_unpaid", "received", Role.FINANCE, amount="9.00")
    assert order.state.open
    order.until(order.now + timedelta(days=1, minutes=1))
    left = order.state.total - order.state.paid
    assert next(item.values for item in order.state.open_work())["amount"] == str(left)
    order.done("shipped_unpaid", "received", Role.FINANCE, amount=str(left))
    assert net(order.state.ledger, EntryKind.PAYMENT) == order.state.total
    assert not order.state.open


@pytest.mark.parametrize("paid_day", [3, 12])
def test_money_paid_at_the_door_that_comes_ends_the_matter(paid_day: int) -> None:
    """Passed on by the carrier, early or late."""
    order = delivered_at_the_door()
    order.until(at(days=paid_day))
    order.pay()
    assert "shipped_unpaid" not in order.open_tasks()
    order.until(at(days=20))
    assert (order.state.outcome, order.state.open) == ("completed", False)


def test_money_kept_by_the_carrier_can_be_written_off() -> None:
    """The trade has succeeded all the same: its buyer has paid."""
    order = delivered_at_the_door()
    order.until(at(days=15))
    order.done("shipped_unpaid", "written_off", Role.FINANCE)
    assert (order.state.outcome, order.state.open) == ("completed", False)


def test_a_gift_left_alone_costs_nothing_and_keeps_no_freight() -> None:
    """The freight goes with the last line that was paid for, and the order is closed."""
    trade = Trade(line("1", "100.00"), line("2", "0.00"), freight="10.00")
    trade.pay()
    ask = trade.ask("refund_only", "1")
    ask.act("agree")
    assert ask.got() == {"refund": "110.00"}
    assert (trade.stage, trade.state.outcome) == ("closed", "refunded")
    trade.until(at(days=4))
    assert net(trade.state.ledger, EntryKind.LATE_SHIPMENT_POINTS) == 0


def test_held_goods_that_are_kept_are_asked_about_again() -> None:
    """Whoever decided to keep them is not forgotten with the goods."""
    held = Held()
    hold = held.hold()
    held.until(at(hours=49))
    assert hold.open_tasks() == ["hold_release_due"]
    (item,) = hold.state.open_work()
    completing_it, by = completing(SHIP_HOLD), request_by(Role.AGENT, "keep")
    input_ = completing_it.read({"item_id": item.item_id, "outcome": "keep"}, lambda: hold.state)
    hold.case.act(completing_it, by, held.now, input_)
    assert hold.open_tasks() == []
    held.until(held.now + timedelta(days=1, minutes=1))
    assert hold.open_tasks() == ["case_stands_still"]
    hold.release()
    assert hold.open_tasks() == []
