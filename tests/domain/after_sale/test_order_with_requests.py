"""What requests do to their order: lateness, receipt, money; and what both know of each other."""

from __future__ import annotations

import pytest

from domain.after_sale.standing import standing
from domain.case.deadline import DeadlineState
from domain.order.money import money
from domain.roles import Role
from tests.domain.after_sale.made import paid, shipped, signed, three_lines
from tests.domain.after_sale.outside import Payer
from tests.domain.orders import at, line

BUYER = Role.BUYER


def test_refunded_before_it_was_due_is_not_late() -> None:
    """The other line ships in time; nothing is owed for the one that never will."""
    trade = paid(line("1", "100.00"), line("2", "300.00"))
    trade.ask("refund_only", "2").act("agree")
    trade.consign("ZT1", when=at(hours=10))
    trade.scan("picked_up")
    trade.until(at(days=5))
    assert (trade.clock("ship_by"), trade.penalty) == ((DeadlineState.MET, at(hours=72)), (0, "0.00"))


def test_asked_for_in_time_and_granted_after_it_is_not_late() -> None:
    """The clock of the other line passes: it alone is late."""
    trade = paid(line("1", "100.00"), line("2", "300.00"))
    trade.until(at(hours=71))
    ask = trade.ask("refund_only", "2")
    trade.until(at(hours=73))
    ask.act("agree")
    trade.until(at(days=5))
    assert trade.penalty == (3, "5.00")


def test_amended_after_it_was_due_it_was_still_asked_for_before() -> None:
    """Another reason is no new request for the money."""
    trade = paid(line("1", "100.00"), line("2", "300.00"))
    trade.until(at(hours=71))
    ask = trade.ask("refund_only", "2", reason="other")
    trade.until(at(hours=73))
    ask.act("amend", BUYER, reason="late")
    ask.act("agree")
    assert trade.penalty == (3, "5.00")


def test_price_protection_that_becomes_a_refund_after_it_was_due_is_late() -> None:
    """The refund was asked for after the deadline only."""
    trade = paid()
    trade.until(at(hours=71))
    ask = trade.ask("price_protection", reason="other", amount="20.00")
    trade.until(at(hours=73))
    ask.act("amend", BUYER, service="refund_only")
    ask.act("agree")
    assert trade.penalty == (3, "9.95")


@pytest.mark.rule("S2-81", "S4-52")
def test_refunded_after_the_breach_stays_late() -> None:
    """Points and compensation stand, once, beside the refund."""
    trade = paid()
    trade.until(at(hours=73))
    trade.ask("refund_only", reason="late").act("agree")
    assert (trade.penalty, trade.state.outcome) == ((3, "9.95"), "refunded")
    standing_ = money(trade.state)
    assert (f"{standing_.refunded}", f"{standing_.compensated}", standing_.points) == ("209.00", "9.95", 3)


def test_withdrawn_after_the_deadline_is_late_after_all() -> None:
    """The line was excused as long as its refund was open, and never left."""
    trade = paid(line("1", "100.00"), line("2", "300.00"))
    trade.until(at(hours=30))
    ask = trade.ask("refund_only", "2")
    trade.until(at(hours=73))
    assert trade.penalty == (3, "5.00")
    ask.act("withdraw", BUYER)
    assert trade.penalty == (3, "20.00")


def test_withdrawn_in_time_the_clock_goes_on() -> None:
    """While all that is unshipped was under a refund it stood still, so it is due later by as much."""
    trade = paid()
    trade.until(at(hours=10))
    ask = trade.ask("refund_only")
    trade.until(at(hours=40))
    ask.act("withdraw", BUYER)
    assert trade.clock("ship_by") == (DeadlineState.RUNNING, at(hours=102))
    trade.until(at(hours=102))
    assert trade.penalty == (3, "9.95")


@pytest.mark.rule("S2-83", "S4-52")
def test_out_of_stock_agreed_to_is_a_late_shipment() -> None:
    """Long before 72 hours, once: the deadline that would have passed later adds nothing."""
    trade = paid(line("1", "100.00"), line("2", "300.00"))
    ask = trade.ask("refund_only", "2", reason="out_of_stock")
    assert trade.penalty == (0, "0.00")
    ask.act("agree")
    assert (trade.penalty, ask.got()) == ((3, "15.00"), {"refund": "300.00"})
    trade.consign("ZT1", "1", when=at(hours=10))
    trade.scan("picked_up")
    trade.until(at(days=5))
    assert trade.penalty == (3, "15.00")


@pytest.mark.rule("S4-52")
def test_out_of_stock_that_nobody_confirmed_is_none() -> None:
    """Said by the buyer alone, and refunded for want of an answer: the seller never said so."""
    trade = paid()
    trade.ask("refund_only", reason="out_of_stock")
    trade.until(at(days=5))
    assert (trade.state.outcome, trade.penalty) == ("refunded", (0, "0.00"))


def test_custom_goods_out_of_stock_are_no_late_shipment() -> None:
    """They are excepted."""
    trade = paid(line("1", made_to_order=True))
    trade.ask("refund_only", reason="out_of_stock").act("agree")
    assert trade.penalty == (0, "0.00")


@pytest.mark.rule("S4-19")
def test_receipt_is_not_confirmed_while_a_request_is_open() -> None:
    """With every line in dispute the clock stands still; it goes on as soon as one is not."""
    trade = shipped(*three_lines())
    due = trade.clock("auto_confirm")[1]
    trade.until(at(days=2))
    first = trade.ask("refund_only", "1", "2", reason="other", amount="10.00")
    assert trade.deadline("auto_confirm").state is DeadlineState.RUNNING
    second = trade.ask("refund_only", "3", reason="other", amount="10.00")
    assert trade.deadline("auto_confirm").state is DeadlineState.PAUSED
    trade.until(at(days=4))
    first.act("withdraw", BUYER)
    second.act("agree")
    assert trade.clock("auto_confirm") == (DeadlineState.RUNNING, due + (at(days=4) - at(days=2)))
    trade.until(due + (at(days=4) - at(days=2)))
    assert trade.stage == "completed"


def test_an_open_request_outlives_the_window() -> None:
    """The order stays open for it, and ends with it."""
    trade = signed()
    trade.act("confirm_receipt", BUYER)
    ask = trade.ask("refund_only", reason="quality")
    ask.act("refuse", reason="no_defect", message="照片看不出质量问题")
    trade.until(at(days=8))
    ask.act("ask_platform", BUYER)
    trade.until(at(days=12))
    assert (trade.deadline("return_window").state, trade.state.open) == ("elapsed", True)
    ask.act("rule", Role.PLATFORM, in_favour_of="buyer", amount="50.00")
    assert (trade.state.open, trade.state.outcome, f"{money(trade.state).refunded}") == (False, "completed", "50.00")


def test_both_know_the_same() -> None:
    """At every step the order's view of a request is the request's own."""
    trade = signed(line("1"), line("2"))
    ask = trade.ask("return_refund", "1", reason="quality")
    for step in (
        lambda: ask.act("agree"),
        lambda: ask.send_back(freight="12.00"),
        lambda: ask.scan("signed", when=at(days=5)),
        lambda: ask.inspect(),
    ):
        step()
        assert ask.view.model_dump(exclude={"version"}) == standing(ask.state).model_dump(exclude={"version"})
        (child,) = trade.state.children
        assert (child.stage, child.open) == (ask.stage, ask.state.open)


def test_what_was_told_before_counts_no_more() -> None:
    """Two tellings that overtake each other: the newer one stands."""
    trade = signed()
    ask = trade.ask("return_refund")
    old = trade.state.requests[0].model_copy(update={"version": 1})
    ask.act("agree")
    trade.happened("after_sale.moved", old.model_dump(mode="json"))
    assert ask.view.stage == "awaiting_buyer_return"


def test_a_request_knows_what_it_was_told_late() -> None:
    """Line 2 is refunded while line 1's request is open: the freight comes with line 1."""
    trade = paid(line("1", "100.00"), line("2", "100.00"))
    one, two = trade.ask("refund_only", "1"), trade.ask("refund_only", "2")
    two.act("agree")
    assert one.state.surroundings.covers_rest
    one.act("agree")
    assert (two.got(), one.got()) == ({"refund": "100.00"}, {"refund": "110.00"})


@pytest.mark.rule("S4-20")
def test_whether_the_money_has_arrived_shows_in_both_cases() -> None:
    """Underway it is no refund yet; paid, it is in the request's ledger and in the order's money."""
    trade = paid()
    trade.payer = Payer.SILENT
    ask = trade.ask("refund_only")
    ask.act("agree")
    assert (ask.stage, f"{money(trade.state).refunded}", trade.stage) == ("refunding", "0.00", "awaiting_shipment")
    trade.payer = Payer.PAYS
    trade.until(at(days=1))
    assert (ask.stage, f"{money(trade.state).refunded}", trade.stage) == ("succeeded", "209.00", "closed")
