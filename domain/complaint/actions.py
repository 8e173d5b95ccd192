"""What people do in a complaint: the seller answers, both bring evidence, the buyer withdraws, the platform rules.

Its sentences are read out by customer-service agents.
"""

from collections.abc import Iterable
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from domain.after_sale.platform_actions import SubmitEvidence
from domain.case.action import ActionContext, Input_co
from domain.case.declare import ActionRule, Nothing
from domain.case.files import show
from domain.case.ids import Carrier, TrackingNo
from domain.case.payouts import confirm_refund_paid
from domain.case.story import Story
from domain.complaint import transitions
from domain.complaint.state import ABOUT_LATENESS, ComplaintOutcome, ComplaintStage, ComplaintState
from domain.errors import Refusal
from domain.invalid import InvalidValue
from domain.money import ZERO, InYuan, Yuan
from domain.privacy import Private
from domain.roles import SELLER, Role

ComplaintContext: TypeAlias = ActionContext[ComplaintState, Input_co]


class AnswerComplaint(BaseModel):
    """The seller's answer: a reason, 2 to 500 characters that buyer and platform read, and the waybill if there is one.

    Any other evidence is submitted by itself.
    """

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    message: Annotated[str, StringConstraints(min_length=2, max_length=500), Private("complaint_answer")]
    carrier: Carrier | None = None
    tracking_no: TrackingNo | None = None

    @model_validator(mode="after")
    def _names_the_waybill(self) -> "AnswerComplaint":
        if (self.carrier is None) != (self.tracking_no is None):
            raise InvalidValue("carrier and tracking_no go together", "carrier 和 tracking_no 须一起填写")
        return self


class RuleComplaint(InYuan):
    """The ruling; `amount`, in yuan, is what the buyer is to be compensated with, none where it is absent."""

    model_config = ConfigDict(extra="forbid")

    upheld: bool
    amount: Annotated[Yuan, Field(gt=0)] | None = None
    text: Annotated[str, StringConstraints(max_length=1000), Private("ruling_text")] = ""


_OPEN_TO_BOTH = (ComplaintStage.AWAITING_SELLER, ComplaintStage.ANSWERED, ComplaintStage.PLATFORM_INTERVENTION)

_WORDS = {
    ComplaintStage.AWAITING_SELLER: "the seller has to answer first",
    ComplaintStage.ANSWERED: "the seller has answered",
    ComplaintStage.PLATFORM_INTERVENTION: "the platform decides",
    ComplaintStage.COMPENSATING: "the platform has upheld it, and the money is on its way",
    ComplaintStage.UPHELD: "the platform has upheld it",
    ComplaintStage.DISMISSED: "the platform has dismissed it",
    ComplaintStage.WITHDRAWN: "the buyer has withdrawn it",
}


def _only_at(state: ComplaintState, *stages: ComplaintStage) -> Iterable[Refusal]:
    if state.at not in stages:
        yield Refusal(code="wrong_stage", message=f"Not possible now: {_WORDS[state.at]}.")


def _answer_refusals(context: ComplaintContext[object]) -> Iterable[Refusal]:
    yield from _only_at(context.state, ComplaintStage.AWAITING_SELLER)


def _answer(context: ComplaintContext[AnswerComplaint], story: Story) -> dict[str, Any]:
    input_ = context.input
    transitions.answer(context.state, story, input_.reason)
    if input_.carrier and input_.tracking_no:
        names = {"carrier": input_.carrier, "tracking_no": input_.tracking_no}
        transitions.add_evidence(context.state, story, "seller", "waybill", **names)
    return {"message": input_.message}


def _submit_evidence_refusals(context: ComplaintContext[object]) -> Iterable[Refusal]:
    yield from _only_at(context.state, *_OPEN_TO_BOTH)
    if context.state.evidence_closed:
        yield Refusal(code="evidence_closed", message="The time for evidence is over: the platform decides now.")


def _submit_evidence(context: ComplaintContext[SubmitEvidence], story: Story) -> dict[str, Any]:
    input_, by = context.input, "buyer" if context.actor.role is Role.BUYER else "seller"
    number = transitions.add_evidence(context.state, story, by, input_.kind, reference=input_.reference)
    show(story, input_.files)
    return {"number": number}


def _withdraw_refusals(context: ComplaintContext[object]) -> Iterable[Refusal]:
    yield from _only_at(context.state, *_OPEN_TO_BOTH)


def _withdraw(context: ComplaintContext[object], story: Story) -> dict[str, Any]:
    transitions.end(context.state, ComplaintOutcome.WITHDRAWN, story, "Withdrawn by the buyer")
    return {}


def _rule_refusals(context: ComplaintContext[RuleComplaint | None]) -> Iterable[Refusal]:
    state, input_ = context.state, context.input
    yield from _only_at(state, ComplaintStage.ANSWERED, ComplaintStage.PLATFORM_INTERVENTION)
    if input_ is None or input_.amount is None:
        return
    if not input_.upheld:
        yield Refusal(code="amount_without_upholding", message="A complaint that is dismissed compensates nothing.")
    elif state.type in ABOUT_LATENESS:
        yield Refusal(
            code="compensation_fixed",
            message="What a late shipment costs is fixed and booked with the order, once: no other amount is ruled.",
        )
    elif input_.amount > state.surroundings.left:
        yield Refusal(
            code="amount_too_high",
            message=f"No more than {state.surroundings.left} yuan can be ruled: the rest of the price is paid back "
            "already, or a refund of it is open.",
            figures={"most": f"{state.surroundings.left}"},
        )


def _rule(context: ComplaintContext[RuleComplaint], story: Story) -> dict[str, Any]:
    input_ = context.input
    story.tell("complaint.ruled", "The platform ruled", upheld=input_.upheld, text=input_.text)
    if input_.upheld:
        transitions.uphold(context.state, story, input_.amount or ZERO)
    else:
        transitions.dismiss(context.state, story)
    return {}


def _against_confirming(state: ComplaintState) -> Iterable[Refusal]:
    return _only_at(state, ComplaintStage.COMPENSATING)


ANSWER = ActionRule(
    name="answer",
    title="Answer the complaint",
    input=AnswerComplaint,
    roles=SELLER,
    refusals=_answer_refusals,
    take=_answer,
    example={
        "reason": "shipped_in_time",
        "message": "已按时发货，附面单",
        "carrier": "zto",
        "tracking_no": "ZT1",
    },
)

SUBMIT_EVIDENCE = ActionRule(
    name="submit_evidence",
    title="Submit evidence",
    input=SubmitEvidence,
    roles=(Role.BUYER, *SELLER),
    refusals=_submit_evidence_refusals,
    take=_submit_evidence,
    example={"kind": "photo", "reference": "oss://evidence/1.jpg", "text": "快递底单"},
)

WITHDRAW = ActionRule(
    name="withdraw",
    title="Withdraw the complaint",
    input=Nothing,
    roles=(Role.BUYER,),
    refusals=_withdraw_refusals,
    take=_withdraw,
)

RULE = ActionRule(
    name="rule",
    title="Rule on the complaint",
    input=RuleComplaint,
    roles=(Role.PLATFORM,),
    refusals=_rule_refusals,
    take=_rule,
    example={"upheld": True, "amount": "20.00", "text": "投诉成立"},
)

CONFIRM_PAID = confirm_refund_paid(
    "Confirm a compensation paid by hand", transitions.finish_paying, _against_confirming
)

ACTIONS = (ANSWER, SUBMIT_EVIDENCE, WITHDRAW, RULE, CONFIRM_PAID)
