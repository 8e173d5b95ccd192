"""Trial use: the shop takes goods back used, for as many days as it offered, beyond what the rules make it do."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.after_sale.state import AfterSaleStage
from domain.case.deadline import DeadlineState
from domain.order.opening import OpenedUnder, OrderLine
from domain.roles import Role
from domain.shop.offers import Offer, ServiceOffers
from domain.shop.service import Service
from tests.domain.after_sale.made import shipped, signed
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import at, line

BUYER = Role.BUYER
TRIAL = Service.TRIAL_USE


def offered(days: int = 30) -> OpenedUnder:
    """A shop that offers trial use."""
    return OpenedUnder(offers=(Offer(service=TRIAL, days=days),))


def tried(days: float, *lines: OrderLine, **options: Any) -> Trade:
    """An order signed for on its third day, under an offer, so many days after it was placed."""
    trade = signed(*lines, under=offered(), **options)
    trade.until(at(days=days))
    return trade


def test_goods_come_back_used_and_are_paid_back() -> None:
    """Asked for in the third week, long after the return window: taken back, judged as used goods, refunded."""
    trade = tried(20)
    ask = trade.ask(TRIAL)
    ask.act("agree")
    ask.send_back()
    ask.scan("signed")
    assert ask.open_tasks() == ["inspect_trial"]
    ask.inspect()
    assert ask.ended == ("succeeded", "refunded")
    assert ask.got() == {"refund": "199.00"}, "the goods; without a fault of the seller's the freight stays paid"
    assert trade.line().refunded
    assert not trade.state.open, "nothing is left that could be asked for"


def test_its_clock_is_the_orders() -> None:
    """From the carrier's signed time for the days that were offered, because of what the shop set up."""
    trade = tried(20)
    clock = trade.deadline(TRIAL)
    assert (clock.state, clock.started_at, clock.due_at) == (DeadlineState.RUNNING, at(days=2), at(days=32))
    assert (clock.because.rule, clock.because.value) == ("service-offers.trial_use", "P30D")
    assert trade.deadline("return_window").state is DeadlineState.ELAPSED
    assert trade.state.open
    trade.until(at(days=32))
    assert trade.told("trial_use.elapsed") == ["Trial use is not offered any more"]
    assert not trade.state.open


def test_that_goods_were_used_is_no_ground_to_refuse() -> None:
    """Neither whole nor in part; goods that are broken beyond use do not conform, and the buyer may react."""
    ask = tried(20).ask(TRIAL, reason="other")
    assert ask.refused("refuse", reason="used", message="已经穿过") == ["cannot_refuse"]
    assert ask.refused("agree", amount="100.00") == ["cannot_refuse"]
    ask.act("agree")
    ask.send_back()
    ask.inspect(conforming=False, cause="buyer")
    assert ask.stage == AfterSaleStage.REFUSED


def test_the_sellers_silence_is_consent() -> None:
    """Like anything that was shipped."""
    trade = tried(20)
    ask = trade.ask(TRIAL)
    trade.until(at(days=26))
    assert ask.stage == AfterSaleStage.AWAITING_BUYER_RETURN


@pytest.mark.parametrize(
    ("options", "reason", "got"),
    [
        ({}, "quality", {"refund": "209.00", "freight_subsidy": "12.00"}),
        ({"freight": "0.00"}, "no_reason", {"refund": "191.00"}),
    ],
    ids=["at the seller's fault", "sent free of charge"],
)
def test_freight_is_borne_by_the_rules(options: dict[str, Any], reason: str, got: dict[str, str]) -> None:
    """As with any return: a fault pays it back both ways, and what the shop advanced is deducted without one."""
    trade = tried(20, **options)
    trade.set_up(shop={"outbound_freight": "8.00"})
    ask = trade.ask(TRIAL, reason=reason)
    ask.act("agree")
    ask.send_back(freight="12.00")
    ask.inspect(cause=reason if reason == "quality" else None)
    assert ask.got() == got


def test_only_what_was_offered_when_the_order_was_opened() -> None:
    """A shop that offers nothing owes nothing, and its orders end with the return window as ever."""
    trade = signed()
    assert trade.ask_refused(TRIAL) == ["not_offered"]
    assert not trade.has(TRIAL)
    trade.until(at(days=20))
    assert not trade.state.open


def test_not_before_the_goods_are_there() -> None:
    """Nothing was tried yet."""
    assert shipped(under=offered()).ask_refused(TRIAL) == ["not_received"]


def test_not_when_the_time_is_over() -> None:
    """The refusal says until when it was; another request keeps the order open meanwhile."""
    trade = tried(31, line("1"), line("2"))
    trade.ask(TRIAL, "2", reason="other")
    trade.until(at(days=33))
    assert trade.ask_refused(TRIAL, "1") == ["offer_over"]


def test_nothing_else_is_asked_for_so_late() -> None:
    """The return window is over for everything that the shop did not offer."""
    trade = tried(20)
    assert trade.against("request_after_sale", BUYER) == []
    assert trade.ask_refused("return_refund") == ["window_closed"]
    assert trade.ask_refused("exchange", reason="quality") == ["window_closed"]


def test_it_is_asked_for_by_itself() -> None:
    """No other request becomes one, nor one another request: their times differ."""
    other = signed(under=offered()).ask("return_refund", reason="quality")
    assert other.refused("amend", BUYER, service=TRIAL) == ["own_terms"]
    ask = tried(20).ask(TRIAL, reason="other")
    assert ask.refused("amend", BUYER, service="return_refund") == ["own_terms"]
    assert ask.refused("amend", BUYER, reason="quality") == []


def test_a_shop_offers_only_what_nobody_is_owed_each_once() -> None:
    """Thirty days unless it says otherwise."""
    assert ServiceOffers.model_validate({"offers": [{"service": "trial_use"}]}).offers[0].days == 30
    for wrong in (
        [{"service": "return_refund"}],
        [{"service": "trial_use"}, {"service": "trial_use", "days": 7}],
        [{"service": "trial_use", "days": 0}],
    ):
        with pytest.raises(ValidationError):
            ServiceOffers.model_validate({"offers": wrong})
