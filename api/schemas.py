"""What the API answers: shapes of the HTTP contract, each with an example."""

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, Field

from api.snapshots import CaseShown
from domain.errors import Refusal
from domain.intercept.eligibility import Quoted
from domain.times import Instant

T = TypeVar("T")


class PageShown(BaseModel, Generic[T]):
    """A keyset page; `next` is the cursor of the page after it, or null."""

    items: list[T]
    next: str | None = None

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """Pages are called by what is on them: `CasePage`."""
        (on_it,) = params
        return f"{on_it.__name__.removesuffix('Shown')}Page"


class Quotes(BaseModel):
    """A quote for each parcel that carries a request's lines."""

    items: list[Quoted]
    next: None = None


class TimelineActor(BaseModel):
    """Who, as the token said."""

    role: str = Field(examples=["agent"])
    account: str = Field(examples=["demo-agent"])


class TimelineItem(BaseModel):
    """One line of the story: `at` is when it happened, `recorded_at` when it was learnt."""

    seq: int
    at: Instant
    recorded_at: Instant
    type: str = Field(examples=["payment.received"])
    actor: TimelineActor
    summary: str = Field(examples=["Paid 209.00 yuan, paid in full"])
    data: dict[str, Any]


class FileShown(BaseModel):
    """A photo or document of a case; what it shows is at `/v1/files/{file_id}`."""

    file_id: str = Field(examples=["file:2b6f0c1d9e8a4f5c8d7e6a5b4c3d2e1f"])
    case_id: str
    media_type: str = Field(examples=["image/jpeg"])
    size: int = Field(description="In bytes.")
    role: str = Field(examples=["warehouse"])
    account: str = Field(examples=["demo-warehouse"])
    at: Instant


class LedgerItem(BaseModel):
    """Money in yuan (`"9.95"`), or penalty points (`"3"`)."""

    entry_id: str
    case_id: str
    at: Instant
    kind: str = Field(examples=["late_shipment_compensation"])
    amount: str = Field(examples=["9.95"])
    unit: str = Field(examples=["CNY"])
    debit: str = Field(examples=["merchant"])
    credit: str = Field(examples=["buyer"])
    rule: str = Field(examples=["S2-85"])
    cause: str
    reverses: str | None = None


class LedgerPage(PageShown[LedgerItem]):
    """A page of entries; `totals` by kind are of the whole ledger, net of reversals."""

    totals: dict[str, str] = Field(examples=[{"payment": "209.00", "late_shipment_points": "3"}])


class MemoShown(BaseModel):
    """A text that the shop's people wrote."""

    memo_id: str
    case_id: str = Field(description="The case of the family that it is on.", examples=["order:demo:taobao:T1001"])
    purpose: str = Field(examples=["memo"])
    text: Any = Field(examples=["@11.11 阿华 顾客明天下午付款"])
    flag: int = Field(examples=[1])
    role: str
    account: str
    at: Instant
    line: str | None = Field(
        description='A memo as shops write them, "@date name text"; none for other texts (S2-06).',
        examples=["@11.11 阿华 顾客明天下午付款"],
    )
    tracking_no: str | None = Field(description="The parcel that it is on.", examples=["ZT1"])


class SentMessage(BaseModel):
    """What a buyer was sent, and the case that sent it."""

    message_id: str
    case_id: str = Field(examples=["order:demo:taobao:T1001"])
    channel: str = Field(examples=["platform"])
    template: str = Field(examples=["payment_reminder"])
    text: str
    at: Instant


class BuyerShown(BaseModel):
    """The buyer: personal data."""

    id: str
    name: str | None = None
    phone: str | None = None
    dial: str | None = Field(
        None,
        description="The number as it is dialled from the shop's region: a mobile number of another province after a "
        "0 (S2-38); as it stands where it cannot be read.",
        examples=["013800138000"],
    )
    address: Any = None
    region: str | None = None
    credit: int | None = None
    trades: int | None = None


class ActionOffered(BaseModel):
    """A step, whether the caller may take it now, and if not why."""

    name: str = Field(examples=["confirm_receipt"])
    title: str = Field(examples=["确认收货"])
    roles: list[str] = Field(examples=[["buyer"]])
    allowed: bool
    reasons: list[Refusal]
    input_schema: dict[str, Any]


class ActionsOffered(BaseModel):
    """Every action of that kind of case."""

    items: list[ActionOffered]
    next: None = None


class ActionTaken(BaseModel):
    """The case after the step, and the step's result."""

    case: CaseShown
    result: dict[str, Any]


class EventResult(BaseModel):
    """What became of one event: accepted, duplicate, parked, or rejected with the reason."""

    id: str | None = Field(examples=["pay-1"])
    status: str = Field(examples=["accepted"])
    reason: str | None = None


class EventResults(BaseModel):
    """One result an event, in the order sent."""

    results: list[EventResult]
