"""A marketplace's rules as data: the shape of an edition.

A field's place is its policy path (``ship.late.rate``), the name that deadlines and the API show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from domain.policy.catalogue import Catalogue
from domain.policy.citations import (
    Cited,
    CitedAmount,
    CitedCount,
    CitedDays,
    CitedDuration,
    CitedFlag,
    CitedNames,
    CitedRate,
    CitedTerm,
    CitedTimeOfDay,
    CitedWindows,
)
from domain.policy.values import Flag, Name


class Platform(StrEnum):
    """A marketplace."""

    TAOBAO = "taobao"
    TMALL = "tmall"
    DOUYIN = "douyin"
    JD = "jd"


class PolicySection(BaseModel):
    """A group of values of an edition."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class PaymentTerms(PolicySection):
    """Paying, and closing what is not paid."""

    within: CitedTerm
    """From placing the order; then it is closed as unpaid."""
    close_after: CitedDuration
    """From placing the order; nobody may close it sooner."""


class LateShipment(PolicySection):
    """What a late shipment costs the seller, once per order (S2-85)."""

    points: CitedCount
    """Penalty points."""
    rate: CitedRate
    """Compensation to the buyer as a share of what the late lines were paid."""
    cap: CitedAmount
    """The most compensation, in yuan."""


class Ship(PolicySection):
    """Shipping after payment."""

    alert_after: CitedTerm
    """From payment; then customer service asks why it is not shipped."""
    within: CitedTerm
    """From payment; then the shipment is late."""
    cutoff: CitedTimeOfDay
    """Orders paid before this time of day (Asia/Shanghai) are promised to ship the same day."""
    late: LateShipment

    @field_validator("within")
    @classmethod
    def _after_the_alert(cls, within: CitedTerm, info: ValidationInfo) -> CitedTerm:
        alert = info.data.get("alert_after")
        if alert is not None and within.value <= alert.value:
            raise ValueError(f"must be later than ship.alert_after ({alert.value}), which warns of it")
        return within


class Tracking(PolicySection):
    """What the carrier's scans must show."""

    start_within: CitedTerm
    """From the seller's word that it is shipped; then the shipment is suspected to be fake."""
    stall_after: CitedTerm
    """From the last scan; then customer service chases the carrier."""
    parked_for: CitedTerm
    """For what is reported of a parcel that nobody has announced; after that it is another one's of that number."""


class Receipt(PolicySection):
    """Confirming receipt."""

    auto_confirm: CitedTerm
    """From the first consignment; then receipt counts as confirmed."""
    seller_extensions: CitedDays
    """The days that a seller may add, each time one of them."""
    buyer_extension: CitedTerm
    """What a buyer adds at once."""
    buyer_extensions_allowed: CitedCount
    """How often a buyer may."""
    refund_before_is_cancellation: CitedFlag
    """Whether a refund asked for before receipt is confirmed cancels the order (S3-01..03)."""


class AfterSale(PolicySection):
    """Refunds, returns and exchanges: who must act by when."""

    answer_unshipped: CitedTerm
    """For the seller, from a request on unshipped goods; then refunded."""
    answer_shipped: CitedTerm
    """For the seller, from a request on shipped goods; then agreed to."""
    buyer_returns: CitedTerm
    """For the buyer, from the seller's agreement; then closed."""
    ask_waybill_after: CitedTerm
    """From the seller's agreement, and again; then the buyer is asked for the return's waybill."""
    seller_receives: CitedTerm
    """For the seller, from the buyer's sending it back; then refunded."""
    buyer_reacts: CitedTerm
    """For the buyer, from a refusal; then closed."""
    return_window: CitedTerm
    """From the carrier's signed time; then no return without reason."""
    return_extensions: CitedDays
    """The days that a seller may add to a return, each time one of them."""
    freight_subsidy_cap: CitedAmount
    """The most return freight that a seller at fault pays back, in yuan."""
    unsubsidised_carriers: CitedNames
    """Carriers whose return freight is not paid back: ordinary ones only."""
    evidence_within: CitedTerm
    """For both sides, from asking the platform; then it decides on what is there."""


class ComplaintTerms(PolicySection):
    """Complaining to the marketplace."""

    after_timeout: CitedTerm
    """From receipt by timeout; until then a buyer may complain that they have nothing (S2-91, S2-92)."""


class Promotion(PolicySection):
    """What a large promotion changes."""

    ship_within: CitedTerm
    """From payment, in place of ``ship.within``."""


class CashOnDeliveryTerms(PolicySection):
    """Orders paid at the door."""

    parked_after: CitedTerm
    """From opening, with the buyer not reached; then the order is set aside."""
    retry_after: CitedTerm
    """From a try in vain; then the buyer is called again."""
    passed_on_within: CitedTerm
    """From delivery; by then the carrier has passed on what it took at the door."""


class Calls(PolicySection):
    """Calling buyers who have not paid."""

    windows: CitedWindows
    """When buyers are called, and at no other time."""
    first_after: CitedTerm
    """From placing the order; then the first call is asked for."""
    attempts: CitedCount
    """The most calls for an order."""


class InterceptTerms(PolicySection):
    """What the carriers' interception service takes, refuses and pays (S1)."""

    carriers: CitedNames
    """The carriers that intercept."""
    fees: Mapping[Name, CitedAmount]
    """By carrier: the fee of one intercepted parcel, return freight included, in yuan."""
    value_below: CitedAmount
    """A parcel must be worth less than this, in yuan."""
    excluded_categories: CitedNames
    """Categories of goods that are not intercepted."""
    claim_limit: CitedAmount
    """The most a carrier pays for a lost or damaged parcel, in yuan."""

    @field_validator("fees")
    @classmethod
    def _one_fee_per_carrier(cls, fees: Mapping[str, CitedAmount], info: ValidationInfo) -> Mapping[str, CitedAmount]:
        carriers: CitedNames | None = info.data.get("carriers")
        if carriers is not None and set(fees) != set(carriers.value):
            raise ValueError(f"must name one fee for each carrier ({', '.join(carriers.value) or 'none'})")
        return fees


class PolicyTerms(PolicySection):
    """The terms of one edition of a marketplace's rules."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,63}$")]
    platform: Platform
    title: Annotated[str, Field(min_length=1, max_length=200)]
    current: Flag
    """Whether orders that name no edition are opened under this one."""

    payment: PaymentTerms
    ship: Ship
    tracking: Tracking
    receipt: Receipt
    after_sale: AfterSale
    complaint: ComplaintTerms
    promotion: Promotion
    cod: CashOnDeliveryTerms
    calls: Calls
    intercept: InterceptTerms | None = None
    """Only on editions whose marketplace offers interception."""


class Policy(PolicyTerms):
    """One edition of a marketplace's rules. A case keeps the edition it was opened under."""

    work: Catalogue
    """What people's tasks say, to whom and by when."""


def leaves(policy: Policy) -> Iterator[tuple[str, Cited[Any]]]:
    """Every value of an edition with its path (``ship.late.rate``), in the order of the model."""
    return _leaves(policy, "")


def _leaves(node: object, path: str) -> Iterator[tuple[str, Cited[Any]]]:
    if isinstance(node, Cited):
        yield path, node
    elif isinstance(node, (PolicySection, Mapping)):
        for name, child in node.items() if isinstance(node, Mapping) else node:
            yield from _leaves(child, f"{path}.{name}" if path else name)
