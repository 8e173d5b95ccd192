"""Trying strategies on past requests, before they are switched on (S3-06).

How many would they have decided, how, and did the people who decided then think the same?
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pydantic import BaseModel, ConfigDict

from automation.strategies import Judgement, judge
from domain.shop.automation import Automation, RequestFacts, StrategyStage, Verdict

MAX_EXAMPLES = 5


class PastRequest(BaseModel):
    """A step of a past request: what was known then, and what a person decided; None where nobody did."""

    model_config = ConfigDict(frozen=True)

    case_id: str
    stage: StrategyStage
    facts: RequestFacts
    warned: bool = False
    decided: Verdict | None = None


class Example(BaseModel):
    """A step that a strategy would have taken, beside what a person did."""

    case_id: str
    stage: StrategyStage
    decision: Verdict
    decided: Verdict | None


class StrategyTrial(BaseModel):
    """What one strategy would have done.

    Attributes:
        decided: steps it would have decided; for `person`, left to somebody.
        agreed: of those, how often a person had decided the same, and `disagreed` otherwise; not counted where
            nobody had, or where the strategy leaves it to a person.
        withheld: refusals of what must not be refused, so not decided (S4-58).
        failed: steps on which its expression failed; `failure` is the first reason.
        examples: up to five, disagreements first.
    """

    strategy: str
    title: str
    stage: StrategyStage
    decision: Verdict
    decided: int = 0
    agreed: int = 0
    disagreed: int = 0
    withheld: int = 0
    failed: int = 0
    failure: str | None = None
    examples: list[Example] = []


class TrialReport(BaseModel):
    """What the strategies would have done.

    Attributes:
        tried: steps looked at; `decided` of them without a person.
        warned: steps that no strategy may decide, for the buyer's text contradicts the service (S3-09).
        strategies: those that took part, in their order.
    """

    tried: int = 0
    decided: int = 0
    warned: int = 0
    strategies: list[StrategyTrial] = []


def trial(automation: Automation, past: Iterable[PastRequest], *, switch_on: Collection[str] = ()) -> TrialReport:
    """What these settings would have decided of past requests; nothing is changed.

    Args:
        automation: the settings to try, saved or not.
        past: one entry for each step of a request that somebody could have automated.
        switch_on: ids of strategies that are off and tried as if they were on.
    """
    tried = _switched_on(automation, switch_on)
    by_id = {
        strategy.id: StrategyTrial(
            strategy=strategy.id, title=strategy.title, stage=strategy.stage, decision=strategy.decision
        )
        for strategy in tried.strategies
        if strategy.enabled
    }
    report = TrialReport(strategies=list(by_id.values()))
    for request in past:
        report.tried += 1
        report.warned += request.warned
        judged = judge(tried, request.stage, request.facts, warned=request.warned)
        if judged.decision and judged.decision.decision is not Verdict.PERSON:
            report.decided += 1
        _count(by_id, judged, request)
    return report


def _switched_on(automation: Automation, ids: Collection[str]) -> Automation:
    strategies = tuple(
        strategy.model_copy(update={"enabled": True}) if strategy.id in ids else strategy
        for strategy in automation.strategies
    )
    return automation.model_copy(update={"strategies": strategies})


def _count(by_id: dict[str, StrategyTrial], judged: Judgement, request: PastRequest) -> None:
    if judged.withheld:
        by_id[judged.withheld].withheld += 1
    elif judged.failure:
        failed = by_id[judged.failure.strategy]
        failed.failed += 1
        failed.failure = failed.failure or judged.failure.why
    elif judged.decision:
        _count_decided(by_id[judged.decision.strategy], request)


def _count_decided(one: StrategyTrial, request: PastRequest) -> None:
    one.decided += 1
    comparable = request.decided is not None and one.decision is not Verdict.PERSON
    disagrees = comparable and request.decided is not one.decision
    one.agreed += comparable and not disagrees
    one.disagreed += disagrees
    example = Example(case_id=request.case_id, stage=request.stage, decision=one.decision, decided=request.decided)
    if disagrees:
        # Up to here `disagreed - 1` of them stand in front.
        one.examples.insert(min(one.disagreed - 1, MAX_EXAMPLES), example)
    else:
        one.examples.append(example)
    del one.examples[MAX_EXAMPLES:]
