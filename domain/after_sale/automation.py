"""What a shop's strategies are asked about a request: when, and with which facts (S3-06..09).

They are asked only at stages for which the shop has some switched on, and never about a request whose text contradicts
the service asked for, or whose return was found not to conform. What comes of their answer, `decisions.py` says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.after_sale.parcels import arrived_at
from domain.after_sale.question import Approval, Question
from domain.after_sale.refunds import most
from domain.after_sale.relation import Surroundings
from domain.after_sale.services import SERVICES
from domain.after_sale.stages import never_refused
from domain.after_sale.state import AfterSaleState
from domain.after_sale.tasks import APPROVE_REFUND
from domain.case.cause import Cause, CauseKind
from domain.case.errand import Decide
from domain.case.story import Story
from domain.money import ZERO, Yuan
from domain.policy import Platform
from domain.roles import Role
from domain.shop.automation import RequestFacts, StrategyStage, Verdict
from domain.times import iso_instant


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step of a request that strategies could have decided, and what a person did; None where nobody had to."""

    stage: StrategyStage
    facts: RequestFacts
    decided: Verdict | None


def leave_to_strategies(state: AfterSaleState, story: Story, stage: StrategyStage, matter: str) -> bool:
    """Asks the shop's strategies about a step, once; False: it is for a person, now or after they did not decide."""
    if (question := question_about(state, stage, matter)) is not None:
        return not question.answered
    failed = state.inspection is not None and not state.inspection.conforming
    if stage not in state.automated or state.demand.contradicts or failed:
        return False
    state.questions.append(Question(stage=stage, matter=matter))
    story.send(Decide(stage=stage, matter=matter, facts=facts(state, stage)))
    return True


def question_about(state: AfterSaleState, stage: StrategyStage, matter: str) -> Question | None:
    """The question about a step, if strategies were asked."""
    return next((one for one in state.questions if (one.stage, one.matter) == (stage, matter)), None)


def may_hold(state: AfterSaleState, cause: Cause) -> bool:
    """Whether a payment waits for a decision: not what the platform or a passed deadline calls for (S4-58).

    Nor a refund without a return whose goods the carrier stopped: it goes at once (S1-04).
    """
    stopped = SERVICES[state.demand.service].leaves_goods and state.goods_back
    forced = stopped or state.instant_refund or cause.kind is CauseKind.DEADLINE or cause.actor.role is Role.PLATFORM
    return StrategyStage.PROCESSING in state.automated and not forced


def hold(state: AfterSaleState, story: Story) -> None:
    """Keeps the money back until a strategy or a person lets it go."""
    state.money_held = True
    if not leave_to_strategies(state, story, StrategyStage.PROCESSING, paying_matter(state)):
        ask_for_approval(state, story)


def ask_for_approval(state: AfterSaleState, story: Story) -> None:
    """A person is to let the money go."""
    state.approval = Approval(asked_at=story.cause.at, by=story.cause.evidence)
    story.ask_for(APPROVE_REFUND, matter=paying_matter(state))


def paying_matter(state: AfterSaleState) -> str:
    """Tells one payment of a request from another."""
    return iso_instant(state.paying_since) if state.paying_since else ""


def facts(state: AfterSaleState, stage: StrategyStage) -> RequestFacts:
    """What is known of a request when a step of it is due, or was; the same then and later."""
    surroundings, at = _when_due(state, stage)
    inspected = stage is not StrategyStage.RECEIVING and state.inspection is not None and state.inspection.at <= at
    found = state.inspection if inspected else None
    demand, signed_at = state.demand, surroundings.signed_at
    return RequestFacts(
        service=demand.service,
        reason=demand.reason,
        amount=_amount(state, stage, surroundings),
        paid=state.order_paid,
        line_count=len(state.lines),
        categories=tuple(dict.fromkeys(line.category for line in state.lines)),
        platform=Platform(state.platform),
        edition=state.policy,
        shipped=surroundings.shipped,
        signed=surroundings.received,
        days_since_signed=max((at - signed_at).days, 0) if signed_at else None,
        phase=state.phase,
        instant_refund=state.instant_refund,
        cannot_refuse=never_refused(demand, surroundings, instant_refund=state.instant_refund) is not None,
        requests_before=state.requests_before,
        return_conforming=found.conforming if found else None,
        cause=found.cause if found else None,
        evidence_count=state.evidence_before if stage is StrategyStage.REVIEW else len(state.evidence),
    )


def past_steps(state: AfterSaleState) -> Iterable[PastStep]:
    """The steps of a request that strategies could have decided, with what people decided instead."""
    steps = [(StrategyStage.REVIEW, _answer(state))]
    if arrived_at(state) is not None:
        steps.append((StrategyStage.RECEIVING, _finding(state)))
    if state.paying_since is not None:
        approved = state.approval is not None and state.approval.granted_by is not None
        steps.append((StrategyStage.PROCESSING, Verdict.PAY if approved else None))
    for stage, decided in steps:
        known = facts(state, stage)
        if known.return_conforming is not False:
            yield PastStep(stage, known, decided)


def _when_due(state: AfterSaleState, stage: StrategyStage) -> tuple[Surroundings, datetime]:
    if stage is StrategyStage.REVIEW:
        return state.requested_in or state.surroundings, state.requested_at
    due = arrived_at(state) if stage is StrategyStage.RECEIVING else state.paying_since
    return state.surroundings, due or state.requested_at


def _amount(state: AfterSaleState, stage: StrategyStage, surroundings: Surroundings) -> Yuan:
    if stage is StrategyStage.PROCESSING:
        return sum((payout.amount for payout in state.payouts), ZERO)
    demand = state.demand
    if SERVICES[demand.service].pays is None:
        return ZERO
    allowed = most(state.lines, demand, surroundings, state.outbound_freight)
    return allowed if demand.amount is None else min(demand.amount, allowed)


def _answer(state: AfterSaleState) -> Verdict | None:
    """What a person answered first to what is asked for now."""
    answers = ((state.agreed_at, state.agreed_by, Verdict.AGREE), (state.refused_at, state.refused_by, Verdict.REFUSE))
    by_people = [
        (at, verdict)
        for at, by, verdict in answers
        if at and by and at >= state.requested_at and by.type in ("agree", "refuse")
    ]
    return min(by_people)[1] if by_people else None


def _finding(state: AfterSaleState) -> Verdict | None:
    """What a person found in the return; one that does not conform is as good as refused."""
    by_strategy = any(one.stage is StrategyStage.RECEIVING and one.decided for one in state.questions)
    if state.inspection is None or by_strategy:
        return None
    return Verdict.CONFORMING if state.inspection.conforming else Verdict.REFUSE
