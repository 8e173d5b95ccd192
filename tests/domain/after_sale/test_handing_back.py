"""Goods on their way between buyer and seller more than once: each unit is in one place, and is the buyer's again."""

from __future__ import annotations

import pytest

from domain.roles import Role
from tests.domain.after_sale.made import signed
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.order.test_units import places
from tests.domain.orders import at, line

BUYER, WAREHOUSE = Role.BUYER, Role.WAREHOUSE
TWO = [{"line_id": "1", "quantity": 2}]


def three(**options: object) -> Trade:
    return signed(line("1", "90.00", quantity=3), freight="0.00", **options)


def returned(trade: Trade, **inspection: object) -> Request:
    """Two of three units went back."""
    ask = trade.ask("return_refund", reason="quality", lines=TWO)
    ask.act("agree")
    ask.send_back()
    if inspection:
        ask.act("inspect_return", WAREHOUSE, **inspection)
    return ask


@pytest.mark.parametrize(("outcome", "then"), [("sent", 3), ("collected", 3), ("disposed", 1)])
def test_what_did_not_conform_is_the_buyers_again(outcome: str, then: int) -> None:
    """Once it was sent or fetched; what was disposed of stays with the seller."""
    trade = three()
    ask = returned(trade, conforming=False)
    ask.act("withdraw", BUYER)
    assert places(trade) == {"delivered": 1, "returned": 2}
    trade.done("send_goods_back", outcome)
    assert places(trade).get("delivered") == then
    assert trade.ask("repair", reason="quality").state.units == {"1": 3}


def test_what_the_refund_does_not_pay_for_is_the_buyers_again() -> None:
    """Two came and one is paid."""
    trade = three()
    ask = trade.ask("return_refund", reason="quality", lines=TWO, amount="30.00")
    ask.act("agree")
    ask.send_back()
    ask.act("inspect_return", WAREHOUSE, conforming=True, lines=TWO)
    assert places(trade) == {"delivered": 1, "returned": 2}
    trade.done("send_goods_back", "sent")
    assert places(trade) == {"delivered": 2, "returned": 1}


def test_what_is_paid_for_after_all_is_not_sent_back() -> None:
    """The task goes away when nothing of the line is unpaid."""
    trade = three()
    ask = returned(trade, conforming=False)
    ask.act("withdraw", BUYER)
    assert "send_goods_back" in trade.open_tasks()
    rest = trade.ask("refund_only", reason="quality")
    rest.act("agree")
    assert (trade.stage, trade.open_tasks()) == ("closed", [])


def test_a_late_return_that_is_sent_back_is_the_buyers_again() -> None:
    """It came after the closing, and nobody pays for it."""
    trade = three()
    ask = returned(trade)
    ask.scan("picked_up", when=at(days=3))
    ask.act("ask_platform", BUYER)
    ask.act("rule", Role.PLATFORM, in_favour_of="seller", text="不支持")
    ask.scan("signed", when=at(days=6))
    assert (ask.open_tasks(), places(trade)) == (["late_return"], {"delivered": 1, "returned": 2})
    ask.done("late_return", "sent_back")
    assert (ask.open_tasks(), places(trade), ask.state.open) == ([], {"delivered": 3}, False)


def test_a_return_that_comes_back_to_the_buyer_is_to_be_sent_anew() -> None:
    """They get all of the time again, and the goods count as theirs; the seller's clock is over."""
    trade = three()
    ask = returned(trade)
    ask.scan("picked_up", when=at(days=3))
    ask.scan("refused", when=at(days=5))
    assert places(trade) == {"delivered": 1, "shipped": 2}
    ask.scan("returned", when=at(days=6))
    assert (ask.stage, places(trade)) == ("awaiting_buyer_return", {"delivered": 3})
    assert ask.clock("buyer_return") == ("running", at(days=13))
    assert [ask.deadline(kind).state for kind in ("seller_receipt", "return_check")] == ["cancelled", "cancelled"]
    ask.send_back("yto/R2")
    assert (ask.stage, places(trade)) == ("awaiting_seller_receipt", {"delivered": 1, "returning": 2})
    assert ask.clock("seller_receipt") == ("running", at(days=16))
    ask.inspect()
    assert (ask.got(), places(trade)) == ({"refund": "60.00"}, {"delivered": 1, "returned": 2})


def test_a_return_that_came_back_may_be_withdrawn() -> None:
    """The goods are not on their way any more."""
    ask = returned(three())
    assert ask.refused("withdraw", BUYER) == ["goods_on_the_way"]
    ask.scan("returned", when=at(days=6))
    ask.act("withdraw", BUYER)
    assert ask.ended == ("closed", "withdrawn")


def test_a_replacement_sent_again_counts_once() -> None:
    """The lost one is made up for by the next; the other units stay where they are."""
    trade = three()
    ask = trade.ask("exchange", reason="wrong_item", wanted_sku="RED", lines=[{"line_id": "1", "quantity": 1}])
    ask.act("agree")
    ask.send_back()
    ask.inspect()
    ask.send_replacement()
    ask.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT2", "kind": "lost"})
    assert places(trade) == {"delivered": 2, "lost": 1}
    ask.send_replacement("zto/ZT3")
    assert places(trade) == {"delivered": 2, "shipped": 1}
    ask.scan("signed", "zto/ZT3")
    assert places(trade) == {"delivered": 3}


def test_a_replacement_in_two_parcels_of_which_one_comes_back() -> None:
    """One is with the buyer; the other on its way back, back, and sent again."""
    trade = three()
    ask = trade.ask("reship", reason="not_received", lines=TWO)
    ask.act("agree")
    parcel = {"carrier": "zto", "tracking_no": "ZT2"}
    ask.act("ship_replacement", WAREHOUSE, **parcel, lines=[{"line_id": "1", "quantity": 1}])
    ask.send_replacement("zto/ZT3")
    assert places(trade) == {"delivered": 1, "shipped": 2}
    ask.scan("signed", "zto/ZT2")
    ask.scan("refused", "zto/ZT3")
    assert places(trade) == {"delivered": 2, "returning": 1}
    ask.scan("returned", "zto/ZT3")
    assert places(trade) == {"delivered": 2, "returned": 1}
    ask.send_replacement("zto/ZT4")
    assert places(trade) == {"delivered": 2, "shipped": 1}


def test_two_exchanges_of_a_line_at_once() -> None:
    """One has arrived, the other is on its way: neither is taken for the other."""
    trade = three()
    asks = []
    for number in (1, 2):
        ask = trade.ask("exchange", reason="wrong_item", wanted_sku="RED", lines=[{"line_id": "1", "quantity": 1}])
        ask.act("agree")
        ask.send_back(f"yto/R{number}")
        ask.inspect()
        ask.send_replacement(f"zto/X{number}")
        asks.append(ask)
    assert places(trade) == {"delivered": 1, "shipped": 2}
    asks[1].scan("signed", "zto/X2")
    assert places(trade) == {"delivered": 2, "shipped": 1}


def test_a_return_that_came_back_while_the_platform_decides() -> None:
    """The seller agrees then: the goods are not on their way, so the buyer sends them."""
    ask = returned(three())
    ask.act("ask_platform", BUYER)
    ask.scan("returned", when=at(days=6))
    assert ask.stage == "platform_intervention"
    ask.act("agree")
    assert ask.stage == "awaiting_buyer_return"
