"""Goods on their way back keep their request; those that come after its closing are somebody's decision."""

from datetime import timedelta

import pytest

from domain.after_sale.waiting import waits_for
from domain.case.completing import completing
from domain.case.waiting import waiting
from domain.roles import Role
from tests.domain.after_sale.made import signed
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.order.test_units import places
from tests.domain.orders import at, request_by

BUYER = Role.BUYER


def closed_on_the_way() -> tuple[Trade, Request]:
    """Agreed to and sent back; the seller asked the platform in, which ruled for them. The order is completed since."""
    trade = signed()
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.act("ask_platform")
    ask.act("rule", Role.PLATFORM, in_favour_of="seller")
    trade.until(at(days=30))
    assert (ask.stage, ask.open_tasks(), trade.stage) == ("closed", ["check_return"], "completed")
    return trade, ask


def closed_unsent(way: str) -> tuple[Trade, Request]:
    """Agreed to; the buyer let the time pass, or withdrew, with the goods on their way and no waybill given."""
    trade = signed()
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    if way == "withdrawn":
        ask.act("withdraw", BUYER)
    trade.until(at(days=30))
    assert (ask.ended, trade.state.open) == (("closed", way), False)
    return trade, ask


@pytest.mark.parametrize("way", ["timed_out", "withdrawn"])
def test_a_waybill_that_is_given_after_the_closing(way: str) -> None:
    """It is taken, the request knows of the parcel, and its arrival is somebody's decision."""
    trade, ask = closed_unsent(way)
    ask.send_back()
    assert (ask.stage, ask.state.open, ask.state.reopened, ask.open_tasks()) == ("closed", True, 1, [])
    (awaited,) = waiting(waits_for, ask.state)
    assert (awaited.party, awaited.what) == ("carrier", "return")
    assert places(trade) == {"returning": 1}
    trade.until(trade.now + timedelta(days=1))
    assert ask.open_tasks() == ["check_return"]
    ask.scan("signed")
    assert ask.open_tasks() == ["late_return"]
    assert say(ask, "paid_for") == []
    assert ask.ended == ("succeeded", "refunded")


def test_none_is_taken_of_what_was_never_agreed_to() -> None:
    """Nor a second one of the same goods."""
    trade = signed()
    ask = trade.ask("return_refund", reason="quality")
    ask.act("withdraw", BUYER)
    back = {"carrier": "yto", "tracking_no": "R1"}
    assert ask.refused("submit_return", BUYER, **back) == ["wrong_stage"]
    _, ask = closed_unsent("timed_out")
    ask.send_back()
    assert ask.refused("submit_return", BUYER, **back | {"tracking_no": "R2"}) == ["wrong_stage"]


@pytest.mark.parametrize(("arrived", "code"), [(False, "goods_on_the_way"), (True, "goods_with_seller")])
def test_a_return_under_way_is_not_withdrawn(arrived: bool, code: str) -> None:
    """On its way, or here and not inspected; one that failed can be, for it is sent back then."""
    ask = signed().ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    if arrived:
        ask.scan("signed")
    assert ask.refused("withdraw", BUYER) == [code]
    ask.inspect(conforming=False)
    assert ask.refused("withdraw", BUYER) == []


def test_nor_while_the_platform_decides() -> None:
    """The goods are as far as before."""
    ask = signed().ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.act("ask_platform")
    assert ask.refused("withdraw", BUYER) == ["goods_on_the_way"]


def test_a_return_that_comes_after_the_closing_is_asked_about() -> None:
    """Request and order stay open for it, and end when it is sent back."""
    trade, ask = closed_on_the_way()
    ask.scan("signed")
    assert (ask.open_tasks(), ask.state.open, trade.state.open) == (["late_return"], True, True)
    assert say(ask, "sent_back") == []
    assert (ask.stage, ask.state.open, trade.state.open) == ("closed", False, False)


def test_one_that_never_comes_is_looked_for_until_it_is_known_to_be_lost() -> None:
    """The carrier is claimed from, and whoever decides leaves it at that, or not: nobody is left without an answer."""
    trade, ask = closed_on_the_way()
    assert say(ask, "lost") == []
    assert ask.open_tasks() == ["claim_from_carrier", "late_return"]
    assert say(ask, "no_refund", "late_return") == []
    assert (ask.stage, ask.state.open) == ("closed", False)
    assert trade.open_tasks() == ["claim_from_carrier"]
    assert places(trade) == {"lost": 1}


def test_a_lost_one_is_paid_for() -> None:
    """Out of goodwill: what was asked for, once; found and here after all, it is looked at."""
    _, ask = closed_on_the_way()
    assert say(ask, "lost") == []
    assert say(ask, "paid_for", "late_return") == []
    assert (ask.ended, ask.got()["refund"]) == (("succeeded", "refunded"), "209.00")
    ask.scan("signed")
    assert "inspect_return" in ask.open_tasks()


def test_a_lost_one_that_comes_to_light_is_looked_for_again() -> None:
    """Nothing is decided while it is on its way; once it is here, it is asked about as what it is."""
    trade, ask = closed_on_the_way()
    assert say(ask, "lost") == []
    trade.until(trade.now + timedelta(hours=1))
    ask.scan("scanned")
    assert "late_return" not in ask.open_tasks()
    trade.until(trade.now + timedelta(days=1))
    assert "check_return" in ask.open_tasks()
    ask.scan("signed")
    assert say(ask, "sent_back", "late_return") == []


def test_one_that_comes_back_to_its_buyer_is_forgotten() -> None:
    """They have the goods again, and nobody looks for them."""
    trade, ask = closed_on_the_way()
    ask.scan("returned")
    assert (ask.state.open, trade.state.open, places(trade)) == (False, False, {"delivered": 1})


def test_it_is_paid_for() -> None:
    """The request goes on as if the goods had come in time, and the buyer gets what was asked for, once."""
    trade, ask = closed_on_the_way()
    ask.scan("signed")
    assert say(ask, "paid_for") == []
    assert ask.ended == ("succeeded", "refunded")
    assert ask.got()["refund"] == "209.00"
    assert not trade.state.remaining()


def test_whichever_came_first() -> None:
    """There already when the ruling closes the request: asked about at once."""
    trade = signed()
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.act("ask_platform")
    ask.scan("signed")
    ask.act("rule", Role.PLATFORM, in_favour_of="seller")
    assert ask.open_tasks() == ["late_return"]


def test_not_paid_for_twice() -> None:
    """The buyer got their money by another request meanwhile."""
    trade = signed()
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.act("ask_platform")
    ask.act("rule", Role.PLATFORM, in_favour_of="seller")
    other = trade.ask("refund_only", reason="quality")
    other.act("agree")
    ask.scan("signed")
    assert say(ask, "paid_for") == ["spoken_for"]


def say(ask: Request, outcome: str, task: str = "") -> list[str]:
    """Somebody does the open task, or the one of that name; the reasons against it, none if it was done."""
    (item,) = (item for item in ask.state.open_work() if task in ("", item.type))
    body = {"item_id": item.item_id, "outcome": outcome}
    rule = completing(ask.case.life)
    by = request_by(Role.AGENT, ask.trade.next_id("action"), ask.trade.circumstances())
    input_ = rule.read(body, lambda: ask.state)
    if reasons := ask.case.refusals(rule, by, ask.trade.now, input_):
        return [reason.code for reason in reasons]
    ask.case.act(rule, by, ask.trade.now, input_)
    ask.trade.until(ask.trade.now)
    return []


def test_nothing_is_left_to_pay_for_it() -> None:
    """The price was granted as a compensation after the closing: the goods can only be sent back."""
    trade, ask = closed_on_the_way()
    trade.act("compensate", Role.FINANCE, amount="150.00", reason="memo:why")
    ask.scan("signed")
    assert say(ask, "paid_for") == []
    assert ask.got()["refund"] == "59.00"
    trade, ask = closed_on_the_way()
    trade.act("compensate", Role.FINANCE, amount="209.00", reason="memo:why")
    ask.scan("signed")
    assert say(ask, "paid_for") == ["spoken_for"]
