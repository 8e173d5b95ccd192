"""Strategies: checked when a shop saves them, then deciding steps of requests (S3-06).

What is in doubt goes to a person: a request whose text contradicts its service (S3-09), an expression that fails,
a refusal of what must not be refused (S4-58).
"""

from __future__ import annotations

import structlog
from pydantic import BaseModel, ConfigDict

from automation.expressions import ExpressionError, check_expression, holds
from domain.shop.automation import Automation, RefuseWith, RequestFacts, Strategy, StrategyStage, Verdict

log = structlog.get_logger(__name__)


class Problem(BaseModel):
    """Why settings cannot be saved: where (`strategies.0.when`), and a sentence."""

    model_config = ConfigDict(frozen=True)

    path: str
    why: str


class Decision(BaseModel):
    """What a strategy decided; `person` means that it wants somebody to decide."""

    model_config = ConfigDict(frozen=True)

    strategy: str
    decision: Verdict
    refuse_with: RefuseWith | None = None


class Failure(BaseModel):
    """A strategy whose expression failed on a request; it ended the judging."""

    model_config = ConfigDict(frozen=True)

    strategy: str
    why: str


class Judgement(BaseModel):
    """What came of judging a request; at most one is set, and without a decision a person decides.

    Attributes:
        withheld: the strategy that would have refused what must not be refused (S4-58).
    """

    model_config = ConfigDict(frozen=True)

    decision: Decision | None = None
    failure: Failure | None = None
    withheld: str | None = None


def check(automation: Automation) -> list[Problem]:
    """Everything that keeps a shop's strategies from working, switched on or not; empty: they can be saved."""
    problems = []
    for index, strategy in enumerate(automation.strategies):
        try:
            check_expression(strategy.when)
        except ExpressionError as error:
            problems.append(Problem(path=f"strategies.{index}.when", why=str(error)))
    return problems


def decide(automation: Automation, stage: StrategyStage, facts: RequestFacts, *, warned: bool) -> Decision | None:
    """What the shop's strategies decide at this stage; None leaves the step to a person. Never raises.

    Args:
        automation: the shop's settings.
        stage: the step that is due.
        facts: what is known of the request.
        warned: whether the buyer's text contradicts the service; then nothing is decided (S3-09).
    """
    judged = judge(automation, stage, facts, warned=warned)
    if judged.failure:
        log.warning("strategy_failed", strategy=judged.failure.strategy, stage=stage, why=judged.failure.why)
    return judged.decision


def judge(automation: Automation, stage: StrategyStage, facts: RequestFacts, *, warned: bool) -> Judgement:
    """As `decide`, with why nothing was decided: the first strategy that matches, or fails, ends it."""
    if warned:
        return Judgement()
    for strategy in automation.strategies:
        if not strategy.enabled or strategy.stage is not stage:
            continue
        try:
            matches = holds(strategy.when, facts)
        except ExpressionError as error:
            # The next strategy may rely on this one to have sorted out what a person should see.
            return Judgement(failure=Failure(strategy=strategy.id, why=str(error)))
        if matches:
            return _carried_out(strategy, facts)
    return Judgement()


def _carried_out(strategy: Strategy, facts: RequestFacts) -> Judgement:
    if strategy.decision is Verdict.REFUSE and (facts.instant_refund or facts.cannot_refuse):
        return Judgement(withheld=strategy.id)
    return Judgement(
        decision=Decision(strategy=strategy.id, decision=strategy.decision, refuse_with=strategy.refuse_with)
    )
