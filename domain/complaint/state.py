"""The state of a complaint: what it is about, where it stands, and what it knows of its order."""

from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from domain.case.cause import Evidence
from domain.case.child import ChildStanding
from domain.case.ids import CaseKind
from domain.case.ledger import EntryKind
from domain.case.payouts import PayingCase
from domain.case.units import Quantities
from domain.money import ZERO, Yuan
from domain.times import Instant


class ComplaintType(StrEnum):
    """What a buyer can complain about (S2-79)."""

    FAKE_SHIPMENT = "fake_shipment"
    LATE_SHIPMENT = "late_shipment"
    BREACH_OF_PROMISE = "breach_of_promise"
    NOT_RECEIVED = "not_received"
    CONSUMER_PROTECTION = "consumer_protection"
    NO_REASON_RETURN = "no_reason_return"


ABOUT_LATENESS = (ComplaintType.FAKE_SHIPMENT, ComplaintType.LATE_SHIPMENT)
"""Types that accuse the seller of one and the same thing: it is punished once, as a late shipment (S2-81, S2-85)."""


class ComplaintStage(StrEnum):
    """Where a complaint stands."""

    AWAITING_SELLER = "awaiting_seller"
    ANSWERED = "answered"
    PLATFORM_INTERVENTION = "platform_intervention"
    COMPENSATING = "compensating"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


class ComplaintOutcome(StrEnum):
    """How a complaint ended."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


class ComplaintSurroundings(BaseModel):
    """What a complaint must know of its order.

    Attributes:
        left: what of the lines' price is neither paid back nor under an open request, yuan.
        set_aside: what of it the order keeps for its ruling, yuan; None as long as the order has heard of none.
    """

    model_config = ConfigDict(frozen=True)

    left: Yuan = ZERO
    set_aside: Yuan | None = None


class ComplaintStanding(ChildStanding):
    """A complaint as its order knows it.

    Attributes:
        units: the units that it is about.
        upheld: how the platform ruled; None as long as it has not.
        granted: the compensation ruled, yuan; `compensated`: what of it the buyer has got.
    """

    type: ComplaintType
    units: Quantities
    upheld: bool | None = None
    granted: Yuan = ZERO
    compensated: Yuan = ZERO


class ComplaintState(PayingCase):
    """A complaint case.

    Attributes:
        text: refers to the buyer's words.
        shipped: whether anything was said shipped when it was filed.
        evidence: who submitted what, by kind (`seller:waybill`).
        evidence_from, evidence_by: since when both sides bring evidence, and what set that going.
        decides_from, decides_by: since when the platform decides; `follow_ups` counts the days somebody looked.
        told_order: what the order was last told of it.
    """

    kind: CaseKind = CaseKind.COMPLAINT
    stage: str = ComplaintStage.AWAITING_SELLER
    outcome: ComplaintOutcome | None = None
    order_case_id: str
    type: ComplaintType
    text: str | None = None
    units: Quantities
    shipped: bool
    surroundings: ComplaintSurroundings
    filed_by: Evidence
    answered_at: Instant | None = None
    answer_reason: str | None = None
    evidence: list[str] = Field(default_factory=list)
    evidence_from: Instant | None = None
    evidence_by: Evidence | None = None
    evidence_closed: bool = False
    decides_from: Instant | None = None
    decides_by: Evidence | None = None
    follow_ups: int = 0
    upheld: bool | None = None
    granted: Yuan = ZERO
    told_order: ComplaintStanding | None = None

    @property
    def compensated(self) -> Decimal:
        """What of the compensation the buyer has got, yuan."""
        return self.paid_out(EntryKind.COMPENSATION)

    @property
    def at(self) -> ComplaintStage:
        """The stage as what it is."""
        return ComplaintStage(self.stage)
