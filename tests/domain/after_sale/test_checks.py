"""What is looked after day by day, and what a carrier is to pay for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.case.work import WorkState
from domain.roles import Role
from tests.domain.after_sale.made import shipped, signed
from tests.domain.after_sale.trade import Request
from tests.domain.orders import at

BUYER = Role.BUYER
SECOND = timedelta(seconds=1)
LOST = {"carrier": "zto", "tracking_no": "ZT1", "kind": "lost"}


def sent_back(reason: str = "quality") -> Request:
    """A return that the buyer sent on the third day."""
    ask = signed().ask("return_refund", reason=reason)
    ask.act("agree")
    ask.trade.until(at(days=3))
    ask.send_back()
    return ask


def states(ask: Request, task: str) -> list[str]:
    return [item.state for item in ask.tasks(task)]


@pytest.mark.rule("S4-57")
def test_a_return_on_its_way_is_looked_after_every_day() -> None:
    """One task is open at a time: today's takes the place of yesterday's, until the goods are here."""
    ask = sent_back()
    ask.trade.until(at(days=4) - SECOND)
    assert states(ask, "check_return") == []
    ask.trade.until(at(days=4))
    assert states(ask, "check_return") == ["open"]
    (look,) = ask.tasks("check_return")
    assert (look.values["carrier"], look.values["tracking_no"]) == ("yto", "R1")
    ask.trade.until(at(days=6))
    assert states(ask, "check_return") == ["superseded", "superseded", "open"]
    ask.scan("signed", when=at(days=6, hours=5))
    assert (states(ask, "check_return")[-1], ask.open_tasks()) == ("superseded", ["inspect_return"])
    ask.trade.until(at(days=9))
    assert (len(ask.tasks("check_return")), ask.deadline("return_check").state) == (3, "met")


@pytest.mark.rule("S4-57")
@pytest.mark.parametrize("way", ["taken_in", "not_taken_in"])
def test_nobody_looks_any_more_once_it_is_settled(way: str) -> None:
    """Taken in by the ERP without a scan, or counted as taken in: no task and no clock is left."""
    ask = sent_back()
    ask.trade.until(at(days=5))
    if way == "taken_in":
        ask.happened("return.received", {"carrier": "yto", "tracking_no": "R1", "conforming": True})
    else:
        ask.trade.until(at(days=13))
    assert ask.ended == ("succeeded", "refunded")
    assert (ask.open_tasks(), ask.state.running_deadlines()) == ([], [])


@pytest.mark.rule("S4-57")
def test_a_return_that_fails_its_inspection_has_arrived() -> None:
    """Inspected before any scan said so: nobody looks where it is, neither now nor after an amendment.

    Only the answer to the amendment is open then, and overdue.
    """
    ask = sent_back()
    ask.trade.until(at(days=5))
    ask.inspect(conforming=False)
    assert ask.open_tasks() == ["contact_refused_buyer"]
    ask.act("amend", BUYER, service="exchange", reason="wrong_item")
    ask.trade.until(at(days=7))
    assert ask.open_tasks() == ["review_after_sale", "escalation"]


@pytest.mark.rule("S4-67")
def test_the_follow_up_of_today_takes_the_place_of_yesterdays() -> None:
    """They do not pile up while the platform takes its time."""
    ask = signed().ask("return_refund", reason="quality")
    ask.act("refuse", reason="no_defect", message="照片看不出质量问题")
    ask.act("ask_platform", BUYER)
    ask.trade.until(at(days=5))
    assert states(ask, "platform_follow_up") == ["superseded", "superseded", "open"]


@pytest.mark.rule("S4-45")
@pytest.mark.parametrize("kind", ["lost", "damaged"])
def test_a_lost_or_damaged_parcel_is_claimed_for(kind: str) -> None:
    """Once for each parcel, however often it is reported; also after the buyer has their money back."""
    trade = shipped()
    trade.happened("parcel.exception", LOST | {"kind": kind}, when=at(days=1))
    trade.happened("parcel.exception", LOST | {"kind": kind}, when=at(days=2))
    trade.ask("refund_only", reason="not_received").act("agree")
    assert (trade.stage, trade.task("claim_from_carrier").state) == ("closed", WorkState.OPEN)


@pytest.mark.rule("S4-45")
def test_a_slow_parcel_is_not_claimed_for() -> None:
    """Weather and crowded hubs cost the carrier nothing."""
    trade = shipped()
    trade.happened("parcel.exception", LOST | {"kind": "weather"}, when=at(days=1))
    assert "claim_from_carrier" not in trade.open_tasks()


@pytest.mark.rule("S4-45")
def test_goods_that_the_carrier_broke_on_their_way_back_are_claimed_for() -> None:
    """The inspection says whose fault it was; a return that is lost is claimed for too."""
    ask = sent_back()
    ask.inspect(cause="carrier")
    assert ask.ended == ("succeeded", "refunded")
    assert (ask.open_tasks(), ask.trade.open_tasks()) == ([], ["claim_from_carrier"]), "its order sees to it"
    ask = sent_back()
    ask.inspect(cause="buyer")
    assert ask.open_tasks() == []
    ask = sent_back()
    ask.happened("parcel.exception", {"carrier": "yto", "tracking_no": "R1", "kind": "lost"})
    ask.happened("parcel.exception", {"carrier": "yto", "tracking_no": "OTHER", "kind": "lost"})
    assert ask.open_tasks() == ["claim_from_carrier"]


@pytest.mark.rule("S2-63")
def test_a_refused_parcel_is_not_confirmed_by_timeout() -> None:
    """The buyer looked, found a fault and did not take it: the receipt clock stands still."""
    trade = shipped()
    trade.scan("refused", when=at(days=2))
    trade.until(at(days=40))
    assert (trade.stage, trade.deadline("auto_confirm").state) == ("in_transit", "paused")


@pytest.mark.rule("S2-63")
def test_refused_goods_are_refunded_as_never_received() -> None:
    """All that was paid goes back, freight too, and nothing is deducted, whatever the reason is called."""
    trade = shipped()
    trade.scan("refused", when=at(days=2))
    ask = trade.ask("refund_only", reason="other")
    ask.act("agree")
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00"})
    assert trade.state.outcome == "refunded"


@pytest.mark.rule("S2-74", "S2-76")
@pytest.mark.parametrize(("reason", "payer"), [("no_reason", "buyer"), ("quality", "merchant")])
def test_it_is_said_beforehand_who_bears_the_freight(reason: str, payer: str) -> None:
    """With the consent, before the buyer sends anything."""
    ask = signed().ask("exchange", reason=reason)
    ask.act("agree")
    (agreed,) = [told for told in ask.state.story if told.type == "after_sale.awaiting_buyer_return"]
    assert agreed.data["freight"] == payer
    assert f"the {payer} bears the freight" in agreed.summary


@pytest.mark.rule("S4-28")
def test_a_return_that_is_said_to_be_here_is_inspected() -> None:
    """The warehouse had taken it in without a word: it is looked at, and nobody looks for it any more."""
    ask = sent_back()
    ask.trade.until(at(days=4))
    ask.done("check_return", "arrived")
    assert (ask.open_tasks(), ask.deadline("return_check").state) == (["inspect_return"], "met")
    ask.inspect()
    assert ask.ended == ("succeeded", "refunded")


@pytest.mark.rule("S4-45")
def test_a_return_that_is_lost_is_claimed_for() -> None:
    """Its buyer has sent it, and is paid when the time to take it in is over."""
    ask = sent_back()
    ask.trade.until(at(days=4))
    ask.done("check_return", "lost")
    assert ask.open_tasks() == ["claim_from_carrier"]
    ask.trade.until(at(days=13))
    assert ask.ended == ("succeeded", "refunded")
