"""Goods that were late stay so when they are refunded after that, whatever of the order was shipped in time."""

from __future__ import annotations

import pytest

from domain.order.money import money
from tests.domain.after_sale.made import paid
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import at, line


def half_shipped(units: dict[str, int]) -> Trade:
    """Some of it is with the carrier in time, the rest is not in the 73rd hour."""
    trade = paid(line("1", "60.00", quantity=3), line("2", "40.00"))
    trade.consign(when=at(hours=1), units=units)
    trade.scan("picked_up")
    trade.until(at(hours=73))
    return trade


def late(trade: Trade) -> tuple[int, str]:
    standing = money(trade.state)
    return standing.points, f"{standing.compensated}"


@pytest.mark.rule("S2-85")
@pytest.mark.parametrize("units", [{"1": 3}, {"1": 2, "2": 1}, {"1": 1}])
def test_a_refund_after_the_deadline_undoes_nothing(units: dict[str, int]) -> None:
    """Of a line, of units of a line, and of both."""
    trade = half_shipped(units)
    before = late(trade)
    assert before[0] == 3
    trade.ask("refund_only", reason="late").act("agree")
    assert late(trade) == before
    assert trade.clock("ship_by")[0] == "elapsed"


@pytest.mark.rule("S2-84")
def test_a_refund_asked_for_before_it_does() -> None:
    """Granted after the deadline or not: those goods were not late."""
    trade = paid(line("1", "60.00"), line("2", "40.00"))
    trade.consign(when=at(hours=1), units={"1": 1})
    trade.scan("picked_up")
    trade.until(at(hours=60))
    ask = trade.ask("refund_only", "2", reason="other")
    trade.until(at(hours=73))
    ask.act("agree")
    assert (late(trade), trade.clock("ship_by")[0]) == ((0, "0.00"), "met")
