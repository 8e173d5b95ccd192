"""The life of an interception, from top to bottom.

Asked for, it awaits the carrier's word. Stopped, the fee is booked, the refund goes on, and the parcel comes back,
or is lost or damaged and claimed. Not stopped, it costs nothing and says why; the branch may be asked by phone, and
after a day without success the parcel goes on to the buyer.

The workflow `workflows/intercept.py` runs this declaration.
"""

from collections.abc import Iterable
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.case.action import ActionContext, Input_co
from domain.case.child import tell_parents
from domain.case.declare import ActionRule, FactRule, Life, SubjectKind
from domain.case.errand import AskCarrier, ErrandResult, PendingErrand
from domain.case.ids import CaseKind
from domain.case.ledger import Booking, EntryKind, Party
from domain.case.parcel import ParcelStatus
from domain.case.story import Story
from domain.errors import Refusal
from domain.intercept import transitions
from domain.intercept.clocks import CLOCKS
from domain.intercept.state import Claim, ClaimKind, InterceptStage, InterceptStanding, InterceptState
from domain.intercept.tasks import CLAIM_RETURN, TASKS
from domain.money import Yuan
from domain.parcels.facts import PARCEL_WORDS, ExceptionKind, ParcelException, Scan, parcel_facts
from domain.parcels.scans import status_of
from domain.policy import Policy
from domain.privacy import Private
from domain.roles import Role
from domain.shop.accounts import Permission

MOVED = "intercept.moved"
InterceptContext: TypeAlias = ActionContext[InterceptState, Input_co]


class InterceptResult(BaseModel):
    """The carrier's word on an interception that it could not give at once."""

    intercept_case_id: Annotated[str, StringConstraints(min_length=1, max_length=250)]
    intercepted: bool
    reason: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")] | None = None


class ReportAnswer(BaseModel):
    """What the carrier, or its branch, said when it was called (S1-42)."""

    model_config = ConfigDict(extra="forbid")

    stopped: bool


class FileClaim(BaseModel):
    """What is claimed of the carrier, in yuan (S1-32)."""

    model_config = ConfigDict(extra="forbid")

    kind: ClaimKind
    amount: Annotated[Yuan, Field(gt=0)]
    text: Annotated[str, StringConstraints(max_length=1000), Private("claim_text")] = ""


class SettleClaim(BaseModel):
    """What the carrier pays, in yuan; nothing: it refuses."""

    model_config = ConfigDict(extra="forbid")

    amount: Yuan


def on_intercept_result(state: InterceptState, data: InterceptResult, story: Story) -> None:
    """Reported later, by the carrier itself."""
    cause = story.cause
    transitions.take_answer(
        state, story, intercepted=data.intercepted, reason=data.reason, at=cause.at, by=cause.evidence
    )


def on_scan(state: InterceptState, data: Scan, story: Story) -> None:
    """A scan of the parcel on its way back; its return ends the way."""
    status = status_of(story.cause.name)
    story.tell(story.cause.name, f"{state.parcel_name} {PARCEL_WORDS[status]}")
    if status is ParcelStatus.RETURNED:
        transitions.note_returned(state, story, story.cause.at, story.cause.evidence)
    elif status is ParcelStatus.SIGNED:
        transitions.note_signed(state, story)


def on_exception(state: InterceptState, data: ParcelException, story: Story) -> None:
    """Something went wrong on the way back."""
    story.tell("parcel.exception", f"{state.parcel_name}: {data.kind}", kind=data.kind)
    if (
        data.kind in (ExceptionKind.LOST, ExceptionKind.DAMAGED)
        and state.at is InterceptStage.INTERCEPTED
        and state.claim is None
    ):
        story.ask_for(CLAIM_RETURN, matter=data.kind)


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
        yield Refusal(code="claim_limit", message=f"{claim.amount} yuan were claimed; no more than that is paid.")


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


def after_change(state: InterceptState, policy: Policy, story: Story) -> None:
    """After every change: the carrier is asked once, request and order are told what changed."""
    if state.version == 1:
        story.send(AskCarrier(carrier=state.carrier, tracking_no=state.tracking_no))
    now = InterceptStanding(
        case_id=state.case_id,
        version=state.version,
        parcel=state.parcel_name,
        stage=state.stage,
        open=state.open,
        intercepted=None if state.at is InterceptStage.REQUESTED else state.at is not InterceptStage.FAILED,
    )
    parents = state.after_sale_case_id, state.order_case_id
    state.told_others = tell_parents(story, MOVED, now, state.told_others, parents, know_opening=True)


def on_errand_result(
    state: InterceptState, policy: Policy, pending: PendingErrand, result: ErrandResult, story: Story
) -> None:
    """The carrier answered at once; `yes` None: it will say later."""
    if isinstance(pending.errand, AskCarrier) and (result.yes is not None or result.refused):
        at, cause = result.at or story.cause.at, story.cause
        transitions.take_answer(
            state, story, intercepted=bool(result.yes), reason=result.reason, at=at, by=cause.evidence
        )


_RESULT = FactRule(
    event_type="intercept.result",
    title="The carrier's word on an interception",
    subject=SubjectKind.ORDER,
    data=InterceptResult,
    senders=(Role.CARRIER,),
    take_in=on_intercept_result,
    target=lambda data: data.intercept_case_id,
)

_ACTIONS = (
    ActionRule(
        name="report_intercept_answer",
        title="Report what the carrier said when it was called",
        input=ReportAnswer,
        roles=(Role.AGENT, Role.OWNER),
        refusals=_report_refusals,
        take=_report,
        permission=Permission.LOGISTICS_TOOLS,
        example={"stopped": True},
    ),
    ActionRule(
        name="file_claim",
        title="Claim a lost or damaged parcel",
        input=FileClaim,
        roles=(Role.AGENT, Role.OWNER),
        refusals=_claim_refusals,
        take=_claim,
        example={"kind": "lost", "amount": "650.00", "text": "退回途中丢失"},
    ),
    ActionRule(
        name="settle_claim",
        title="Settle the claim",
        input=SettleClaim,
        roles=(Role.CARRIER, Role.OWNER),
        refusals=_settle_refusals,
        take=_settle,
        example={"amount": "650.00"},
    ),
)

PARCEL_INTERCEPT = Life(
    kind=CaseKind.PARCEL_INTERCEPT,
    state=InterceptState,
    facts=(_RESULT, *parcel_facts(on_scan, on_exception)),
    actions=_ACTIONS,
    clocks=CLOCKS,
    tasks=TASKS,
    after_change=after_change,
    script_values={
        "carrier": lambda state, policy: state.carrier,
        "tracking_no": lambda state, policy: state.tracking_no,
        "fee": lambda state, policy: str(state.fee),
    },
    always_known=frozenset({"carrier", "tracking_no"}),
    on_errand_result=on_errand_result,
)
