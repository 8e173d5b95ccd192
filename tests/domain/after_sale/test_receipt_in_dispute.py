"""Receipt by timeout while some lines are in dispute: it stands still for just these."""

from __future__ import annotations

import pytest

from domain.case.deadline import DeadlineState
from domain.order.state import OrderStage
from domain.roles import Role
from tests.domain.after_sale.made import shipped
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.orders import at, line

BUYER = Role.BUYER


def _one_of_two_in_dispute() -> tuple[Trade, Request]:
    """Both lines consigned an hour after placing; line 1 is in dispute from the fifth day on, four left of ten."""
    trade = shipped(line("1", "100.00"), line("2", "50.00"))
    trade.until(trade.deadline("auto_confirm").started_at + (at(days=6) - at()))
    return trade, trade.ask("exchange", line_ids=["1"], reason="other")


@pytest.mark.rule("S4-19")
def test_the_other_lines_are_confirmed_in_time() -> None:
    """The clock runs on for them; the order waits for the line in dispute."""
    trade, _ = _one_of_two_in_dispute()
    clock = trade.deadline("auto_confirm")
    assert clock.state is DeadlineState.RUNNING
    trade.until(clock.due_at)
    assert [bool(one.receipt_confirmed_at) for one in trade.state.lines] == [False, True]
    assert trade.stage is not OrderStage.COMPLETED


@pytest.mark.rule("S4-19")
def test_the_line_in_dispute_gets_the_time_that_was_left_to_it() -> None:
    """Withdrawn later, four of ten days are left from there; then the trade has succeeded."""
    trade, ask = _one_of_two_in_dispute()
    trade.until(trade.deadline("auto_confirm").due_at + (at(days=1) - at()))
    assert trade.stage is not OrderStage.COMPLETED
    ask.act("withdraw", BUYER)
    clock = trade.deadline("auto_confirm")
    assert (clock.number, clock.state, clock.due_at) == (2, DeadlineState.RUNNING, trade.now + (at(days=4) - at()))
    trade.until(clock.due_at)
    assert trade.stage is OrderStage.COMPLETED


def test_with_the_disputed_line_refunded_the_trade_has_succeeded() -> None:
    """What is left was confirmed before, so nothing is waited for."""
    trade = shipped(line("1", "100.00"), line("2", "50.00"))
    ask = trade.ask("refund_only", line_ids=["1"], reason="not_received")
    ask.act("refuse", reason="already_shipped", message="包裹已在途")
    ask.act("ask_platform", BUYER)
    trade.until(trade.deadline("auto_confirm").due_at)
    assert trade.stage is not OrderStage.COMPLETED
    ask.act("agree")
    assert trade.stage is OrderStage.COMPLETED


def test_a_buyer_may_confirm_meanwhile() -> None:
    """The buyer's own word ends the clock, whichever it was."""
    trade, ask = _one_of_two_in_dispute()
    trade.until(trade.deadline("auto_confirm").due_at + (at(days=1) - at()))
    ask.act("withdraw", BUYER)
    due_at = trade.deadline("auto_confirm").due_at
    trade.act("confirm_receipt", BUYER)
    clock = trade.deadline("auto_confirm")
    assert (clock.state, clock.due_at, clock.changes) == (DeadlineState.MET, due_at, [])
