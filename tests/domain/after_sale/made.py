"""Trades as tests begin with them: paid, shipped, signed for."""

from __future__ import annotations

from typing import Any

from domain.order.opening import OrderLine
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import at, line


def paid(*lines: OrderLine, **options: Any) -> Trade:
    """An order paid when it was placed; nothing is shipped."""
    trade = Trade(*lines, **options)
    trade.pay()
    return trade


def shipped(*lines: OrderLine, **options: Any) -> Trade:
    """An order paid, consigned an hour later and picked up."""
    trade = paid(*lines, **options)
    trade.consign(when=at(hours=1))
    trade.scan("picked_up")
    return trade


def signed(*lines: OrderLine, **options: Any) -> Trade:
    """An order that was signed for two days after placing."""
    trade = shipped(*lines, **options)
    trade.scan("signed", when=at(days=2))
    return trade


def three_lines() -> tuple[OrderLine, ...]:
    """Lines of 100, 200 and 300 yuan."""
    return tuple(line(str(number), f"{number}00.00") for number in (1, 2, 3))
