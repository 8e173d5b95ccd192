"""What people do in an interception: say what the carrier answered by phone, claim a parcel, settle the claim."""

from collections.abc import Iterable
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.case.action import ActionContext, Input_co
from domain.case.declare import ActionRule
from domain.case.ledger import Booking, EntryKind, Party
from domain.case.story import Story
from domain.errors import Refusal
from domain.intercept import transitions
from domain.intercept.state import Claim, ClaimKind, InterceptStage, InterceptState
from domain.money import InYuan, Yuan
from domain.privacy import Private
from domain.roles import Role
from domain.shop.accounts import Permission

InterceptContext: TypeAlias = ActionContext[InterceptState, Input_co]


class ReportAnswer(BaseModel):
    """What the carrier, or its branch, said when it was called (S1-42)."""

    model_config = ConfigDict(extra="forbid")

    stopped: bool


class FileClaim(InYuan):
    """What is claimed of the carrier, in yuan (S1-32)."""

    model_config = ConfigDict(extra="forbid")

    kind: ClaimKind
    amount: Annotated[Yuan, Field(gt=0)]
    text: Annotated[str, StringConstraints(max_length=1000), Private("claim_text")] = ""


class SettleClaim(InYuan):
    """What the carrier pays, in yuan; nothing: it refuses."""

    model_config = ConfigDict(extra="forbid")

    amount: Yuan


def _report_refusals(context: InterceptContext[ReportAnswer | None]) -> Iterable[Refusal]:
    state = context.state
    if state.at not in (InterceptStage.REQUESTED, InterceptStage.FAILED):
        yield Refusal(code="already_answered", message="The carrier has stopped this parcel already.")
    if state.signed_at is not None and (context.input is None or context.input.stopped):
        yield Refusal(code="already_signed", message="The buyer has signed for this parcel.")


def _report(context: InterceptContext[ReportAnswer], story: Story) -> dict[str, Any]:
    """By phone: the branch charges by case, outside the platform (S1-42); a late answer of the carrier's own costs."""
    state, cause = context.state, story.cause
    if not context.input.stopped and state.at is InterceptStage.FAILED:
        transitions.end(state, story, InterceptStage.FAILED, "Not stopped: the parcel goes on to the buyer")
    elif state.at is InterceptStage.FAILED:
        state.answered_at, state.answered_by, state.reason = cause.at, cause.evidence, None
        transitions.stop(state, story)
    else:
        reason = None if context.input.stopped else "not_stopped"
        transitions.take_answer(
            state, story, intercepted=context.input.stopped, reason=reason, at=cause.at, by=cause.evidence
        )
    return {"stage": state.stage}


def _claim_refusals(context: InterceptContext[FileClaim | None]) -> Iterable[Refusal]:
    state = context.state
    if state.at not in (InterceptStage.INTERCEPTED, InterceptStage.RETURNED):
        yield Refusal(code="not_intercepted", message="Only a parcel that the carrier stopped can be claimed.")
    if state.claim is not None:
        yield Refusal(code="already_claimed", message="A claim has been filed for this parcel already.")
    if context.input and context.input.amount > state.most_claimed:
        yield Refusal(
            code="claim_limit",
            message=f"At most {state.most_claimed} yuan can be claimed: the parcel's value, up to the carrier's limit.",
            figures={"most": f"{state.most_claimed}"},
        )


def _claim(context: InterceptContext[FileClaim], story: Story) -> dict[str, Any]:
    state, input_ = context.state, context.input
    state.claim = Claim(kind=input_.kind, amount=input_.amount, filed_at=story.cause.at, filed_by=story.cause.evidence)
    story.tell("claim.filed", f"Claimed: {input_.amount} yuan, {input_.kind}", kind=input_.kind)
    return {"amount": f"{input_.amount:.2f}"}


def _settle_refusals(context: InterceptContext[SettleClaim | None]) -> Iterable[Refusal]:
    claim = context.state.claim
    if claim is None:
        yield Refusal(code="no_claim", message="No claim has been filed for this parcel.")
    elif context.input and context.input.amount > claim.amount:
        yield Refusal(
            code="claim_limit",
            message=f"{claim.amount} yuan were claimed; no more than that is paid.",
            figures={"most": f"{claim.amount}"},
        )


def _settle(context: InterceptContext[SettleClaim], story: Story) -> dict[str, Any]:
    state, amount = context.state, context.input.amount
    assert state.claim is not None, "refused above"
    state.claim.settled = amount
    if amount > 0:
        story.book(
            Booking(
                kind=EntryKind.INTERCEPT_CLAIM,
                amount=amount,
                debit=Party.CARRIER,
                credit=Party.MERCHANT,
                rule="S1-32",
            )
        )
    paid = f"{amount} yuan paid" if amount > 0 else "the carrier pays nothing"
    transitions.end(state, story, InterceptStage.CLAIMED, f"Claim settled: {paid}")
    return {"amount": f"{amount:.2f}"}


REPORT_ANSWER = ActionRule(
    name="report_intercept_answer",
    title="Report what the carrier said when it was called",
    input=ReportAnswer,
    roles=(Role.AGENT, Role.OWNER),
    refusals=_report_refusals,
    take=_report,
    permission=Permission.LOGISTICS_TOOLS,
    example={"stopped": True},
)

FILE_CLAIM = ActionRule(
    name="file_claim",
    title="Claim a lost or damaged parcel",
    input=FileClaim,
    roles=(Role.AGENT, Role.OWNER),
    refusals=_claim_refusals,
    take=_claim,
    example={"kind": "lost", "amount": "650.00", "text": "退回途中丢失"},
)

SETTLE_CLAIM = ActionRule(
    name="settle_claim",
    title="Settle the claim",
    input=SettleClaim,
    roles=(Role.CARRIER, Role.FINANCE, Role.OWNER),
    refusals=_settle_refusals,
    take=_settle,
    example={"amount": "650.00"},
)

ACTIONS = (REPORT_ANSWER, FILE_CLAIM, SETTLE_CLAIM)
