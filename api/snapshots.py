"""How the API shows a case as it stands: one snapshot a kind of case, each with an example."""

from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from api.because import BecauseShown, DeadlineChangeShown
from domain.case.deadline import DeadlineState
from domain.case.units import LineQuantity
from domain.case.waiting import Waiting
from domain.intercept.state import Claim
from domain.money import Yuan
from domain.order.children.request_phase import RequestPhase
from domain.order.money import MoneyStanding
from domain.order.units import UnitsOfLine
from domain.times import Instant


class OtherArticle(BaseModel):
    """Units of a line that were exchanged for another article."""

    sku: str = Field(examples=["DRESS-RED-S"])
    quantity: int = Field(examples=[1])


class LineShown(BaseModel):
    """A line of an order."""

    line_id: str = Field(examples=["1"])
    sku: str = Field(description="What the buyer has of it, or is to have", examples=["DRESS-RED-XS"])
    sku_before: str | None = Field(None, description="What it was before it was exchanged")
    others: list[OtherArticle] = Field([], description="Units that are of another article, where not all of them are")
    title: str = Field(examples=["连衣裙"])
    quantity: int = Field(examples=[1])
    amount: str = Field(examples=["199.00"])
    units: UnitsOfLine
    held: bool = Field(False, description="Whether a hold keeps any of it back")


class ParcelShown(BaseModel):
    """A parcel and its latest scan."""

    carrier: str = Field(examples=["zto"])
    tracking_no: str = Field(examples=["ZT1"])
    status: str = Field(examples=["picked_up"])
    status_at: Instant | None = None
    line_ids: list[str] = Field(examples=[["1"]])
    lines: list[LineQuantity] = Field(description="How many units of each line it carries")


class DeadlineBrief(BaseModel):
    """A clock as the snapshot shows it; `subject` names the parcel where each has its own."""

    kind: str = Field(examples=["ship_by"])
    subject: str = ""
    state: DeadlineState
    due_at: Instant


class DeadlineShown(DeadlineBrief):
    """A clock with its evidence and its story."""

    title: str = Field(examples=["发货"])
    about: str = Field(description="Which one of its kind: a task's title, a parcel", examples=["中通 ZT1"])
    started_at: Instant
    because: BecauseShown
    changes: list[DeadlineChangeShown]


class ChildShown(BaseModel):
    """A case that this one started."""

    case_id: str = Field(examples=["after-sale:demo:taobao:T1001:1"])
    kind: str = Field(examples=["after_sale"])
    stage: str = Field(examples=["awaiting_seller"])


class CaseSnapshot(BaseModel):
    """What the snapshots of all kinds of case have in common.

    `INTERNAL` names what concerns the shop alone; others are shown it as if there were none.
    """

    INTERNAL: ClassVar[tuple[str, ...]] = ()

    case_id: str = Field(examples=["order:demo:taobao:T1001"])
    merchant: str = Field(examples=["demo"])
    platform: str = Field(examples=["taobao"])
    order_id: str = Field(examples=["T1001"])
    policy: str = Field(examples=["taobao-2012"])
    stage: str = Field(examples=["awaiting_shipment"])
    outcome: str | None = None
    open: bool
    reopened: int = Field(description="How often the case was taken up again after its end.", examples=[0])
    version: int = Field(examples=[3])
    opened_at: Instant
    updated_at: Instant
    parcels: list[ParcelShown]
    deadlines: list[DeadlineBrief]
    children: list[ChildShown]
    waits_for: list[Waiting] = Field(
        description="Who can act next: by where the case stands, its children, tasks and open errands; empty where it "
        "has ended, or a deadline alone runs"
    )


class Snapshot(CaseSnapshot):
    """An order as it stands."""

    kind: Literal["order"]
    source: str = Field(examples=["inquiry"])
    parked: bool = False
    phase: RequestPhase = Field(description="What a refund request would be now")
    ships_on: date | None = Field(None, description="The day the shop promises to ship on, China time")
    lines: list[LineShown]
    freight: Yuan
    cod_fees: Yuan = Field(description="What paying at the door costs the buyer beside it (S2-20, S2-21)")
    carrier_difference: Yuan = Field(description="What the buyer agreed to pay more for another carrier (S2-53)")
    total: Yuan = Field(description="What is owed in all: goods, freight, fees, and of the difference what was paid")
    money: MoneyStanding


class RequestLine(BaseModel):
    """A line that a request is about."""

    line_id: str = Field(examples=["1"])
    sku: str = Field(examples=["DRESS-RED-XS"])
    quantity: int = Field(examples=[1])


class RequestSnapshot(CaseSnapshot):
    """An after-sale request as it stands; money in yuan."""

    INTERNAL = ("internal_cause", "warnings")

    kind: Literal["after_sale"]
    order_case_id: str = Field(examples=["order:demo:taobao:T1001"])
    service: str = Field(examples=["return_refund"])
    reason: str = Field(examples=["no_reason"])
    phase: str = Field(examples=["in_sale"])
    amount: Yuan = Field(description="What the buyer asks for, at most what the rules allow")
    most: Yuan = Field(description="The most that may be paid back now")
    refunded: Yuan
    freight_subsidy: Yuan
    compensated: Yuan
    disputed: bool = Field(False, description="Whether the platform was asked in (S4-59)")
    took: timedelta | None = Field(None, description="From asking to the end (S1-05)", examples=["PT26H"])
    warnings: list[str] = Field([], description="Words that speak for another service; staff only (S3-08)")
    internal_cause: str | None = Field(
        None, description="What the shop knows to be the cause, whatever reason is stated; staff only (S4-37)"
    )
    lines: list[RequestLine]


class HoldSnapshot(CaseSnapshot):
    """A ship hold as it stands."""

    kind: Literal["ship_hold"]
    order_case_id: str = Field(examples=["order:demo:taobao:T1001"])
    line_ids: list[str] = Field(examples=[["1"]])
    lines: list[LineQuantity] = Field(description="How many units of each line it holds")
    requested_by: str = Field(examples=["buyer"])
    locks: bool = Field(description="Whether the ERP is to lock; else a memo is all there is (S0-21)")
    lock_reason: str | None = None


class ComplaintSnapshot(CaseSnapshot):
    """A complaint as it stands; money in yuan."""

    kind: Literal["complaint"]
    order_case_id: str = Field(examples=["order:demo:taobao:T1001"])
    type: str = Field(examples=["late_shipment"])
    line_ids: list[str] = Field(examples=[["1"]])
    lines: list[LineQuantity] = Field(description="How many units of each line it is about")
    answer: str | None = Field(None, description="The reason that the seller answered with")
    evidence: list[str] = Field(description="Who submitted what", examples=[["seller:waybill"]])
    upheld: bool | None = Field(None, description="How the platform ruled")
    granted: Yuan = Field(description="The compensation ruled, beside what a late shipment costs the order")
    compensated: Yuan = Field(description="What of it the buyer has got")


class InterceptSnapshot(CaseSnapshot):
    """An interception as it stands; money in yuan."""

    kind: Literal["parcel_intercept"]
    order_case_id: str = Field(examples=["order:demo:taobao:T1001"])
    after_sale_case_id: str | None = Field(examples=["after-sale:demo:taobao:T1001:1"])
    carrier: str = Field(examples=["zto"])
    tracking_no: str = Field(examples=["ZT1"])
    line_ids: list[str] = Field(examples=[["1"]])
    lines: list[LineQuantity] = Field(description="How many units of each line the parcel carries")
    initiator: str = Field(examples=["seller"])
    fee: Yuan = Field(description="What was booked: nothing unless the parcel was stopped (S1-36)")
    value: Yuan = Field(description="Of the parcel's lines, without freight")
    reason: str | None = Field(None, description="The carrier's reason", examples=["out_for_delivery"])
    claim: Claim | None = None


class MessageSnapshot(CaseSnapshot):
    """A platform's message that nobody can read; it belongs to no order."""

    kind: Literal["platform_message"]
    source: str = Field(description="The shop's name of the source", examples=["our-taobao-shop"])
    connector: str = Field(examples=["taobao"])
    reason: str = Field(description="Why it cannot be read", examples=["status NEW of a trade is not known"])
    tries: int = Field(description="How often a person had it tried again")


CaseShown = TypeAliasType(
    "CaseShown",
    Annotated[
        Snapshot | RequestSnapshot | HoldSnapshot | InterceptSnapshot | ComplaintSnapshot | MessageSnapshot,
        Field(discriminator="kind"),
    ],
)
"""Any case as it stands."""
