"""After-sale automation as a shop sets it up: strategies and keywords, and the facts of a request they judge."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from domain.invalid import InvalidValue
from domain.money import Yuan
from domain.policy import Platform
from domain.shop.service import Service
from domain.times import Instant

Slug = Annotated[str, StringConstraints(max_length=64, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\x00-\x1f]*$")]
Expression = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=1000, pattern=r"^[^\x00]*$"),
    Field(examples=["service == 'refund_only' && !shipped && amount <= 200"]),
]
Word = Annotated[Line, StringConstraints(max_length=50)]
ReasonCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Count = Annotated[int, Field(ge=0)]


class StrategyStage(StrEnum):
    """What a strategy may take over of a request (S3-06)."""

    REVIEW = "review"
    RECEIVING = "receiving"
    PROCESSING = "processing"


class Verdict(StrEnum):
    """What a strategy decides; `person` leaves the step to somebody and keeps later strategies off it."""

    AGREE = "agree"
    REFUSE = "refuse"
    CONFORMING = "conforming"
    PAY = "pay"
    PERSON = "person"


VERDICTS = {
    StrategyStage.REVIEW: (Verdict.AGREE, Verdict.REFUSE, Verdict.PERSON),
    StrategyStage.RECEIVING: (Verdict.CONFORMING, Verdict.PERSON),
    StrategyStage.PROCESSING: (Verdict.PAY, Verdict.PERSON),
}
"""What can be decided at each stage."""


class _Setting(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RefuseWith(_Setting):
    """What a refusal tells the buyer: the same that a person's `refuse` takes."""

    reason: ReasonCode
    message: Annotated[Line, StringConstraints(min_length=2, max_length=200)]


class Strategy(_Setting):
    """One rule of a shop: when the CEL expression holds at the stage, it decides so.

    Attributes:
        when: over the fields of `RequestFacts` and `amount_fen`, `paid_fen`; gives true or false.
        refuse_with: belongs to a refusal, and only to it.
        enabled: off until somebody switches it on.
    """

    id: Slug
    title: Annotated[Line, StringConstraints(max_length=100)]
    stage: StrategyStage
    when: Expression
    decision: Verdict
    refuse_with: RefuseWith | None = None
    enabled: bool = False

    @model_validator(mode="after")
    def _decides_what_its_stage_can(self) -> Self:
        if self.decision not in VERDICTS[self.stage]:
            raise InvalidValue(
                f"{self.stage} decides one of: {', '.join(VERDICTS[self.stage])}",
                f"{self.stage} 的决定只能是：{', '.join(VERDICTS[self.stage])}",
            )
        if (self.decision is Verdict.REFUSE) is not (self.refuse_with is not None):
            raise InvalidValue(
                "refuse_with belongs to the decision refuse, and to no other",
                "refuse_with 只在决定为 refuse 时填写，并且必填",
            )
        return self


class Keyword(_Setting):
    """Words in a buyer's text that speak for a service (S3-08)."""

    service: Service
    words: Annotated[tuple[Word, ...], Field(min_length=1, max_length=100)]


class Automation(_Setting):
    """The section `after-sale-automation` of a shop's settings; by default nothing is automatic.

    Attributes:
        strategies: tried in this order; the first that matches decides.
        keywords: a service may be named more than once.
    """

    strategies: Annotated[tuple[Strategy, ...], Field(max_length=100)] = ()
    keywords: Annotated[tuple[Keyword, ...], Field(max_length=50)] = ()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [strategy.id for strategy in self.strategies]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise InvalidValue(
                f"a strategy's id is used once: {', '.join(twice)}", f"策略的 id 不能重复：{', '.join(twice)}"
            )
        return self


class RequestFacts(BaseModel):
    """What an expression may ask about a request. None where it is not known; no personal data, no free text.

    `buyer_trades` and `buyer_credit` belong to the buyer: they are looked up where the strategies are asked, and no
    case carries them.

    Attributes:
        amount: yuan asked for, and at `processing` what is to go to the buyer; nothing for a service without money.
            In expressions `amount` is a number and `amount_fen` whole fen.
        paid: yuan that the buyer paid for the order; in expressions also `paid_fen`.
        line_count: lines that the request is about; `categories` are theirs, each once.
        edition: the policy edition of the case, e.g. `taobao-2012`.
        days_since_signed: whole days since the carrier's signed time.
        phase: `cancellation`, `in_sale` or `after_sale` (S3-01).
        instant_refund: refunded at once on the buyer's good credit; must not be refused (S4-58).
        cannot_refuse: another rule forbids to refuse it.
        requests_before: after-sale requests on this order before this one.
        return_conforming: what the inspection found, and `cause` whose fault.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    service: Service
    reason: str
    amount: Yuan
    paid: Yuan
    line_count: Count
    categories: tuple[str, ...]
    platform: Platform
    edition: str
    shipped: bool
    signed: bool
    days_since_signed: Count | None = None
    phase: str
    instant_refund: bool
    cannot_refuse: bool
    buyer_trades: Count | None = None
    buyer_credit: int | None = None
    requests_before: Count
    return_conforming: bool | None = None
    cause: str | None = None
    evidence_count: Count


class AskStrategies(BaseModel):
    """Asks a shop's strategies about a step of a request; `errand_id` names the question, `at` when it was asked."""

    model_config = ConfigDict(frozen=True)

    errand_id: str
    merchant: str
    case_id: str
    stage: StrategyStage
    facts: RequestFacts
    at: Instant


class Decided(BaseModel):
    """What a strategy decided; `message` refers to the refusal's sentence, which stays in the store."""

    model_config = ConfigDict(frozen=True)

    strategy: str
    decision: Verdict
    reason: str | None = None
    message: str | None = None
