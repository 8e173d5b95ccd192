"""Whatever happened to an order and its requests: what people read out in them is whole and true now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given

from domain.case.live import LiveCase
from tests.domain.after_sale.chains import Step as ChainStep
from tests.domain.after_sale.chains import requests, steps, trades
from tests.domain.after_sale.trade import Trade
from tests.domain.order.histories import bounded
from tests.domain.order.steps import Step
from tests.domain.order.test_any_work import Do, histories, take
from tests.domain.people import Worked
from tests.domain.spoken import check_knowledge, check_tasks

LATER = tuple(timedelta(hours=hours) for hours in (0, 7, 49, 300))
"""How long after the last fact somebody may read."""


@bounded
@given(histories())
def test_words_of_orders_can_be_read_out(history: tuple[Worked, list[Step | Do]]) -> None:
    """At every version, and hours after it too, when no fact has come meanwhile and times have passed."""
    order, to_take = history
    for one in to_take:
        take(order, one)
        check_tasks(order.case, order.now)
    for later in LATER:
        check_tasks(order.case, order.now + later)
        check_knowledge(order.case, order.now + later)


@bounded
@given(trade=trades(), to_take=steps())
def test_words_of_requests_can_be_read_out(trade: Trade, to_take: list[ChainStep]) -> None:
    """So it is in a trade with requests: in the order, and in each of them."""
    for step in to_take:
        step.take(trade)
        for case in _cases(trade):
            check_tasks(case, trade.now)
    for case in _cases(trade):
        for later in LATER:
            check_tasks(case, trade.now + later)
            check_knowledge(case, trade.now + later)


def _cases(trade: Trade) -> list[LiveCase[Any]]:
    return [trade.case, *(ask.case for ask in requests(trade))]
