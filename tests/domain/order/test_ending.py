"""What an order leaves behind when it ends: no running clock, no open task."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.roles import Role
from tests.domain.after_sale.made import paid, shipped, signed
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import at


def refunded_unshipped() -> Trade:
    """Refunded whole before anything was shipped."""
    trade = paid()
    trade.ask("refund_only", reason="other").act("agree")
    return trade


def refunded_on_its_way() -> Trade:
    """Refunded whole while the carrier has it."""
    trade = shipped()
    trade.ask("refund_only", reason="not_received").act("agree")
    return trade


def returned() -> Trade:
    """Signed for, sent back and refunded whole."""
    trade = signed()
    request = trade.ask("return_refund")
    request.act("agree")
    request.send_back()
    request.inspect()
    return trade


def completed() -> Trade:
    """Confirmed, its return window over."""
    trade = signed()
    trade.act("confirm_receipt", Role.BUYER)
    trade.until(at(days=10))
    return trade


@pytest.mark.parametrize("ended", [refunded_unshipped, refunded_on_its_way, returned, completed])
def test_nothing_runs_in_an_ended_order(ended: Callable[[], Trade]) -> None:
    """However it ends, each of its clocks says how it ended too."""
    trade = ended()
    assert not trade.state.open
    assert trade.state.running_deadlines() == []
    assert trade.open_tasks() == []


def test_the_return_window_stays_where_signing_put_it() -> None:
    """A refund after completion, of all that was signed for, does not start the window anew."""
    trade = signed()
    trade.act("confirm_receipt", Role.BUYER)
    before = trade.deadline("return_window").due_at
    request = trade.ask("return_refund", reason="no_reason")
    request.act("agree")
    request.send_back()
    request.inspect()
    assert trade.line().refunded
    assert (trade.deadline("return_window").due_at, trade.deadline("return_window").changes) == (before, [])
