"""The state of an after-sale request: what is asked for, where it stands, and what it knows of its order."""

from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from domain.after_sale.question import Approval, Question
from domain.after_sale.relation import Standing, Surroundings
from domain.case.cause import Evidence
from domain.case.ids import CaseKind
from domain.case.parcel import Parcel
from domain.case.payouts import PayingCase
from domain.case.units import Quantities, share
from domain.intercept.state import InterceptStanding
from domain.money import ZERO, Yuan
from domain.shop.automation import StrategyStage
from domain.shop.service import Service
from domain.times import Instant


class Reason(StrEnum):
    """Why the buyer asks."""

    NO_REASON = "no_reason"
    QUALITY = "quality"
    WRONG_ITEM = "wrong_item"
    NOT_RECEIVED = "not_received"
    OUT_OF_STOCK = "out_of_stock"
    LATE = "late"
    OTHER = "other"


SELLERS_FAULT = (Reason.QUALITY, Reason.WRONG_ITEM, Reason.NOT_RECEIVED, Reason.OUT_OF_STOCK, Reason.LATE)
"""Reasons for which the seller bears the freight (S2-76, S2-94, S4-52)."""


class AfterSaleStage(StrEnum):
    """Where a request stands."""

    AWAITING_SELLER = "awaiting_seller"
    AWAITING_BUYER_RETURN = "awaiting_buyer_return"
    AWAITING_SELLER_RECEIPT = "awaiting_seller_receipt"
    AWAITING_REPLACEMENT = "awaiting_replacement"
    AWAITING_BUYER_RECEIPT = "awaiting_buyer_receipt"
    REFUSED = "refused"
    PLATFORM_INTERVENTION = "platform_intervention"
    REFUNDING = "refunding"
    SUCCEEDED = "succeeded"
    CLOSED = "closed"


class AfterSaleOutcome(StrEnum):
    """How a request ended."""

    REFUNDED = "refunded"
    REPLACED = "replaced"
    COMPENSATED = "compensated"
    WITHDRAWN = "withdrawn"
    TIMED_OUT = "timed_out"
    REJECTED = "rejected"


class FaultOf(StrEnum):
    """Whose fault the inspection found a defect to be."""

    QUALITY = "quality"
    BUYER = "buyer"
    CARRIER = "carrier"


class RepairBy(StrEnum):
    """Who repairs (S4-48)."""

    FACTORY = "factory"
    SHOP = "shop"


class Packing(StrEnum):
    """What the warehouse found of goods that the buyer says were wrong or missing (S4-46).

    `ours`: it sent them so; `carrier`: they left whole and the carrier lost or spoilt some; `complete`: all is right.
    """

    OURS = "ours"
    CARRIER = "carrier"
    COMPLETE = "complete"


class RequestedLine(BaseModel):
    """Units of a line asked about.

    Attributes:
        quantity: how many; `ordered`: of how many; `before`: so many of them were asked about or settled before.
        amount: what the line was paid in all, yuan; `left`: what of it is neither paid back nor asked for elsewhere.
    """

    model_config = ConfigDict(frozen=True)

    line_id: str
    sku: str
    category: str
    quantity: int
    ordered: int
    before: int = 0
    amount: Yuan
    left: Yuan

    @property
    def worth(self) -> Decimal:
        """The most that these units may be paid back, yuan."""
        return self.part(self.quantity)

    def part(self, units: int) -> Decimal:
        """What the first of these units come to, yuan."""
        whole = share(self.amount, self.ordered, self.before + units) - share(self.amount, self.ordered, self.before)
        return min(whole, self.left)


class Demand(BaseModel):
    """What the buyer asks for; they may amend it.

    Attributes:
        amount: what they ask for; None means the most the rules allow.
        description: refers to their own words, which stay in the store.
        contradicts: the shop's keywords that their text holds and that speak for another service (S3-08).
    """

    model_config = ConfigDict(frozen=True)

    service: Service
    reason: Reason
    amount: Yuan | None = None
    description: str | None = None
    wanted_sku: str | None = None
    agent_may_return: bool = False
    contradicts: list[str] = []


class Return(BaseModel):
    """The goods on their way back.

    Attributes:
        checks: counts the days that somebody was asked where they are (S4-57).
        arrived_at: when the shop took the parcel in, whatever the carrier says.
    """

    parcel: str
    sent_at: Instant
    by: Evidence
    freight_paid: Yuan = ZERO
    checks: int = 0
    arrived_at: Instant | None = None


class Inspection(BaseModel):
    """What the warehouse found (S4-27, S4-31); `came`: which goods, where it said so."""

    model_config = ConfigDict(frozen=True)

    at: Instant
    conforming: bool
    cause: FaultOf | None = None
    came: Quantities | None = None


class Intervention(BaseModel):
    """The platform's agent is in; `follow_ups` counts the days that somebody was asked to follow it up (S4-67)."""

    asked_at: Instant
    by: Evidence
    follow_ups: int = 0
    evidence_closed: bool = False


class AfterSaleState(PayingCase):
    """An after-sale case.

    Attributes:
        order_paid: what the buyer paid for the order; `requests_before`: how often they asked for service before.
        internal_cause: what the shop knows to be the cause, whatever reason the buyer states (S4-37).
        about: the parcel whose goods it is about, where the shop opened it for them.
        packing: what the warehouse found where goods are said to be wrong or missing.
        waybill_asked: how often the buyer was asked for the return's waybill since it was agreed on (S4-55).
        automated: the stages for which the shop had strategies switched on when it was last heard of.
        questions: what its strategies were asked (S3-06).
        requested_at: when what is asked for now was asked for; `refund_asked_at`: since when it is a refund.
        requested_in: the surroundings in which the buyer asked, or amended; None: as they were at the opening.
        evidence_before: pieces of evidence that were there then.
        paying_since: since when money is to go to the buyer.
        settles: the units that are done with once the money on its way has reached the buyer.
        outbound_kept: what of the shop's outbound freight was deducted from that money, yuan (S2-75).
        unpaid_kept: what it left out because it was not paid any more, yuan.
        subsidy_due: what of the return freight is the seller's to bear, yuan (S2-76).
        freight_owed: whether the order's freight goes back with it, if these are the last of the order's goods.
        money_held: whether it still waits for a strategy, or for the `approval` of a person.
        handed_back: whether the buyer got back what came and is not paid for.
        resent: the units that its order has sent again in its stead.
        told_order: what its order was last told of it.
    """

    kind: CaseKind = CaseKind.AFTER_SALE
    stage: str = AfterSaleStage.AWAITING_SELLER
    outcome: AfterSaleOutcome | None = None
    order_case_id: str
    order_id: str
    phase: str
    lines: list[RequestedLine]
    demand: Demand
    surroundings: Surroundings
    outbound_freight: Yuan = ZERO
    instant_refund: bool = False
    order_paid: Yuan = ZERO
    requests_before: int = 0
    internal_cause: Reason | None = None
    about: str | None = None
    packing: Packing | None = None
    automated: list[StrategyStage] = Field(default_factory=list)
    questions: list[Question] = Field(default_factory=list)
    requested_at: Instant
    requested_by: Evidence
    refund_asked_at: Instant | None = None
    requested_in: Surroundings | None = None
    evidence_before: int = 0
    agreed_at: Instant | None = None
    agreed_by: Evidence | None = None
    agreed_amount: Yuan | None = None
    agreed_by_seller: bool = False
    waybill_asked: int = 0
    repair_by: RepairBy | None = None
    refused_at: Instant | None = None
    refused_by: Evidence | None = None
    intervention: Intervention | None = None
    sent_back: Return | None = None
    return_extensions: list[int] = Field(default_factory=list)
    receipt_extensions: list[int] = Field(default_factory=list)
    inspection: Inspection | None = None
    replacements: list[str] = Field(default_factory=list)
    replacement_sent_at: Instant | None = None
    replacement_by: Evidence | None = None
    reservation_id: str | None = None
    evidence: list[str] = Field(default_factory=list)
    settles: Quantities = Field(default_factory=dict)
    outbound_kept: Yuan = ZERO
    unpaid_kept: Yuan = ZERO
    subsidy_due: Yuan = ZERO
    freight_owed: bool = False
    paying_since: Instant | None = None
    money_held: bool = False
    approval: Approval | None = None
    goods_back: bool = False
    handed_back: bool = False
    parcels: list[Parcel] = Field(default_factory=list)
    on_the_way: list[str] = Field(default_factory=list)
    intercepts: list[InterceptStanding] = Field(default_factory=list)
    resent: Quantities = Field(default_factory=dict)
    told_order: Standing | None = None

    @property
    def at(self) -> AfterSaleStage:
        """The stage as what it is."""
        return AfterSaleStage(self.stage)

    @property
    def worth(self) -> Decimal:
        """The most that the goods may be paid back, yuan."""
        return sum((line.worth for line in self.lines), ZERO)

    @property
    def units(self) -> Quantities:
        """The units that it is about."""
        return {line.line_id: line.quantity for line in self.lines}

    @property
    def took(self) -> timedelta | None:
        """How long the buyer waited, from first asking to the end (S1-05); None while it is undecided."""
        ended_at = self.told_order.ended_at if self.told_order else None
        return ended_at - self.opened_at if ended_at else None

    def parcel(self, subject: str) -> Parcel | None:
        """The parcel of that name (`yto/R1`)."""
        return next((parcel for parcel in self.parcels if parcel.subject == subject), None)

    @property
    def goods_here(self) -> bool:
        """Whether the seller has the goods, be they as agreed or not."""
        return self.goods_back or self.inspection is not None

    def sent_back_at(self) -> datetime | None:
        """When the buyer sent the goods back."""
        return self.sent_back.sent_at if self.sent_back else None
