"""Strategies: found wanting when saved, and deciding a request's steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from automation.keywords import contradiction
from automation.strategies import check, decide, judge
from domain.shop.automation import Automation, Keyword, StrategyStage, Verdict
from domain.shop.service import Service
from tests.automation.shops import NO, facts, shop, strategy


@pytest.mark.rule("S3-06")
@pytest.mark.parametrize(
    ("stage", "decision"),
    [
        (StrategyStage.REVIEW, Verdict.AGREE),
        (StrategyStage.RECEIVING, Verdict.CONFORMING),
        (StrategyStage.PROCESSING, Verdict.PAY),
    ],
)
def test_a_strategy_takes_over_its_stage(stage: StrategyStage, decision: Verdict) -> None:
    """Review, receiving and processing each have decisions of their own, and a strategy acts at its stage only."""
    automation = shop(strategy("amount < 500 && !signed", decision))
    for asked in StrategyStage:
        decided = decide(automation, asked, facts(), warned=False)
        assert (decided.decision if decided else None) == (decision if asked is stage else None)


def test_the_first_that_matches_decides() -> None:
    """Strategies are tried in the shop's order; one that leaves it to a person keeps later ones off."""
    automation = shop(
        strategy("amount > 1000", Verdict.REFUSE, name="dear"),
        strategy("requests_before > 0", Verdict.PERSON, name="again"),
        strategy("true", Verdict.AGREE, name="rest"),
    )
    first = decide(automation, StrategyStage.REVIEW, facts(), warned=False)
    again = decide(automation, StrategyStage.REVIEW, facts(requests_before=1), warned=False)
    assert first is not None
    assert (first.strategy, first.decision) == ("rest", Verdict.AGREE)
    assert again is not None
    assert (again.strategy, again.decision) == ("again", Verdict.PERSON)


def test_a_refusal_says_what_the_buyer_is_told() -> None:
    """The strategy's reason and message come with the decision."""
    decided = decide(shop(strategy("true", Verdict.REFUSE)), StrategyStage.REVIEW, facts(), warned=False)
    assert decided is not None
    assert decided.refuse_with == NO


def test_nothing_is_automatic_by_default() -> None:
    """A shop that set nothing, or switched its strategy off, decides everything by people."""
    for automation in (Automation(), shop(strategy(enabled=False))):
        assert decide(automation, StrategyStage.REVIEW, facts(), warned=False) is None


@pytest.mark.rule("S3-09")
@pytest.mark.parametrize("stage", list(StrategyStage))
def test_a_warned_request_is_never_decided(stage: StrategyStage) -> None:
    """Text that contradicts the service stops every strategy at every stage."""
    automation = shop(*(strategy(decision=verdict, name=verdict) for verdict in Verdict))
    assert decide(automation, stage, facts(), warned=False) is not None
    assert decide(automation, stage, facts(), warned=True) is None


@pytest.mark.rule("S3-07", "S3-09")
def test_an_exchange_asked_for_in_the_words_of_a_return_is_not_approved() -> None:
    """A shop that agrees to every exchange by itself leaves the one to a person whose text wants the money back."""
    words = Keyword(service=Service.RETURN_REFUND, words=("退货",))
    automation = Automation(strategies=(strategy("service == 'exchange'"),), keywords=(words,))
    exchange = facts(service=Service.EXCHANGE)
    for text, agreed in (("尺码不合适，想换大一码", True), ("不喜欢，我要退货", False)):
        warned = bool(contradiction(automation, exchange.service, text))
        assert (decide(automation, StrategyStage.REVIEW, exchange, warned=warned) is not None) is agreed


@pytest.mark.rule("S4-58")
def test_an_instant_refund_is_never_refused() -> None:
    """Where a strategy would refuse it, nothing is decided, not by later strategies either."""
    automation = shop(strategy("true", Verdict.REFUSE, name="no"), strategy("true", Verdict.AGREE, name="yes"))
    judged = judge(automation, StrategyStage.REVIEW, facts(instant_refund=True), warned=False)
    assert judged.decision is None
    assert judged.withheld == "no"
    assert decide(automation, StrategyStage.REVIEW, facts(), warned=False) is not None


def test_what_must_not_be_refused_is_not() -> None:
    """Another rule against refusing counts the same; agreeing to it stays possible."""
    bound = facts(cannot_refuse=True)
    assert decide(shop(strategy("true", Verdict.REFUSE)), StrategyStage.REVIEW, bound, warned=False) is None
    assert decide(shop(strategy("true", Verdict.AGREE)), StrategyStage.REVIEW, bound, warned=False) is not None


@given(st.lists(st.sampled_from([Verdict.AGREE, Verdict.REFUSE, Verdict.PERSON]), max_size=5), st.booleans())
def test_no_set_of_strategies_refuses_an_instant_refund(verdicts: list[Verdict], signed: bool) -> None:
    """Whatever a shop sets up, an instant refund meets no refusal."""
    automation = shop(*(strategy("signed || true", verdict, name=f"s{n}") for n, verdict in enumerate(verdicts)))
    decided = decide(automation, StrategyStage.REVIEW, facts(instant_refund=True, signed=signed), warned=False)
    assert decided is None or decided.decision is not Verdict.REFUSE


def test_a_strategy_that_fails_decides_nothing_and_is_reported() -> None:
    """The step goes to a person, past the strategies behind it, and the log names the strategy and the reason."""
    automation = shop(
        strategy("days_since_signed > 7", Verdict.PERSON, name="late"), strategy("true", Verdict.AGREE, name="rest")
    )
    with capture_logs() as logs:
        assert decide(automation, StrategyStage.REVIEW, facts(), warned=False) is None
    assert [(entry["event"], entry["strategy"], entry["stage"]) for entry in logs] == [
        ("strategy_failed", "late", StrategyStage.REVIEW)
    ]
    assert "null" in logs[0]["why"]


def test_saving_finds_every_faulty_strategy() -> None:
    """Each fault is named with its place, in strategies that are off too; sound ones are not named."""
    automation = shop(
        strategy("amount <= 200", name="sound"),
        strategy("amount <=", name="broken"),
        strategy("nobody == 1", name="unknown", enabled=False),
        strategy("amount_fen", name="number"),
    )
    problems = check(automation)
    assert [problem.path for problem in problems] == ["strategies.1.when", "strategies.2.when", "strategies.3.when"]
    syntax, unknown, kind = (problem.why for problem in problems)
    assert "Syntax error" in syntax
    assert "undeclared reference to 'nobody'" in unknown
    assert kind == "gives INT, not true or false"


def test_a_sound_shop_can_be_saved() -> None:
    """Nothing to say about settings that work, nor about none at all."""
    assert check(Automation()) == []
    assert check(shop(strategy("shipped == false && categories.exists(c, c == 'shoes')"))) == []
