"""Money that waits: a strategy lets it go, or a person does, or the clock."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.case.deadline import DeadlineState
from domain.roles import Role
from domain.shop.automation import StrategyStage, Verdict
from tests.automation.shops import shop, strategy
from tests.domain.after_sale.automated import AutomatedTrade, bought, signed
from tests.domain.orders import at

BUYER, FINANCE, OWNER, PLATFORM = Role.BUYER, Role.FINANCE, Role.OWNER, Role.PLATFORM
ALL_FINE = strategy("true", Verdict.CONFORMING, name="all-fine")
SMALL_PAID = strategy("amount <= 100", Verdict.PAY, name="small-paid")


@pytest.mark.rule("S3-06", "S4-66")
def test_a_refund_waits_for_approval() -> None:
    """Money that no strategy lets go waits for a person, within their authority; then the partner pays."""
    trade = bought(shop(SMALL_PAID))
    trade.shop = trade.shop.model_copy(update={"authority": Decimal("208.99")})
    ask = trade.ask("refund_only")
    assert ask.refused("agree") == ["over_authority"]
    trade.shop = trade.shop.model_copy(update={"authority": None})
    ask.act("agree", OWNER)
    assert (ask.stage, ask.open_tasks(), trade.paid_out) == ("refunding", ["approve_refund"], {})
    trade.shop = trade.shop.model_copy(update={"authority": Decimal("208.99")})
    assert ask.refused("approve_refund") == ["over_authority"]
    trade.shop = trade.shop.model_copy(update={"authority": None})
    ask.act("approve_refund")
    assert (ask.ended, ask.got(), ask.open_tasks()) == (("succeeded", "refunded"), {"refund": "209.00"}, [])
    assert ask.deadline("refund_approval").state is DeadlineState.MET


def test_a_strategy_lets_small_refunds_go() -> None:
    """What is granted is what it looks at, not what was asked for."""
    trade = signed(shop(SMALL_PAID))
    ask = trade.ask("refund_only", reason="other")
    ask.act("agree", amount="80.00")
    assert ask.got() == {"refund": "80.00"}
    assert ask.tasks("approve_refund") == []
    (asked,) = trade.asked
    assert (asked.stage, asked.facts.amount) == (StrategyStage.PROCESSING, Decimal("80.00"))


def test_silence_does_not_keep_the_money() -> None:
    """A refund that nobody approves goes when its clock passes, once."""
    trade = bought(shop(SMALL_PAID))
    ask = trade.ask("refund_only")
    ask.act("agree")
    due = trade.now + timedelta(hours=48)
    assert ask.clock("refund_approval") == (DeadlineState.RUNNING, due)
    trade.until(due - timedelta(seconds=1))
    assert ask.stage == "refunding"
    trade.until(due)
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00"})


def test_a_held_refund_is_not_paid_by_hand_either() -> None:
    """Where finance pays, it is asked only once the refund is approved."""
    trade = bought(shop(SMALL_PAID))
    by_hand = trade.shop.shop.model_copy(update={"refunds_by_hand": True})
    trade.shop = trade.shop.model_copy(update={"shop": by_hand})
    ask = trade.ask("refund_only")
    ask.act("agree")
    assert ask.open_tasks() == ["approve_refund"]
    assert "not_approved" in ask.against("confirm_refund_paid", FINANCE)
    ask.act("approve_refund")
    assert ask.open_tasks() == ["pay_refund"]
    assert ask.refused("approve_refund") == ["not_held"]
    ask.act("confirm_refund_paid", FINANCE)
    assert ask.ended == ("succeeded", "refunded")


def test_an_approval_meanwhile_makes_the_decision_late() -> None:
    """A person lets the money go before the strategies answer: it goes once."""
    trade = bought(shop(SMALL_PAID.model_copy(update={"when": "true"})))
    trade.strategies_wait = True
    ask = trade.ask("refund_only")
    ask.act("agree")
    ask.act("approve_refund")
    trade.strategies_wait = False
    trade.run_errands()
    assert (len(trade.paid_out), ask.got()) == (1, {"refund": "209.00"})
    assert ask.told("strategy.decided") == []


def test_what_others_call_for_is_paid_at_once() -> None:
    """The platform's ruling, a deadline's consequence and an instant refund wait for no approval."""
    held = shop(SMALL_PAID)
    silent = bought(held).ask("refund_only")
    silent.trade.until(at(hours=49))
    trade = signed(held)
    ruled = trade.ask("refund_only", reason="other")
    ruled.act("refuse", reason="used", message="已使用")
    ruled.act("ask_platform", BUYER)
    ruled.act("rule", PLATFORM, in_favour_of="buyer", amount="150.00")
    instant = AutomatedTrade(automation=held)
    instant.state.instant_refund = True
    instant.pay()
    at_once = instant.ask("refund_only")
    at_once.act("agree")
    for ask in (silent, ruled, at_once):
        assert ask.ended == ("succeeded", "refunded")
        assert ask.tasks("approve_refund") == []
