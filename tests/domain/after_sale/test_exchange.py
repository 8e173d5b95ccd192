"""Exchanges: goods come back, others go out; stock is kept for them; one may become a return on its way."""

from __future__ import annotations

from typing import Any

import pytest

from domain.case.errand import StockChange
from domain.roles import Role
from tests.domain.after_sale.made import paid, shipped, signed
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.orders import at, line

BUYER = Role.BUYER

RESERVES = {"reserve": True}


def stocked(units: int, trade: Trade | None = None, **settings: bool) -> Trade:
    """An order signed for at a shop that has so many red ones."""
    trade = trade or signed()
    trade.set_up(exchange_stock=settings or RESERVES)
    trade.warehouse.units = {"RED": units, "SKU-1": units}
    return trade


def came_back(trade: Trade, freight: str = "0.00", reason: str = "wrong_item", **asked: Any) -> Request:
    """An exchange whose goods are back with the seller."""
    ask = trade.ask("exchange", reason=reason, **asked)
    ask.act("agree")
    ask.send_back(freight=freight)
    ask.inspect()
    return ask


@pytest.mark.rule("S3-04", "S4-46", "S4-65")
def test_every_stage_of_an_exchange() -> None:
    """Agreed, sent back, inspected, sent out, confirmed: no money moves, the line stays the buyer's."""
    trade = signed()
    ask = trade.ask("exchange", reason="wrong_item", wanted_sku="RED")
    ask.act("agree")
    ask.send_back()
    ask.scan("signed", when=at(days=5))
    ask.inspect()
    assert (ask.stage, ask.open_tasks()) == ("awaiting_replacement", ["ship_replacement"])
    ask.send_replacement()
    assert (ask.stage, ask.open_tasks()) == ("awaiting_buyer_receipt", [])
    ask.act("confirm_replacement", BUYER)
    assert (ask.ended, ask.got()) == (("succeeded", "replaced"), {})
    assert (trade.line().refunded, ask.view.done, trade.stage) == (False, {}, "delivered")


@pytest.mark.rule("S2-74")
def test_the_buyer_bears_the_freight_of_an_exchange_without_reason() -> None:
    """What the buyer advanced for the way back is not paid to them."""
    ask = came_back(signed(), freight="12.00", reason="no_reason")
    ask.send_replacement()
    ask.act("confirm_replacement", BUYER)
    assert ask.got() == {}


@pytest.mark.rule("S2-76")
def test_the_seller_bears_it_at_their_fault() -> None:
    """Once the buyer has the replacement, the return freight is paid back up to the cap."""
    ask = came_back(signed(), freight="18.00", reason="quality")
    ask.send_replacement()
    ask.act("confirm_replacement", BUYER)
    assert (ask.ended, ask.got()) == (("succeeded", "replaced"), {"freight_subsidy": "15.00"})


@pytest.mark.rule("S3-11")
def test_only_with_stock_can_it_be_asked_for() -> None:
    """Where the shop requires stock; nothing is reserved by asking."""
    trade = stocked(1, require_stock=True)
    assert trade.ask_refused("exchange", wanted_sku="RED") == []
    assert trade.ask_refused("exchange", wanted_sku="BLUE") == ["no_stock"]
    assert trade.ask_refused("return_refund") == []
    trade.ask("exchange", wanted_sku="RED")
    assert trade.warehouse.held == {}


@pytest.mark.rule("S3-12")
def test_its_units_are_reserved() -> None:
    """The last red one is kept for the first who asks, and goes out with their parcel."""
    trade = stocked(1, signed(line("1"), line("2")))
    first = trade.ask("exchange", "1", reason="wrong_item", wanted_sku="RED")
    assert trade.warehouse.free("RED") == 0
    assert trade.ask_refused("exchange", "2", reason="wrong_item", wanted_sku="RED") == ["no_stock"]
    first.act("agree")
    first.send_back()
    first.inspect()
    first.send_replacement()
    assert (list(trade.warehouse.ended.values()), trade.warehouse.units["RED"]) == ([StockChange.CONSUME], 0)


@pytest.mark.rule("S3-13")
def test_an_exchange_without_reservation_takes_its_unit_when_it_is_sent() -> None:
    """Where the shop wants that; else the stock is its own to count."""
    for deducts, left in ((True, 1), (False, 2)):
        trade = stocked(2, auto_deduct=deducts)
        ask = came_back(trade, wanted_sku="RED")
        assert trade.warehouse.units["RED"] == 2
        ask.send_replacement()
        assert trade.warehouse.units["RED"] == left


@pytest.mark.rule("S3-13")
def test_a_reserved_unit_is_taken_once() -> None:
    """The reservation is used up, and nothing beside it."""
    trade = stocked(2, reserve=True, auto_deduct=True)
    came_back(trade, wanted_sku="RED").send_replacement()
    assert (trade.warehouse.units["RED"], trade.warehouse.held) == (1, {})


def test_without_a_wish_it_is_the_same_goods_again() -> None:
    """No SKU named: the line's own is reserved."""
    trade = stocked(3)
    trade.ask("exchange", reason="quality")
    assert [sku for sku, _ in trade.warehouse.held.values()] == ["SKU-1"]


@pytest.mark.rule("S3-17")
@pytest.mark.parametrize("way_out", ["withdrawn", "not_sent_back", "refused", "ruled"])
def test_every_way_out_releases(way_out: str) -> None:
    """Withdrawn, not sent back in time, refused and left so, or ruled: the units are free again, once."""
    trade = stocked(1)
    ask = trade.ask("exchange", reason="wrong_item", wanted_sku="RED")
    if way_out == "withdrawn":
        ask.act("withdraw", BUYER)
    elif way_out == "not_sent_back":
        ask.act("agree")
        trade.until(at(days=30))
    else:
        ask.act("refuse", reason="no_mistake", message="发出的商品没有错")
        if way_out == "ruled":
            ask.act("ask_platform", BUYER)
            ask.act("rule", Role.PLATFORM, in_favour_of="buyer")
        trade.until(at(days=30))
    assert not ask.state.open
    assert (list(trade.warehouse.ended.values()), trade.warehouse.free("RED")) == ([StockChange.RELEASE], 1)


@pytest.mark.rule("S3-17")
def test_an_exchange_becomes_a_return_before_the_goods_are_back() -> None:
    """The seller answers again; the units are free at once, and the buyer's clock of before is over."""
    trade = stocked(1)
    ask = trade.ask("exchange", reason="wrong_item", wanted_sku="RED")
    ask.act("agree")
    ask.act("amend", BUYER, service="return_refund")
    assert (ask.stage, trade.warehouse.free("RED")) == ("awaiting_seller", 1)
    assert ask.deadline("buyer_return").state != "running"
    ask.act("agree")
    ask.send_back()
    ask.inspect()
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00"})


@pytest.mark.rule("S3-10", "S3-17")
def test_an_exchange_becomes_a_return_after_the_goods_are_back() -> None:
    """Nothing left to send: the money goes at once, the line is done with, the order is refunded."""
    trade = stocked(1)
    ask = came_back(trade, wanted_sku="RED", freight="12.00")
    ask.act("amend", BUYER, service="return_refund")
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00", "freight_subsidy": "12.00"})
    assert (trade.line().refunded, trade.warehouse.free("RED"), trade.state.outcome) == (True, 1, "refunded")


def test_with_the_goods_back_only_the_money_for_the_same_reason_is_left() -> None:
    """Neither a refund without a return, nor a better reason that nobody would look at."""
    ask = came_back(signed(), reason="no_reason")
    assert ask.refused("amend", BUYER, service="refund_only") == ["goods_returned"]
    assert ask.refused("amend", BUYER, service="return_refund", reason="quality") == ["goods_returned"]
    assert ask.refused("amend", BUYER, service="return_refund") == []
    assert ask.got() == {"refund": "199.00"}


def test_an_exchange_that_becomes_a_plain_refund_is_not_closed_by_the_old_clock() -> None:
    """The buyer no longer has to send anything: the clock of their sending is over, the seller's runs."""
    trade = signed()
    ask = trade.ask("exchange", reason="quality")
    ask.act("agree")
    trade.until(at(days=8))
    ask.act("amend", BUYER, service="refund_only", amount="20.00")
    trade.until(at(days=12))
    assert ask.stage == "awaiting_seller"
    trade.until(at(days=13))
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "20.00"})


@pytest.mark.rule("S3-11", "S3-12")
def test_a_return_that_becomes_an_exchange_needs_stock_too() -> None:
    """Its units are reserved with the amendment, or it is refused."""
    trade = stocked(1)
    ask = trade.ask("return_refund", reason="wrong_item")
    assert ask.refused("amend", BUYER, service="exchange", wanted_sku="BLUE") == ["no_stock"]
    ask.act("amend", BUYER, service="exchange", wanted_sku="RED")
    assert trade.warehouse.free("RED") == 0
    ask.act("withdraw", BUYER)
    assert trade.warehouse.free("RED") == 1


@pytest.mark.rule("S3-17")
def test_another_wish_gives_the_first_one_back() -> None:
    """From red to the buyer's first goods: one is released, the other is kept; the same wish again changes nothing."""
    trade = stocked(1)
    ask = trade.ask("exchange", reason="wrong_item", wanted_sku="RED")
    ask.act("amend", BUYER, wanted_sku="SKU-1")
    assert (trade.warehouse.free("RED"), trade.warehouse.free("SKU-1")) == (1, 0)
    assert ask.refused("amend", BUYER, reason="quality") == []
    assert (trade.warehouse.free("RED"), trade.warehouse.free("SKU-1")) == (1, 0)


def test_no_money_is_asked_for_in_an_exchange() -> None:
    """Neither at first nor by an amendment, and none can be granted."""
    trade = signed()
    assert trade.ask_refused("exchange", amount="10.00") == ["no_money_asked"]
    ask = trade.ask("exchange", reason="quality")
    assert ask.refused("amend", BUYER, amount="10.00") == ["no_money_asked"]
    assert ask.refused("agree", amount="10.00") == ["no_money_asked"]


def test_goods_that_fail_are_exchanged_if_the_seller_agrees_after_all() -> None:
    """The goods are with the seller already: the warehouse sends the others."""
    ask = signed().ask("exchange", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.inspect(conforming=False)
    ask.act("agree")
    assert (ask.stage, ask.open_tasks()) == ("awaiting_replacement", ["ship_replacement"])


def test_nothing_is_exchanged_before_it_was_shipped() -> None:
    """There is nothing to send back."""
    assert paid().ask_refused("exchange") == ["not_shipped"]
    assert shipped().ask_refused("exchange") == []
    ask = paid().ask("refund_only")
    assert ask.refused("amend", BUYER, service="exchange") == ["not_shipped"]


@pytest.mark.rule("S4-19")
def test_the_order_is_not_confirmed_while_an_exchange_is_on_its_way() -> None:
    """Its clock stands still from the request to the end, and goes on with what was left."""
    trade = signed()
    due = trade.clock("auto_confirm")[1]
    trade.until(at(days=3))
    ask = came_back(trade)
    assert trade.deadline("auto_confirm").state == "paused"
    trade.until(at(days=5))
    ask.send_replacement()
    ask.act("confirm_replacement", BUYER)
    assert trade.clock("auto_confirm") == ("running", due + (at(days=5) - at(days=3)))
