"""What connectors tell, lived by the cases themselves: nothing is refused, and it ends as on the platform."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from connectors.translation import Translation
from domain.order.state import OrderOutcome
from domain.policy import Platform
from tests.connectors.examples import messages, translate
from tests.connectors.lived import Lived, live, received
from tests.connectors.lives import ORDERS, jd_service, taobao_presale, taobao_refund
from tests.profiles import Tried, tried

few = tried(Tried.LIVES_ELSEWHERE)
"""As many examples as such lives are tried on."""

REQUESTS: list[tuple[str, Callable[[st.DataObject], list[Any]], Platform, str, str]] = [
    ("taobao", taobao_refund, Platform.TAOBAO, "1000", "100"),
    ("jd", jd_service, Platform.JD, "100", "1"),
]


def _is_over(life: list[Any], *words: str) -> bool:
    return any(word in str(life[-1]) for word in words)


@pytest.mark.parametrize("name", ORDERS)
@few
@given(data=st.data())
def test_an_order_lives_as_its_platform_tells(name: str, data: st.DataObject) -> None:
    """No step is refused, and it is completed when the platform says so, never closed before."""
    life = ORDERS[name](data)
    trade = live(name.partition(" ")[0], life)
    assume(trade is not None)
    assert isinstance(trade, Lived)
    assert trade.not_taken == []
    done = _is_over(life, "TRADE_FINISHED", "finish_time", "FINISHED_L")
    assert trade.state.outcome == (OrderOutcome.COMPLETED if done else None)


@few
@given(data=st.data())
def test_a_staged_order_is_opened_when_all_of_it_is_paid(data: st.DataObject) -> None:
    """The rest comes a week after the deposit: an order opened with that would be closed long before."""
    deposit, *rest = taobao_presale(data)
    (message,) = messages("taobao", deposit)
    told = translate("taobao", message)
    assert isinstance(told, Translation)
    assert (told.opening, told.facts, told.steps, len(told.notes)) == (None, (), (), 1)
    trade = live("taobao", [deposit, *rest])
    assert trade
    assert trade.state.paid == trade.state.total


@pytest.mark.parametrize(("connector", "told", "platform", "order_id", "line_id"), REQUESTS)
@few
@given(data=st.data())
def test_a_request_lives_as_its_platform_tells(
    connector: str,
    told: Callable[[st.DataObject], list[Any]],
    platform: Platform,
    order_id: str,
    line_id: str,
    data: st.DataObject,
) -> None:
    """No step is refused; the request is over when the platform says so, and the platform paid it, once."""
    life = told(data)
    trade = live(connector, life, received(platform, order_id, line_id))
    assert trade
    assert trade.not_taken == []
    assert trade.paid_out == {}
    (request,) = trade.children.values()
    paid = sum(entry.amount for entry in request.state.ledger)
    over = _is_over(life, "SUCCESS", "CLOSED", "'cs_status': 9")
    if connector == "taobao":
        assert request.state.open is not over
        assert (paid > 0) is _is_over(life, "SUCCESS")
