"""The state of an interception: one parcel, its fee, its claim."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, Field

from domain.case.cause import Evidence
from domain.case.child import ChildStanding
from domain.case.ids import CaseKind
from domain.case.parcel import Parcel
from domain.case.state import CaseState
from domain.case.units import Quantities
from domain.money import Yuan
from domain.parcels.journey import delivered_at
from domain.times import Instant


class InterceptStage(StrEnum):
    """Where an interception stands."""

    REQUESTED = "requested"
    INTERCEPTED = "intercepted"
    FAILED = "failed"
    RETURNED = "returned"
    CLAIMED = "claimed"


class Initiator(StrEnum):
    """Who had the parcel intercepted; the seller pays in any case (S1-16..18)."""

    SELLER = "seller"
    PLATFORM_AGENT = "platform_agent"
    ERP = "erp"


class ClaimKind(StrEnum):
    """What happened to the goods on their way back (S1-32)."""

    LOST = "lost"
    DAMAGED = "damaged"


class Claim(BaseModel):
    """A claim against the carrier, and what it paid; yuan."""

    kind: ClaimKind
    amount: Yuan
    filed_at: Instant
    filed_by: Evidence
    settled: Yuan | None = None


class InterceptStanding(ChildStanding):
    """An interception as its after-sale request and its order know it; `units`: what is in its parcel."""

    parcel: str
    units: Quantities = Field(default_factory=dict)
    intercepted: bool | None = None


class InterceptState(CaseState):
    """An interception of one parcel, of what it is `worth`, yuan; `fee`: booked only on success (S1-36, S1-37)."""

    kind: CaseKind = CaseKind.PARCEL_INTERCEPT
    stage: str = InterceptStage.REQUESTED
    outcome: InterceptStage | None = None
    after_sale_case_id: str | None = None
    carrier: str
    tracking_no: str
    units: Quantities
    worth: Yuan
    fee: Yuan
    fee_rule: str
    claim_limit: Yuan
    initiator: Initiator
    asked_by: Evidence
    answered_at: Instant | None = None
    answered_by: Evidence | None = None
    reason: str | None = None
    failed_at: Instant | None = None
    failed_by: Evidence | None = None
    claim: Claim | None = None
    parcels: list[Parcel] = Field(default_factory=list)
    told_others: InterceptStanding | None = None

    @property
    def at(self) -> InterceptStage:
        """The stage as what it is."""
        return InterceptStage(self.stage)

    @property
    def parcel_name(self) -> str:
        """`zto/ZT1`."""
        return f"{self.carrier}/{self.tracking_no}"

    @property
    def parcel(self) -> Parcel:
        """The parcel that is to be stopped, as far as the case has heard of it."""
        return self.parcels[0]

    @property
    def signed_at(self) -> datetime | None:
        """When the buyer signed for it; None where it is elsewhere."""
        return delivered_at(self.parcel)

    @property
    def most_claimed(self) -> Decimal:
        """The most that can be claimed: the carriers' limit, or what the parcel is worth (S1-32)."""
        return min(self.claim_limit, self.worth)
