"""Refunds without a return: before shipping, never received, worn goods, price."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.money import ZERO
from domain.order.state import OrderOutcome, OrderStage
from domain.roles import Role
from tests.domain.after_sale.made import paid, shipped, signed, three_lines
from tests.domain.orders import at, line, work

BUYER = Role.BUYER


@pytest.mark.rule("S4-50")
def test_an_unshipped_order_is_refunded_whole() -> None:
    """All that was paid goes back, freight too; the order is closed as refunded and both cases have ended."""
    trade = paid()
    ask = trade.ask("refund_only")
    assert (ask.stage, ask.open_tasks()) == ("awaiting_seller", ["review_after_sale"])
    ask.act("agree")
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00"})
    assert (trade.stage, trade.state.outcome, trade.state.open) == (OrderStage.CLOSED, OrderOutcome.REFUNDED, False)
    assert ask.open_tasks() == []


@pytest.mark.rule("S4-50")
def test_before_shipping_no_refund_can_be_refused() -> None:
    """The seller may neither refuse it nor grant less than was asked."""
    ask = paid().ask("refund_only", reason="other")
    assert ask.against("refuse") == ["cannot_refuse"]
    assert ask.refused("agree", amount="100.00") == ["cannot_refuse"]
    assert ask.refused("agree", amount="209.00") == []


@pytest.mark.rule("S4-49")
def test_shipped_meanwhile_makes_it_refusable() -> None:
    """Goods that leave while the request is open are known to it at once."""
    trade = paid()
    ask = trade.ask("refund_only", reason="other")
    trade.consign(when=at(hours=1))
    assert ask.state.surroundings.shipped
    assert ask.refused("refuse", reason="already_shipped", message="包裹已在途，请拒收") == []


@pytest.mark.rule("S4-51")
def test_refused_because_the_parcel_is_on_its_way() -> None:
    """The buyer is told to refuse the parcel; they change their request to a return once they have it."""
    trade = shipped()
    ask = trade.ask("refund_only", reason="other")
    ask.act("refuse", reason="already_shipped", message="包裹已在途，请拒收")
    trade.scan("signed", when=at(days=2))
    ask.act("amend", BUYER, service="return_refund", reason="no_reason")
    assert (ask.stage, ask.against("refuse")) == ("awaiting_seller", ["cannot_refuse"])


@pytest.mark.rule("S4-44")
def test_never_received() -> None:
    """A lost parcel is paid back with its freight, whoever shipped it."""
    trade = shipped()
    trade.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "lost"}, when=at(days=4))
    ask = trade.ask("refund_only", reason="not_received")
    ask.act("agree")
    assert (ask.got(), trade.state.outcome) == ({"refund": "209.00"}, OrderOutcome.REFUNDED)
    assert {entry.rule for entry in ask.state.ledger} == {"S4-44"}


def test_for_goods_on_their_way_nothing_is_kept() -> None:
    """The buyer never had them: what was paid goes back, whatever their reason."""
    trade = shipped(freight="0.00")
    trade.set_up(shop={"outbound_freight": "8.00"})
    ask = trade.ask("refund_only", reason="other")
    ask.act("agree")
    assert (ask.got(), ask.view.outbound_kept) == ({"refund": "199.00"}, ZERO)


@pytest.mark.rule("S2-99")
def test_worn_goods_are_compensated_in_part() -> None:
    """A part of the price goes back; the line stays the buyer's, and the trade goes on."""
    trade = signed()
    ask = trade.ask("refund_only", reason="quality", amount="30.00")
    ask.act("agree")
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "30.00"})
    assert (ask.view.done, trade.line().refunded, trade.stage) == ({}, False, OrderStage.DELIVERED)


def test_the_seller_may_grant_less_than_was_asked() -> None:
    """Where the rules leave it to the seller."""
    ask = signed().ask("refund_only", reason="quality")
    ask.act("agree", amount="50.00")
    assert ask.got() == {"refund": "50.00"}
    assert ask.view.done == {}


def test_one_line_of_three() -> None:
    """Its own price and no freight; the other lines ship as if nothing had been."""
    trade = paid(*three_lines())
    ask = trade.ask("refund_only", "2")
    ask.act("agree")
    assert ask.got() == {"refund": "200.00"}
    assert [each.refunded for each in trade.state.lines] == [False, True, False]
    assert (trade.stage, trade.state.open) == (OrderStage.AWAITING_SHIPMENT, True)


def test_freight_goes_back_with_the_last_line_only() -> None:
    """Three requests one after another: the third, which with the others covers the order, brings the freight."""
    trade = paid(*three_lines())
    amounts = []
    for number in ("1", "3", "2"):
        ask = trade.ask("refund_only", number)
        ask.act("agree")
        amounts.append(ask.got()["refund"])
    assert amounts == ["100.00", "300.00", "210.00"]
    assert [f"{view.freight}" for view in trade.state.requests] == ["0.00", "0.00", "10.00"]
    assert trade.state.outcome is OrderOutcome.REFUNDED


def test_a_part_and_then_the_rest() -> None:
    """What a line's buyer has had back is not paid twice, and the freight comes with the rest."""
    trade = signed()
    trade.ask("refund_only", reason="quality", amount="30.00").act("agree")
    assert trade.ask_refused("refund_only", reason="quality", amount="179.01") == ["amount_too_high"]
    rest = trade.ask("refund_only", reason="quality")
    rest.act("agree")
    assert rest.got() == {"refund": "179.00"}
    assert (trade.line().refunded, trade.state.outcome) == (True, OrderOutcome.REFUNDED)


def test_for_goods_that_the_buyer_has_the_shops_freight_is_kept() -> None:
    """All that can be is paid back then, so the line is done with: the eight yuan cannot be asked for anew."""
    trade = signed(freight="0.00")
    trade.set_up(shop={"outbound_freight": "8.00"})
    ask = trade.ask("refund_only", reason="other")
    ask.act("agree")
    assert (ask.got(), trade.line().refunded) == ({"refund": "191.00"}, True)
    assert "already_refunded" in trade.ask_refused("refund_only", reason="other")


def test_a_gift_can_be_given_up_too() -> None:
    """A line that cost nothing is refunded with nothing, and is done with."""
    trade = paid(line("1", "199.00"), line("2", "0.00"))
    gift = trade.ask("refund_only", "2")
    gift.act("agree")
    assert (gift.ended, gift.got(), trade.line("2").refunded) == (("succeeded", "refunded"), {}, True)
    trade.ask("refund_only", "1").act("agree")
    assert trade.state.outcome is OrderOutcome.REFUNDED


@pytest.mark.rule("S3-02")
def test_before_receipt_jd_cancels_the_order() -> None:
    """A request is a cancellation there, and so is the outcome of the order."""
    trade = paid(policy="jd")
    ask = trade.ask("refund_only")
    assert ask.state.phase == "cancellation"
    ask.act("agree")
    assert (trade.stage, trade.state.outcome) == (OrderStage.CLOSED, OrderOutcome.CANCELLED)


@pytest.mark.rule("S3-01", "S3-03")
def test_after_receipt_jd_serves() -> None:
    """Confirmed receipt divides: after it a return is an after-sale service, and the trade stays completed."""
    trade = signed(policy="jd")
    trade.act("confirm_receipt", BUYER)
    ask = trade.ask("return_refund")
    assert ask.state.phase == "after_sale"
    ask.act("agree")
    ask.send_back()
    ask.inspect()
    assert (ask.ended, trade.stage, trade.state.outcome) == (("succeeded", "refunded"), "completed", "completed")


def test_taobao_tells_the_phases_apart() -> None:
    """Before receipt in-sale, after it after-sale."""
    trade = signed(line("1"), line("2"))
    assert trade.ask("return_refund", "1").state.phase == "in_sale"
    trade.act("confirm_receipt", BUYER)
    assert trade.ask("return_refund", "2").state.phase == "after_sale"


@pytest.mark.rule("S1-06")
def test_who_answers_for_goods_on_their_way_is_told_what_to_do() -> None:
    """Without an interception the parcel is to be refused, or a return asked for later: the task says so."""
    ask = shipped().ask("refund_only", reason="other")
    (item,) = ask.state.open_work()
    script = work(item.type).script_for(item.variant).en
    assert all(words in script for words in ("intercepted", "refuse the parcel", "return once they have it"))


@pytest.mark.rule("S1-05")
def test_how_long_a_refund_took() -> None:
    """From asking to the end; unknown while it is undecided, and the same however long the case is kept after."""
    trade = shipped()
    ask = trade.ask("refund_only", reason="other")
    assert ask.state.took is None
    trade.until(at(hours=1) + (ask.state.opened_at - at()))
    ask.act("agree")
    first = ask.state.took
    assert first is not None
    assert first == ask.state.updated_at - ask.state.opened_at
    trade.until(trade.now + timedelta(days=3))
    assert ask.state.took == first
