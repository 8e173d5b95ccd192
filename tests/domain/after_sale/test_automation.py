"""A shop's strategies in the life of a request: what they are asked, what their answers do, what stays with people."""

from __future__ import annotations

import pytest

from domain.case.deadline import DeadlineState
from domain.case.errand import Decide
from domain.roles import SYSTEM, Role
from domain.shop.automation import Automation, Decided, Keyword, StrategyStage, Verdict
from domain.shop.service import Service
from tests.automation.shops import NO, shop, strategy
from tests.domain.after_sale.automated import MESSAGE, AutomatedTrade, bought, signed
from tests.domain.after_sale.made import paid
from tests.domain.orders import at

BUYER = Role.BUYER
SMALL = strategy("service == 'refund_only' && amount <= 300", Verdict.AGREE, name="small")
USED = strategy("reason == 'other'", Verdict.REFUSE, name="used")
ALL_FINE = strategy("true", Verdict.CONFORMING, name="all-fine")
SMALL_PAID = strategy("amount <= 100", Verdict.PAY, name="small-paid")
WORDS = (
    Keyword(service=Service.RETURN_REFUND, words=("退货",)),
    Keyword(service=Service.EXCHANGE, words=("换货",)),
)


@pytest.mark.rule("S3-06")
def test_a_strategy_agrees_at_once() -> None:
    """Nobody is asked, the buyer has their money, and the timeline names the strategy, decided by the system."""
    trade = bought(shop(SMALL))
    ask = trade.ask("refund_only")
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00"})
    assert ask.state.work_items == []
    (line,) = [told for told in ask.state.story if told.type == "strategy.decided"]
    assert (line.summary, line.actor, line.data["stage"]) == ("Decided by strategy small: agree", SYSTEM, "review")
    assert ask.view.out_of_stock is False


def test_a_shop_without_strategies_asks_none() -> None:
    """A plain request costs nothing more: no question, and a person is asked at once."""
    for trade in (paid(), bought(shop(SMALL.model_copy(update={"enabled": False})))):
        ask = trade.ask("refund_only")
        assert ask.open_tasks() == ["review_after_sale"]
        assert ask.state.questions == []


def test_only_the_stages_with_a_strategy_are_asked() -> None:
    """A shop that automates the receiving alone reviews itself."""
    trade = signed(shop(ALL_FINE))
    ask = trade.ask("return_refund")
    assert (ask.open_tasks(), trade.asked) == (["review_after_sale"], [])


def test_a_person_is_asked_once_no_strategy_decides() -> None:
    """Not before the answer; then it is somebody's, and the answer clock has run all along."""
    trade = bought(shop(SMALL.model_copy(update={"when": "amount <= 10"})))
    trade.strategies_wait = True
    ask = trade.ask("refund_only")
    assert ask.state.work_items == []
    assert ask.clock("seller_answer") == (DeadlineState.RUNNING, at(hours=48))
    trade.strategies_wait = False
    trade.until(at(minutes=1))
    assert (ask.stage, ask.open_tasks()) == ("awaiting_seller", ["review_after_sale"])
    assert ask.told("strategy.decided") == []


def test_a_strategy_may_leave_it_to_a_person() -> None:
    """The timeline says which did; later strategies are kept off."""
    trade = bought(shop(strategy("amount > 100", Verdict.PERSON, name="dear"), SMALL))
    ask = trade.ask("refund_only")
    assert ask.open_tasks() == ["review_after_sale"]
    assert ask.told("strategy.decided") == ["Left to a person by strategy dear"]


@pytest.mark.rule("S3-09")
def test_a_warned_request_is_left_to_people() -> None:
    """A text that contradicts the service warns somebody, and no strategy is asked at any stage."""
    automation = Automation(strategies=(strategy("true", name="all"), ALL_FINE, SMALL_PAID), keywords=WORDS)
    trade = signed(automation)
    ask = trade.ask("exchange", reason="other", description="我要退货")
    assert ask.open_tasks() == ["keyword_mismatch"]
    assert ask.state.demand.contradicts == ["退货"]
    ask.act("agree")
    ask.send_back()
    ask.scan("signed", when=at(days=4))
    assert ask.open_tasks() == ["inspect_return"]
    assert trade.asked == []


@pytest.mark.rule("S3-07", "S3-08", "S4-53")
def test_an_amendment_is_looked_at_again() -> None:
    """Asking for what the words say takes the warning back, and strategies are asked; other words bring it again."""
    automation = Automation(strategies=(strategy("service == 'return_refund'", name="returns"),), keywords=WORDS)
    trade = signed(automation)
    ask = trade.ask("exchange", reason="other", description="我要退货")
    trade.until(at(days=2, minutes=1))
    ask.act("amend", BUYER, description="还是要换货")
    assert (ask.state.demand.contradicts, ask.open_tasks()) == ([], ["review_after_sale"])
    trade.until(at(days=2, minutes=2))
    ask.act("amend", BUYER, description="我要退货")
    assert (ask.state.demand.contradicts, ask.open_tasks()) == (["退货"], ["keyword_mismatch"])
    trade.until(at(days=2, minutes=3))
    ask.act("amend", BUYER, service="return_refund")
    assert (ask.state.demand.contradicts, ask.open_tasks()) == ([], [])
    assert ask.stage == "awaiting_buyer_return"


@pytest.mark.rule("S3-06")
def test_a_strategy_refuses_with_the_shops_reason() -> None:
    """The buyer may react as to a person's refusal; the sentence itself stays out of the case."""
    trade = signed(shop(USED))
    ask = trade.ask("refund_only", reason="other")
    assert ask.stage == "refused"
    assert ask.deadline("buyer_reaction").state is DeadlineState.RUNNING
    (line,) = [told for told in ask.state.story if told.type == "strategy.decided"]
    assert (line.data["reason"], line.data["message"]) == (NO.reason, MESSAGE)
    assert NO.message not in ask.state.model_dump_json()


@pytest.mark.rule("S4-58")
def test_an_instant_refund_is_never_refused() -> None:
    """Not even by an answer that says so: a person is asked, and may not refuse either."""

    class Rash(AutomatedTrade):
        def decided(self, asked: Decide) -> Decided | None:
            assert asked.facts.instant_refund
            assert asked.facts.cannot_refuse
            return Decided(strategy="rash", decision=Verdict.REFUSE, reason="used")

    trade = Rash(automation=shop(USED))
    trade.state.instant_refund = True
    trade.pay()
    trade.consign(when=at(hours=1))
    trade.scan("picked_up")
    ask = trade.ask("refund_only", reason="other")
    assert (ask.stage, ask.open_tasks()) == ("awaiting_seller", ["review_after_sale"])
    assert (ask.told("strategy.decided"), ask.against("refuse")) == ([], ["cannot_refuse"])


@pytest.mark.parametrize(("answer", "stage"), [("agree", "succeeded"), ("refuse", "refused"), ("withdraw", "closed")])
def test_a_late_decision_changes_nothing(answer: str, stage: str) -> None:
    """Somebody acted while the strategies were asked: theirs counts, and the strategy's is not even told."""
    trade = signed(shop(SMALL))
    trade.strategies_wait = True
    ask = trade.ask("refund_only", reason="other")
    input_ = {"reason": "used", "message": "已使用"} if answer == "refuse" else {}
    ask.act(answer, BUYER if answer == "withdraw" else Role.AGENT, **input_)
    before = [told.summary for told in ask.state.story]
    trade.strategies_wait = False
    trade.run_errands()
    assert len(trade.asked) == 1
    assert ([told.summary for told in ask.state.story], ask.stage) == (before, stage)
    assert ask.open_tasks() == (["contact_refused_buyer"] if answer == "refuse" else [])


def test_an_amendment_meanwhile_is_what_is_decided() -> None:
    """The answer about what the buyer asked for first does not count; each amendment is asked about anew."""
    trade = signed(shop(SMALL, strategy("service == 'return_refund'", name="returns")))
    trade.strategies_wait = True
    ask = trade.ask("refund_only", reason="other")
    trade.until(at(days=2, minutes=5))
    ask.act("amend", BUYER, service="return_refund")
    trade.strategies_wait = False
    trade.run_errands()
    assert [question.facts.service for question in trade.asked] == ["refund_only", "return_refund"]
    assert ask.told("strategy.decided") == ["Decided by strategy returns: agree"]
    assert ask.stage == "awaiting_buyer_return"


@pytest.mark.rule("S3-06")
def test_a_strategy_takes_a_return_in() -> None:
    """The return arrives, counts as conforming and is refunded; nobody in the warehouse is asked."""
    trade = signed(shop(ALL_FINE))
    ask = trade.ask("return_refund")
    ask.act("agree")
    ask.send_back()
    ask.scan("signed", when=at(days=4))
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "199.00"})
    assert ask.tasks("inspect_return") == []
    assert [(asked.stage, asked.facts.days_since_signed) for asked in trade.asked] == [(StrategyStage.RECEIVING, 2)]


def test_a_return_that_no_strategy_takes_in_is_inspected() -> None:
    """Once, however often it is scanned; what the warehouse says counts."""
    trade = signed(shop(ALL_FINE.model_copy(update={"when": "amount < 10"})))
    ask = trade.ask("return_refund")
    ask.act("agree")
    ask.send_back()
    ask.scan("signed", when=at(days=4))
    ask.scan("signed", when=at(days=4, hours=1))
    assert (len(trade.asked), ask.open_tasks()) == (1, ["inspect_return"])
    ask.inspect(conforming=False)
    assert ask.stage == "refused"


def test_goods_that_failed_are_for_people() -> None:
    """An amendment after a failed inspection does not slip through a strategy that knows nothing of it."""
    trade = signed(shop(strategy("true", name="all")))
    ask = trade.ask("return_refund")
    ask.send_back()
    ask.inspect(conforming=False)
    asked_before = len(trade.asked)
    ask.act("amend", BUYER, amount="50.00")
    assert (ask.stage, ask.open_tasks()) == ("awaiting_seller", ["review_after_sale"])
    assert len(trade.asked) == asked_before
