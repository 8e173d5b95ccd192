"""Buyers who want it sooner, and what the shop promises them (S2-53, S2-54, S2-86, S2-89)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.roles import Role
from tests.domain.orders import at, line
from tests.domain.people import Worked


def paid() -> Worked:
    order = Worked()
    order.pay()
    return order


def promised() -> Worked:
    """The warehouse stands by 20 hours after placing."""
    order = paid()
    order.act("promise_ship_by", ship_by=at(hours=20).isoformat())
    order.done("confirm_promise", "feasible", Role.WAREHOUSE)
    return order


@pytest.mark.rule("S2-53")
def test_a_buyer_urges() -> None:
    """Somebody answers the buyer; they need not be answered twice at once."""
    order = paid()
    order.act("urge_shipment", Role.BUYER)
    assert order.open_task("ship_urge").group == "presale"
    assert order.refused("urge_shipment", Role.BUYER) == ["already_urged"]
    order.done("ship_urge", "told")
    order.act("urge_shipment", Role.BUYER)


@pytest.mark.parametrize("action", ["urge_shipment", "promise_ship_by"])
def test_nothing_ships_sooner_than_it_can(action: str) -> None:
    """Unpaid, nothing ships; shipped, nothing is left to hurry."""
    input_ = {"ship_by": at(hours=2).isoformat()} if action == "promise_ship_by" else {}
    assert Worked().refused(action, **input_) == ["not_paid"]
    shipped = paid()
    shipped.consign(when=at(hours=1))
    shipped.scan("picked_up")
    assert shipped.refused(action, **input_) == ["already_shipped"]


@pytest.mark.rule("S2-54")
def test_only_what_the_warehouse_can_keep_is_promised() -> None:
    """It is asked first; without its word no promise stands, and no clock runs."""
    order = paid()
    order.act("promise_ship_by", ship_by=at(hours=20).isoformat())
    assert (order.open_task("confirm_promise").group, order.has("promised_ship")) == ("warehouse", False)
    assert order.open_task("confirm_promise").values["promised_at"] == "2026-11-11T12:00:30Z"
    order.done("confirm_promise", "not_feasible", Role.WAREHOUSE)
    assert (order.has("promised_ship"), order.told("promise.made")) == (False, [])


@pytest.mark.rule("S2-89")
def test_a_promise_that_is_missed() -> None:
    """The buyer hears it from the shop, with another time or their money; the marketplace's own deadline stays."""
    order = promised()
    assert order.clock("promised_ship", "promise-1") == ("running", at(hours=20))
    order.until(at(hours=20))
    order.done("promise_missed", "agreed_new_time", ship_by=at(hours=30).isoformat())
    assert order.clock("promised_ship", "promise-2") == ("running", at(hours=30))
    assert order.clock("ship_by") == ("running", at(hours=72))
    order.until(at(hours=30))
    order.done("promise_missed", "refund")
    assert order.requests[0].demand.reason == "late"


def test_a_promise_that_is_kept() -> None:
    """The carrier has the goods in time, by its own records."""
    order = promised()
    order.consign(when=at(hours=10))
    order.scan("picked_up", when=at(hours=19))
    assert order.deadline("promised_ship", "promise-1").state == "met"
    order.until(at(hours=25))
    assert "promise_missed" not in [item.type for item in order.state.work_items]


def test_the_past_is_not_promised() -> None:
    """Neither at first nor after it was missed."""
    order = paid()
    order.until(at(hours=5))
    assert order.refused("promise_ship_by", ship_by=at(hours=4).isoformat()) == ["ship_by_in_past"]
    late = promised()
    late.until(at(hours=20))
    assert late.not_done("promise_missed", "agreed_new_time", ship_by=at(hours=20).isoformat()) == ["ship_by_in_past"]


@pytest.mark.rule("S2-54", "S2-89")
def test_only_the_warehouse_says_that_a_promise_can_be_kept() -> None:
    """Whoever wants to promise cannot confirm it to themselves."""
    order = Worked()
    order.pay()
    order.act("promise_ship_by", ship_by=at(hours=20).isoformat())
    assert order.not_done("confirm_promise", "feasible", Role.AGENT) == ["forbidden"]


def urged() -> Worked:
    order = paid()
    order.act("urge_shipment", Role.BUYER)
    return order


@pytest.mark.rule("S2-53", "S2-54")
@pytest.mark.parametrize(
    ("answer", "memo"),
    [
        ("feasible", "已告知顾客11月11日 20:00前发出"),
        ("not_feasible", "已告知顾客11月11日 20:00前发不出，按正常时间发货"),
    ],
)
def test_presale_hears_what_became_of_an_urgent_order(answer: str, memo: str) -> None:
    """Sending it early asks the warehouse; its answer is presale's task, and the memo says what was told."""
    order = urged()
    order.done("ship_urge", "arranged", ship_by=at(hours=20).isoformat())
    order.done("confirm_promise", answer, Role.WAREHOUSE)
    task = order.open_task("promise_answered")
    assert (task.group, task.variant) == ("presale", answer)
    order.done("promise_answered", "told")
    assert order.memos == ["顾客催发货，已问仓库能否11月11日 20:00前发出", memo]
    assert order.open_tasks() == []


def test_without_a_time_the_warehouse_is_asked_for_tomorrow() -> None:
    """The end of the next day, China time."""
    order = urged()
    order.done("ship_urge", "arranged")
    assert order.open_task("confirm_promise").values["promised_at"] == "2026-11-12T16:00:00Z"
    assert order.refused("promise_ship_by", ship_by=at(hours=-1).isoformat()) == ["ship_by_in_past"]


def test_a_buyer_who_is_not_reached_is_called_again() -> None:
    """The next day, about the same promise; not once the goods have left."""
    order = urged()
    order.done("ship_urge", "arranged")
    order.done("confirm_promise", "feasible", Role.WAREHOUSE)
    order.done("promise_answered", "unreachable")
    again = order.open_task("promise_answered")
    assert (again.not_before, again.variant) == (order.now + timedelta(days=1), "feasible")
    order.consign()
    order.scan("picked_up")
    assert order.open_tasks() == []


@pytest.mark.rule("S2-53")
def test_by_sf_the_carrier_is_set_and_the_memo_written() -> None:
    """In the ERP's order audit too, where it has read the order."""
    order = urged()
    order.happened("order.erp_read")
    order.done("ship_urge", "sf_upgrade")
    assert (order.state.wanted_carrier, order.memos) == ("sf", ["顾客催发货，补差价改发顺丰"])
    assert order.open_task("order_audit").variant == "change"
    late = urged()
    late.consign()
    assert late.not_done("ship_urge", "sf_upgrade") == ["already_shipped"]


def test_the_warehouse_does_not_stand_by_a_time_that_has_passed() -> None:
    """Whoever promised it would break it by that; the time that is possible is another promise."""
    order = paid()
    order.act("promise_ship_by", ship_by=at(hours=5).isoformat())
    order.until(at(hours=5))
    assert order.not_done("confirm_promise", "feasible", Role.WAREHOUSE) == ["ship_by_in_past"]
    order.done("confirm_promise", "not_feasible", Role.WAREHOUSE)


def test_a_promise_that_was_missed_is_not_told_any_more() -> None:
    """The call about that is what the buyer hears; that nothing was promised is still told."""
    order = urged()
    order.done("ship_urge", "arranged", ship_by=at(hours=20).isoformat())
    order.done("confirm_promise", "feasible", Role.WAREHOUSE)
    order.until(at(hours=20))
    assert "promise_answered" not in order.open_tasks()
    assert "promise_missed" in order.open_tasks()
    other = urged()
    other.done("ship_urge", "arranged", ship_by=at(hours=20).isoformat())
    other.done("confirm_promise", "not_feasible", Role.WAREHOUSE)
    other.until(at(hours=20))
    assert "promise_answered" in other.open_tasks()


def test_who_is_not_reached_about_a_missed_promise_is_called_again() -> None:
    """Custom goods too, which have no other deadline."""
    order = Worked(line("1", "80.00", made_to_order=True))
    order.pay()
    order.act("promise_ship_by", ship_by=at(hours=20).isoformat())
    order.done("confirm_promise", "feasible", Role.WAREHOUSE)
    order.until(at(hours=20))
    order.done("promise_missed", "unreachable")
    assert order.open_task("promise_missed").not_before == at(hours=44)
