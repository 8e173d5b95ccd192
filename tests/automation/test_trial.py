"""Trying strategies on past requests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.strategies import decide
from automation.trial import MAX_EXAMPLES, PastRequest, trial
from domain.shop.automation import StrategyStage, Verdict
from tests.automation.shops import facts, shop, strategy


def past(case_id: str = "c", decided: Verdict | None = None, *, warned: bool = False, **known: object) -> PastRequest:
    """A request that was to be reviewed."""
    return PastRequest(
        case_id=case_id, stage=StrategyStage.REVIEW, facts=facts(**known), warned=warned, decided=decided
    )


@pytest.mark.rule("S3-06")
def test_a_trial_tells_how_many_and_how() -> None:
    """Each strategy is credited with its own decisions, and compared with what people had decided."""
    automation = shop(
        strategy("amount > 500", Verdict.PERSON, name="dear"),
        strategy("reason == 'no_reason'", Verdict.REFUSE, name="whim"),
        strategy("!shipped", Verdict.AGREE, name="unshipped"),
    )
    report = trial(
        automation,
        [
            past("a", Verdict.AGREE, amount="900.00"),
            past("b", Verdict.AGREE),
            past("c", Verdict.REFUSE),
            past("d", Verdict.AGREE, reason="late"),
            past("e", None, reason="late"),
            past("f", Verdict.AGREE, reason="late", shipped=True),
            past("g", Verdict.AGREE, warned=True),
        ],
    )
    assert (report.tried, report.decided, report.warned) == (7, 4, 1)
    counts = {one.strategy: (one.decided, one.agreed, one.disagreed) for one in report.strategies}
    assert counts == {"dear": (1, 0, 0), "whim": (2, 1, 1), "unshipped": (2, 1, 0)}
    assert [example.case_id for example in report.strategies[1].examples] == ["b", "c"]


def test_a_strategy_is_tried_before_it_is_switched_on() -> None:
    """One that is off takes part when named, without changing the settings; unnamed ones stay off."""
    automation = shop(strategy(name="new", enabled=False), strategy(name="other", enabled=False))
    assert trial(automation, [past()]).strategies == []
    report = trial(automation, [past()], switch_on=["new"])
    assert [(one.strategy, one.decided) for one in report.strategies] == [("new", 1)]
    assert not automation.strategies[0].enabled


def test_failures_and_withheld_refusals_are_counted() -> None:
    """A shop sees which strategy fails, why, and which would have refused what must not be refused."""
    automation = shop(
        strategy("days_since_signed > 7", Verdict.PERSON, name="late"), strategy(decision=Verdict.REFUSE, name="never")
    )
    report = trial(automation, [past(), past(), past(days_since_signed=1, instant_refund=True)])
    late, never = report.strategies
    assert (late.failed, late.decided, never.withheld, never.decided, report.decided) == (2, 0, 1, 0, 0)
    assert late.failure is not None
    assert "null" in late.failure


def test_examples_are_few_and_show_disagreements_first() -> None:
    """However many requests agree, those on which people decided otherwise are seen."""
    agreeing = [past(f"yes-{n}", Verdict.AGREE) for n in range(10)]
    differing = [past(f"no-{n}", Verdict.REFUSE) for n in range(3)]
    (one,) = trial(shop(strategy()), [*agreeing, *differing]).strategies
    assert [example.case_id for example in one.examples] == ["no-0", "no-1", "no-2", "yes-0", "yes-1"]
    (many,) = trial(shop(strategy()), [past(f"no-{n}", Verdict.REFUSE) for n in range(9)]).strategies
    assert [example.case_id for example in many.examples] == [f"no-{n}" for n in range(MAX_EXAMPLES)]


PAST = st.lists(
    st.builds(
        past,
        decided=st.sampled_from([None, Verdict.AGREE, Verdict.REFUSE]),
        warned=st.booleans(),
        amount=st.sampled_from(["1.00", "50.00", "900.00"]),
        instant_refund=st.booleans(),
        days_since_signed=st.none() | st.integers(0, 20),
    ),
    max_size=12,
)


@given(PAST)
def test_a_trial_says_what_would_happen(requests: list[PastRequest]) -> None:
    """What a trial counts is what deciding each request gives, and nothing is counted twice."""
    automation = shop(
        strategy("amount > 500", Verdict.PERSON, name="dear"),
        strategy("days_since_signed > 7 && amount > 10", Verdict.REFUSE, name="late"),
        strategy("amount <= 50", Verdict.AGREE, name="small"),
    )
    report = trial(automation, requests)
    decisions = [decide(automation, one.stage, one.facts, warned=one.warned) for one in requests]
    for one in report.strategies:
        assert one.decided == sum(made is not None and made.strategy == one.strategy for made in decisions)
        assert one.agreed + one.disagreed <= one.decided
    handled = sum(one.decided + one.withheld + one.failed for one in report.strategies)
    assert handled + report.warned <= report.tried == len(requests)
