"""Goods that a request is to send again, and that the seller sends again by hand: they do not leave twice."""

from __future__ import annotations

import pytest

from tests.domain.after_sale.made import shipped
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.order.test_units import places
from tests.domain.orders import at, line


def asked(units: int = 2, *, lost: bool = True) -> tuple[Trade, Request]:
    """So many units that never came, and a request that they be sent again, agreed to."""
    trade = shipped(line("1", "100.00", quantity=units), freight="0.00")
    if lost:
        trade.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "lost"}, when=at(days=2))
    ask = trade.ask("reship", reason="not_received")
    ask.act("agree")
    return trade, ask


@pytest.mark.parametrize("lost", [True, False])
def test_sent_by_hand_the_request_need_not(lost: bool) -> None:
    """It has succeeded: nobody can send the goods a second time."""
    trade, ask = asked(lost=lost)
    trade.consign("ZT2", "1", when=at(days=3))
    assert (ask.ended, "ship_replacement" in ask.open_tasks()) == (("succeeded", "replaced"), False)
    assert places(trade) == {"shipped": 2}
    assert "stop_parcel" not in trade.open_tasks()


def test_one_of_two_was_sent_by_hand() -> None:
    """The request sends the other."""
    trade, ask = asked()
    trade.consign("ZT2", units={"1": 1}, when=at(days=3))
    assert (ask.stage, ask.state.units, ask.open_tasks()) == ("awaiting_replacement", {"1": 1}, ["ship_replacement"])
    ask.send_replacement("zto/ZT3")
    assert places(trade) == {"shipped": 2}
    assert "stop_parcel" not in trade.open_tasks()
    trade.consign("ZT4", units={"1": 1}, when=at(days=4))
    assert "stop_parcel" in trade.open_tasks()


@pytest.mark.parametrize("lost", [True, False])
def test_sent_by_the_request_first(lost: bool) -> None:
    """The second parcel is somebody's task at once: stop it."""
    trade, ask = asked(lost=lost)
    ask.send_replacement("zto/ZT2")
    trade.consign("ZT3", "1", when=at(days=3))
    assert "stop_parcel" in trade.open_tasks()


def test_also_once_the_request_has_ended() -> None:
    """The buyer has the replacement."""
    trade, ask = asked()
    ask.send_replacement("zto/ZT2")
    ask.scan("signed", "zto/ZT2")
    trade.until(at(days=20))
    assert not ask.state.open
    trade.consign("ZT3", "1")
    assert "stop_parcel" in trade.open_tasks()


def test_the_same_waybill_is_the_same_parcel() -> None:
    """The ERP reports what the warehouse has entered in the request."""
    trade, ask = asked()
    ask.send_replacement("zto/ZT2")
    trade.consign("ZT2", "1", when=at(days=3))
    assert "stop_parcel" not in trade.open_tasks()
    assert ask.stage == "awaiting_buyer_receipt"


def test_other_goods_of_the_line_may_leave() -> None:
    """One of three was lost and is sent again; the third leaves for the first time."""
    trade = Trade(line("1", "90.00", quantity=3), freight="0.00")
    trade.pay()
    trade.consign("ZT1", units={"1": 2}, when=at(hours=1))
    trade.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "lost"}, when=at(hours=9))
    ask = trade.ask("reship", reason="not_received", lines=[{"line_id": "1", "quantity": 2}])
    ask.act("agree")
    ask.send_replacement("zto/ZT2")
    trade.consign("ZT3", units={"1": 1}, when=at(hours=20))
    assert "stop_parcel" not in trade.open_tasks()


def test_found_when_it_was_sent_again() -> None:
    """The buyer has the goods by the second parcel; the first one, which comes to light, is to be stopped."""
    trade = shipped()
    trade.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "lost"}, when=at(days=2))
    trade.consign("ZT2", "1", when=at(days=3))
    trade.scan("signed", "ZT2", when=at(days=4))
    trade.scan("scanned", "ZT1", when=at(days=5))
    assert (places(trade), trade.stage) == ({"delivered": 1}, "delivered")
    assert "stop_parcel" in trade.open_tasks()
