"""The platform's agent: asked in by one side, given evidence by both, its ruling carried out (S4-67, S2-66)."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from domain.after_sale import transitions
from domain.after_sale.refunds import amount_asked, most_ever
from domain.after_sale.services import SERVICES
from domain.after_sale.stages import RequestContext, only_at
from domain.after_sale.state import AfterSaleOutcome, AfterSaleStage, AfterSaleState, Intervention
from domain.case.declare import ActionRule
from domain.case.files import NamesFiles, show
from domain.case.story import Story
from domain.errors import Refusal
from domain.invalid import InvalidValue
from domain.money import InYuan, Yuan
from domain.privacy import Private
from domain.roles import Role


class Side(StrEnum):
    """The two sides of a request."""

    BUYER = "buyer"
    SELLER = "seller"


class AskPlatform(BaseModel):
    """Why the platform is to decide."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(max_length=1000), Private("platform_request")] = ""


class SubmitEvidence(NamesFiles):
    """A piece of evidence, uploaded or by reference: a photo, the carrier's certificate (S2-64, S2-65), a chat."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
    reference: Annotated[str, StringConstraints(max_length=500), Private("evidence_reference")] = ""
    text: Annotated[str, StringConstraints(max_length=1000), Private("evidence_text")] = ""

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if not (self.reference or self.files):
            raise InvalidValue(
                "say where it is by reference, or name the files that show it",
                "请填写凭证位置 reference，或在 files 里列出文件",
            )
        return self


class RuleAfterSale(InYuan):
    """The ruling; `amount` absent in favour of the buyer: all that can be paid back, or the price difference asked."""

    model_config = ConfigDict(extra="forbid")

    in_favour_of: Side
    amount: Annotated[Yuan, Field(gt=0)] | None = None
    text: Annotated[str, StringConstraints(max_length=1000), Private("ruling_text")] = ""


_EVIDENCE_AT = (
    AfterSaleStage.AWAITING_SELLER,
    AfterSaleStage.AWAITING_BUYER_RETURN,
    AfterSaleStage.AWAITING_SELLER_RECEIPT,
    AfterSaleStage.REFUSED,
    AfterSaleStage.PLATFORM_INTERVENTION,
)


def _ask_platform_refusals(context: RequestContext[object]) -> Iterable[Refusal]:
    yield from only_at(context.state, AfterSaleStage.REFUSED, AfterSaleStage.AWAITING_SELLER_RECEIPT)


def _ask_platform(context: RequestContext[object], story: Story) -> dict[str, Any]:
    state = context.state
    state.intervention = Intervention(asked_at=story.cause.at, by=story.cause.evidence)
    transitions.move(
        state, AfterSaleStage.PLATFORM_INTERVENTION, story, f"The {context.actor.role} asked the platform in"
    )
    return {}


def _submit_evidence_refusals(context: RequestContext[object]) -> Iterable[Refusal]:
    yield from only_at(context.state, *_EVIDENCE_AT)
    deciding = context.state.intervention if context.state.at is AfterSaleStage.PLATFORM_INTERVENTION else None
    if deciding and deciding.evidence_closed:
        yield Refusal(code="evidence_closed", message="The time for evidence is over: the platform decides now.")


def _submit_evidence(context: RequestContext[SubmitEvidence], story: Story) -> dict[str, Any]:
    input_ = context.input
    context.state.evidence.append(f"{context.actor.role}:{input_.kind}")
    story.tell("evidence.submitted", f"Evidence by the {context.actor.role}: {input_.kind}", reference=input_.reference)
    show(story, input_.files)
    return {"number": len(context.state.evidence)}


def _rule_refusals(context: RequestContext[RuleAfterSale | None]) -> Iterable[Refusal]:
    yield from only_at(context.state, AfterSaleStage.PLATFORM_INTERVENTION)
    input_, limit = context.input, most_ever(context.state)
    if input_ is None:
        return
    if input_.amount is not None and input_.in_favour_of is Side.SELLER:
        yield Refusal(code="amount_without_refund", message="A ruling for the seller pays nothing to the buyer.")
    elif input_.amount is not None and input_.amount > limit:
        yield Refusal(
            code="amount_too_high", message=f"No more than {limit} yuan can be paid back.", figures={"most": f"{limit}"}
        )


def _all(state: AfterSaleState) -> Decimal:
    return amount_asked(state) if SERVICES[state.demand.service].amount_required else most_ever(state)


def _rule(context: RequestContext[RuleAfterSale], story: Story) -> dict[str, Any]:
    state, input_ = context.state, context.input
    amount = _all(state) if input_.amount is None else input_.amount
    ruled = f", {amount} yuan" if input_.in_favour_of is Side.BUYER else ""
    story.tell("after_sale.ruled", f"The platform ruled for the {input_.in_favour_of}{ruled}", text=input_.text)
    if input_.in_favour_of is Side.BUYER:
        transitions.pay_ruling(state, story, amount)
    else:
        transitions.close(state, AfterSaleOutcome.REJECTED, story, "Closed by the platform's ruling")
    return {}


PLATFORM_ACTIONS = (
    ActionRule(
        name="ask_platform",
        title="Ask the platform in",
        input=AskPlatform,
        roles=(Role.BUYER, Role.AGENT),
        refusals=_ask_platform_refusals,
        take=_ask_platform,
        example={"text": "商家不同意"},
    ),
    ActionRule(
        name="submit_evidence",
        title="Submit evidence",
        input=SubmitEvidence,
        roles=(Role.BUYER, Role.AGENT),
        refusals=_submit_evidence_refusals,
        take=_submit_evidence,
        example={"kind": "photo", "reference": "oss://evidence/1.jpg", "text": "袖口开线"},
    ),
    ActionRule(
        name="rule",
        title="Rule on the request",
        input=RuleAfterSale,
        roles=(Role.PLATFORM,),
        refusals=_rule_refusals,
        take=_rule,
        example={"in_favour_of": "buyer", "amount": "100.00", "text": "支持退款"},
    ),
)
