"""Goods that came back and that a refund pays for in part: neither they nor the rest of the money are nobody's."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.order.money import money
from domain.roles import Group, Role
from tests.domain.after_sale.made import signed
from tests.domain.order.histories import bounded
from tests.domain.orders import at, line


@pytest.mark.parametrize("conforming", [True, False])
def test_somebody_is_asked(conforming: bool) -> None:
    """Pay the rest, send the goods back, or it was agreed on so: until then the order stays open."""
    trade = signed()
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree", amount="150.00")
    ask.send_back()
    ask.inspect(conforming=conforming)
    if not conforming:
        ask.act("agree", amount="150.00")
    item = trade.task("send_goods_back")
    assert (ask.stage, item.variant, item.group) == ("succeeded", "unpaid", Group.WAREHOUSE)
    trade.until(at(days=40))
    assert trade.state.open
    trade.done("send_goods_back", "disposed", Role.WAREHOUSE)
    trade.until(at(days=60))
    assert not trade.state.open


def test_the_rest_is_paid_after_all() -> None:
    """Nobody has to send the goods back any more."""
    trade = signed()
    ask = trade.ask("return_refund", reason="quality", amount="150.00")
    ask.act("agree")
    ask.send_back()
    ask.inspect()
    assert trade.open_tasks() == ["send_goods_back"]
    trade.ask("refund_only", reason="quality").act("agree")
    assert (f"{money(trade.state).refunded}", trade.open_tasks()) == ("209.00", [])


def test_what_a_rule_leaves_out_is_not_paid_in_part() -> None:
    """The shop's outbound freight is the reason for it (S2-75)."""
    trade = signed(freight="0.00")
    trade.set_up(shop={"outbound_freight": "8.00"})
    ask = trade.ask("return_refund")
    ask.act("agree")
    ask.send_back()
    ask.inspect()
    assert (f"{money(trade.state).refunded}", trade.open_tasks()) == ("191.00", [])


def test_of_two_lines_one_is_paid_whole_and_one_in_part() -> None:
    """Nobody said what came: what the money is for did, and the part that is missing is somebody's."""
    trade = signed(line("1", "50.00"), line("2", "60.00"))
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree", amount="100.00")
    ask.send_back()
    ask.inspect()
    assert (ask.view.done, ask.view.goods.returned) == ({"2": 1}, {"1": 1, "2": 1})
    assert trade.open_tasks() == ["send_goods_back"]
    trade.ask("refund_only", "1", reason="quality").act("agree")
    assert (f"{money(trade.state).refunded}", trade.state.outcome, trade.open_tasks()) == ("120.00", "refunded", [])


def test_what_the_money_is_not_for_stays_with_the_buyer() -> None:
    """One of two lines, paid whole: the other was not sent."""
    trade = signed(line("1", "50.00"), line("2", "60.00"))
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree", amount="50.00")
    ask.send_back()
    ask.inspect()
    assert (ask.view.goods.returned, trade.open_tasks()) == ({"1": 1}, [])


@bounded
@given(
    quantities=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    granted=st.integers(1, 16000),
    said=st.sampled_from((None, ["1"], ["2"], ["1", "2"])),
)
def test_no_goods_stay_with_the_shop_unpaid_and_unasked(
    quantities: tuple[int, int], granted: int, said: list[str] | None
) -> None:
    """Whatever is granted for whatever came: a line's returned units are paid back whole, or somebody is asked."""
    trade = signed(line("1", "50.00", quantity=quantities[0]), line("2", "100.00", quantity=quantities[1]))
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree", amount=f"{Decimal(granted) / 100:.2f}")
    ask.send_back()
    ask.act("inspect_return", Role.WAREHOUSE, conforming=True, cause="quality", line_ids=said)
    back, done = ask.view.goods.returned, ask.view.done
    assert (back != done) is (trade.open_tasks() == ["send_goods_back"])
    assert all(done[line_id] <= back[line_id] for line_id in done)
