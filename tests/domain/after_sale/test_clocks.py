"""Every clock of a request: when it is due, why, and what happens just before, at and after that."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.roles import Role
from tests.domain.after_sale.made import paid, shipped, signed
from tests.domain.after_sale.trade import Request
from tests.domain.orders import at

BUYER = Role.BUYER
SECOND = timedelta(seconds=1)


def passes(ask: Request, kind: str, due: datetime) -> None:
    """Lets the clock pass, having seen that it does nothing a second before."""
    stage = ask.stage
    assert ask.clock(kind) == ("running", due)
    ask.trade.until(due - SECOND)
    assert (ask.stage, ask.deadline(kind).state) == (stage, "running")
    ask.trade.until(due)
    assert ask.deadline(kind).state == "elapsed"


def sent_back() -> Request:
    """A return that the buyer sent on the fourth day."""
    ask = signed().ask("return_refund", reason="quality")
    ask.trade.until(at(days=3))
    ask.act("agree")
    ask.trade.until(at(days=4))
    ask.send_back(freight="12.00")
    return ask


def refused() -> Request:
    """A request refused on the third day."""
    ask = signed().ask("return_refund", reason="quality")
    ask.trade.until(at(days=3))
    ask.act("refuse", reason="no_defect", message="照片看不出质量问题")
    return ask


def test_no_answer_before_shipping_is_a_refund() -> None:
    """48 hours, then all goes back without anybody's doing."""
    trade = paid()
    trade.until(at(hours=1))
    ask = trade.ask("refund_only")
    passes(ask, "seller_answer", at(hours=49))
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00"})
    because = ask.deadline("seller_answer").because
    assert (because.event_type, because.rule, because.value) == (
        "request_after_sale",
        "after_sale.answer_unshipped",
        "PT48H",
    )


@pytest.mark.parametrize(
    ("service", "stage"),
    [
        ("return_refund", "awaiting_buyer_return"),
        ("exchange", "awaiting_buyer_return"),
        ("repair", "awaiting_buyer_return"),
        ("reship", "awaiting_replacement"),
        ("refund_only", "succeeded"),
    ],
)
def test_no_answer_after_shipping_is_consent(service: str, stage: str) -> None:
    """Five days, then it is agreed to as it was asked."""
    ask = signed().ask(service, reason="quality")
    passes(ask, "seller_answer", at(days=7))
    assert ask.stage == stage


def test_shipping_gives_the_seller_more_time() -> None:
    """The clock of an open request moves from 48 hours to five days."""
    trade = paid()
    ask = trade.ask("refund_only", reason="other")
    trade.consign(when=at(hours=30))
    assert ask.clock("seller_answer") == ("running", at(days=5))


def test_an_answer_in_time_meets_the_clock() -> None:
    """It waits for nothing any more."""
    ask = signed().ask("return_refund")
    ask.act("agree")
    assert ask.deadline("seller_answer").state == "met"
    trade = paid()
    trade.ask("refund_only").act("withdraw", BUYER)
    (withdrawn,) = trade.children.values()
    assert [(d.kind, d.state) for d in withdrawn.state.deadlines] == [
        ("seller_answer", "cancelled"),
        ("task_due", "cancelled"),
    ]


def test_an_amendment_starts_the_answer_anew() -> None:
    """The seller has the whole time for what is asked now; the task of before has settled itself."""
    ask = signed().ask("return_refund", reason="quality")
    ask.trade.until(at(days=5))
    ask.act("amend", BUYER, reason="wrong_item")
    assert ask.clock("seller_answer") == ("running", at(days=10))
    assert [item.state for item in ask.tasks("review_after_sale")] == ["superseded", "open"]


@pytest.mark.rule("S4-55")
def test_goods_not_sent_back_close_the_request() -> None:
    """Seven days from the consent; nothing is refunded, and the line is as it was before."""
    ask = signed().ask("return_refund")
    ask.trade.until(at(days=3))
    ask.act("agree")
    passes(ask, "buyer_return", at(days=10))
    assert (ask.ended, ask.got()) == (("closed", "timed_out"), {})
    assert (ask.view.in_vain, ask.trade.line().refunding) == (True, 0)


@pytest.mark.parametrize("days", [3, 5, 7, 10])
def test_the_seller_puts_sending_back_off(days: int) -> None:
    """By one of the terms that the edition knows; the deadline says that it was extended."""
    ask = signed().ask("return_refund")
    ask.act("agree")
    assert ask.refused("extend_return", days=4) == ["invalid_days"]
    ask.act("extend_return", days=days)
    passes(ask, "buyer_return", at(days=9 + days))
    assert [change.change for change in ask.deadline("buyer_return").changes] == ["extended"]


@pytest.mark.rule("S4-30", "S4-33")
def test_what_is_not_taken_in_counts_as_taken_in() -> None:
    """Ten days from the sending, then the buyer is paid, their advance too."""
    ask = sent_back()
    passes(ask, "seller_receipt", at(days=14))
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00", "freight_subsidy": "12.00"})


def test_an_exchange_not_taken_in_goes_on() -> None:
    """The replacement is to be sent, though nobody looked."""
    ask = signed().ask("exchange")
    ask.act("agree")
    ask.send_back()
    passes(ask, "seller_receipt", at(days=12))
    assert (ask.stage, ask.open_tasks()) == ("awaiting_replacement", ["ship_replacement"])


@pytest.mark.rule("S4-19", "S4-30")
def test_taking_in_is_put_off_for_a_slow_carrier() -> None:
    """Not arrived yet: the clock of the taking in moves, that of the sending is met."""
    ask = sent_back()
    ask.act("extend_return", days=7)
    assert ask.deadline("buyer_return").state == "met"
    passes(ask, "seller_receipt", at(days=21))


@pytest.mark.rule("S4-54")
def test_a_refusal_stands_if_the_buyer_does_not_react() -> None:
    """Seven days, then it is closed; asked for in vain."""
    ask = refused()
    passes(ask, "buyer_reaction", at(days=10))
    assert (ask.ended, ask.view.in_vain) == (("closed", "rejected"), True)


def test_the_buyers_reaction_meets_the_clock() -> None:
    """Amended, withdrawn or taken to the platform."""
    ask = refused()
    ask.act("amend", BUYER, service="refund_only", amount="30.00")
    assert ask.deadline("buyer_reaction").state == "met"
    ask = refused()
    ask.act("ask_platform", BUYER)
    assert ask.deadline("buyer_reaction").state == "met"


def test_a_second_refusal_starts_it_anew() -> None:
    """Seven days from that one."""
    ask = refused()
    ask.act("amend", BUYER, reason="wrong_item")
    ask.trade.until(at(days=5))
    ask.act("refuse", reason="no_mistake", message="发出的商品没有错")
    passes(ask, "buyer_reaction", at(days=12))


@pytest.mark.rule("S4-19")
def test_a_replacement_counts_as_received() -> None:
    """As long after its sending as an order's goods."""
    ask = signed().ask("reship", reason="not_received")
    ask.act("agree")
    ask.trade.until(at(days=6))
    ask.send_replacement()
    passes(ask, "replacement_receipt", at(days=16))
    assert ask.ended == ("succeeded", "replaced")


@pytest.mark.rule("S4-67")
def test_the_platform_is_followed_up_every_day() -> None:
    """A task each day until it has ruled."""
    ask = refused()
    ask.act("ask_platform", BUYER)
    for day in range(1, 4):
        ask.trade.until(at(days=3 + day) - SECOND)
        assert len(ask.tasks("platform_follow_up")) == day - 1
        ask.trade.until(at(days=3 + day))
        assert len(ask.tasks("platform_follow_up")) == day
    ask.act("rule", Role.PLATFORM, in_favour_of="seller")
    assert (ask.ended, ask.open_tasks()) == (("closed", "rejected"), [])


def test_evidence_is_taken_for_three_days() -> None:
    """By either side; after that the platform decides on what is there."""
    ask = refused()
    ask.act("ask_platform", BUYER)
    piece = {"kind": "photo", "reference": "ref:1"}
    assert ask.refused("submit_evidence", BUYER, **piece) == []
    ask.trade.until(at(days=6) - SECOND)
    assert ask.refused("submit_evidence", **piece) == []
    passes(ask, "evidence", at(days=6))
    assert (ask.stage, ask.refused("submit_evidence", **piece)) == ("platform_intervention", ["evidence_closed"])
    assert ask.against("submit_evidence", BUYER) == ["evidence_closed"]
    assert ask.state.evidence == ["buyer:photo", "agent:photo"]


def test_an_order_waits_for_its_requests() -> None:
    """Closed or completed, it ends only when no request is open."""
    trade = signed()
    ask = trade.ask("exchange")
    ask.act("agree")
    ask.send_back()
    trade.act("confirm_receipt", BUYER)
    trade.until(at(days=60))
    assert (trade.stage, trade.state.open) == ("completed", True)
    ask.send_replacement()
    trade.until(at(days=70))
    assert not trade.state.open


def test_facts_about_a_case_that_has_ended_change_nothing() -> None:
    """A scan that comes after the money."""
    ask = sent_back()
    ask.inspect()
    ended = ask.state.model_copy(deep=True)
    assert ask.refused("withdraw", BUYER) == ["case_ended", "wrong_stage"]
    ask.scan("signed", when=at(days=6))
    assert (ask.stage, ask.state.outcome, ask.state.payouts) == (ended.stage, ended.outcome, ended.payouts)


def test_jd_waits_two_days_for_an_answer() -> None:
    """The clocks are the edition's."""
    assert shipped(policy="jd").ask("return_refund").clock("seller_answer") == ("running", at(hours=49))
