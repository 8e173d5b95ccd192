"""The state of an order: what is known of its payment, goods, parcels and requests."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from domain.after_sale.relation import Standing, Surroundings
from domain.case.cause import Evidence
from domain.case.ids import CaseKind
from domain.case.parcel import Parcel
from domain.case.payouts import PayingCase
from domain.case.units import Quantities
from domain.complaint.state import ComplaintStanding, ComplaintSurroundings
from domain.hold.state import HoldStanding, HoldSurroundings
from domain.money import ZERO, Yuan
from domain.order.line import Line
from domain.order.payments import RETURNED, Invoice, Payment, Reversal, when_paid
from domain.order.people.interactions import Call, Promise, Quote, Rating
from domain.shop.offers import Offer
from domain.times import Instant


class Source(StrEnum):
    """How an order came about (S2-03)."""

    INQUIRY = "inquiry"
    SILENT = "silent"
    CASH_ON_DELIVERY = "cash_on_delivery"
    REMITTANCE = "remittance"


class OrderStage(StrEnum):
    """Where an order stands. Goods and money are apart from it: they may move while it stands still."""

    AWAITING_PAYMENT = "awaiting_payment"
    AWAITING_SHIPMENT = "awaiting_shipment"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CLOSED = "closed"


class OrderOutcome(StrEnum):
    """How an order ended."""

    COMPLETED = "completed"
    UNPAID = "unpaid"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class CampaignTerms(BaseModel):
    """A campaign as far as a case needs it; `ship_within` empty means the edition's own (S2-70)."""

    model_config = ConfigDict(frozen=True)

    id: str
    starts_at: Instant
    ends_at: Instant
    ship_within: str | None = None
    ship_hold: bool = False
    refunds_frozen_from: Instant | None = None
    refunds_frozen_to: Instant | None = None


class OrderState(PayingCase):
    """An order case. Everything else of it (stage, deadlines, penalties) follows from these facts.

    Attributes:
        buyer_message: refers to what the buyer wrote with the order (S2-16).
        charged_since: of an order taken over from elsewhere; what was late before is charged already.
        recipient_doubtful: whether name, phone or address look wrong or are missing (S4-60).
        at_risk: whether the buyer has no credit or trades (S2-17); `over_quota`: today's share of those is used up.
        cod_fees: what the shop adds to a free-shipping order paid at the door, yuan (S2-21).
        carrier_difference: what the buyer agreed to pay more for another carrier, yuan (S2-53).
        reversals: what the bank took back; `payouts`: what the order itself owes or has paid to its buyer.
        early_reversals: those of more than was known to be paid; the payment may be heard of later.
        written_off_at: when finance gave up what the carrier took at the door and did not pass on.
        lives_on_since: when it last was taken up after it had been closed.
        taken_up_at: when the shop took it up although it had been paid too late, or is not paid any more.
        cod_tries: when the buyer could not be reached; `parked` after three days of it (S2-19).
        wanted_carrier: by which carrier the buyer wants it sent (S4-13).
        pays_online_since: when a cash-on-delivery buyer chose another payment.
        reward_words: from how many characters on a rating is rewarded; None: never (S2-73).
        cancelled_before: the units that were refunded unshipped before each hold was asked for.
        set_aside: what is kept for each complaint's ruling, by its case, yuan.
        handed_back: the ended requests whose goods the buyer got back unpaid.
        stopped: the parcels that the carrier has stopped for the shop.
        called_off: whether it was closed as all of it was refused at the door and is back unpaid (S2-23).
        offers: the services that the shop offered of its own when the order was opened.
    """

    kind: CaseKind = CaseKind.ORDER
    stage: str = OrderStage.AWAITING_PAYMENT
    outcome: OrderOutcome | None = None
    order_id: str
    source: Source
    placed_at: Instant
    lines: list[Line]
    freight: Yuan = ZERO
    campaign: CampaignTerms | None = None
    presale: bool = False
    promised_ship_by: Instant | None = None
    agreed_ship_by: Instant | None = None
    fulfilment: str | None = None
    buyer_message: str | None = None
    recipient_doubtful: bool = False
    at_risk: bool = False
    over_quota: bool = False
    cod_fees: Yuan = ZERO
    carrier_difference: Yuan = ZERO
    reward_words: int | None = None
    offers: tuple[Offer, ...] = ()
    payments: list[Payment] = Field(default_factory=list)
    reversals: list[Reversal] = Field(default_factory=list)
    early_reversals: list[Reversal] = Field(default_factory=list)
    written_off_at: Instant | None = None
    lives_on_since: Instant | None = None
    taken_up_at: Instant | None = None
    taken_up_by: Evidence | None = None
    cod_confirmed_at: Instant | None = None
    cod_confirmed_by: Evidence | None = None
    cod_tries: list[Instant] = Field(default_factory=list)
    pays_online_since: Instant | None = None
    parked: bool = False
    calls: list[Call] = Field(default_factory=list)
    promises: list[Promise] = Field(default_factory=list)
    quotes: list[Quote] = Field(default_factory=list)
    ratings: list[Rating] = Field(default_factory=list)
    address_from: str | None = None
    wanted_carrier: str | None = None
    erp_read_at: Instant | None = None
    waybill_printed_at: Instant | None = None
    parcels: list[Parcel] = Field(default_factory=list)
    receipt_extensions: list[int] = Field(default_factory=list)
    buyer_extensions: int = 0
    receipt_waits_for_lines: bool = False
    instant_refund: bool = False
    charged_since: Instant | None = None
    invoice: Invoice | None = None
    complaints: list[ComplaintStanding] = Field(default_factory=list)
    complaint_surroundings: dict[str, ComplaintSurroundings] = Field(default_factory=dict)
    set_aside: dict[str, Yuan] = Field(default_factory=dict)
    ruled_late: Quantities = Field(default_factory=dict)
    holds: list[HoldStanding] = Field(default_factory=list)
    hold_surroundings: dict[str, HoldSurroundings] = Field(default_factory=dict)
    cancelled_before: dict[str, Quantities] = Field(default_factory=dict)
    requests: list[Standing] = Field(default_factory=list)
    request_surroundings: dict[str, Surroundings] = Field(default_factory=dict)
    handed_back: list[str] = Field(default_factory=list)
    stopped: list[str] = Field(default_factory=list)
    called_off: bool = False
    completed_at: Instant | None = None
    completed_by: Evidence | None = None
    closed_at: Instant | None = None
    closed_by: Evidence | None = None

    @property
    def carriage(self) -> Decimal:
        """What the buyer owes or has paid beside the goods: freight, fees at the door (S2-21), the difference, yuan."""
        return self._carriage_due + self.difference_paid

    @property
    def _carriage_due(self) -> Decimal:
        return self.freight + (self.cod_fees + self.difference_due if self.at_the_door else ZERO)

    @property
    def difference_due(self) -> Decimal:
        """The difference, unless all that left went by another carrier after all, yuan (S2-53)."""
        by_another = self.parcels and all(parcel.carrier != self.wanted_carrier for parcel in self.parcels)
        return ZERO if by_another else self.carrier_difference

    @property
    def difference_paid(self) -> Decimal:
        """What of the difference was paid on top of the rest, yuan; the goods do not wait for it (S2-53)."""
        if self.at_the_door:
            return ZERO
        return min(self.difference_due, max(self.paid - self.returned - self.due, ZERO))

    @property
    def due(self) -> Decimal:
        """What has to be paid for the order to be paid, yuan."""
        return sum((line.amount for line in self.lines), self._carriage_due)

    @property
    def total(self) -> Decimal:
        """What the order may keep, unless something goes back: goods and carriage, yuan."""
        return self.due + self.difference_paid

    @property
    def paid(self) -> Decimal:
        """What the buyer has paid so far, and no bank has taken back, yuan."""
        taken_back = sum((reversal.amount for reversal in self.reversals), ZERO)
        return sum((payment.amount for payment in self.payments), ZERO) - taken_back

    @property
    def lacking(self) -> Decimal:
        """What is still to be paid, yuan."""
        return max(self.due - self.paid, ZERO)

    @property
    def returned(self) -> Decimal:
        """What of that the order gives back because it is not owed, yuan."""
        return sum((payout.amount for payout in self.payouts if payout.about == RETURNED), ZERO)

    @property
    def at_the_door(self) -> bool:
        """Whether it is paid when it is delivered; a buyer may still choose another way."""
        return self.source is Source.CASH_ON_DELIVERY and self.pays_online_since is None

    @property
    def over(self) -> bool:
        """Completed or closed: no fact opens it again."""
        return self.completed_at is not None or self.closed_at is not None

    def line(self, line_id: str) -> Line | None:
        """The line of that id."""
        return next((line for line in self.lines if line.line_id == line_id), None)

    def remaining(self) -> list[Line]:
        """The lines of which units are not refunded."""
        return [line for line in self.lines if not line.refunded]

    def is_gift_alone(self, line: Line) -> bool:
        """Whether it was given for nothing with goods that are paid back, or asked to be: nobody waits for it alone."""
        paid_for = [other for other in self.lines if other.amount > ZERO]
        back = all(other.settled + other.refunding >= other.quantity for other in paid_for)
        return line.amount == ZERO and bool(paid_for) and back

    def parcel(self, carrier: str, tracking_no: str) -> Parcel | None:
        """The parcel of that number."""
        return next((p for p in self.parcels if (p.carrier, p.tracking_no) == (carrier, tracking_no)), None)

    def parcel_named(self, subject: str) -> Parcel:
        """The parcel that deadlines and tasks name so (`zto/ZT1`); the order has it."""
        return next(parcel for parcel in self.parcels if parcel.subject == subject)

    def parcels_of(self, line: Line) -> list[Parcel]:
        """The parcels that carry a line or part of it."""
        return [parcel for parcel in self.parcels if line.line_id in parcel.units]

    def paid_at(self) -> datetime | None:
        """When the payments, in the order they were made, reached what is owed; None while they have not."""
        if self.due == ZERO:
            return self.placed_at
        payment = self.completing_payment()
        return payment.at if payment else None

    def completing_payment(self) -> Payment | None:
        """The payment by which the order was paid in full; None before, where nothing is owed, and if it fell below."""
        return when_paid(self.due, self.payments, self.reversals, self.payouts)[0]

    def was_paid_at(self, moment: datetime) -> bool:
        """Whether it was paid in full then."""
        payments = [payment for payment in self.payments if payment.at <= moment]
        reversals = [reversal for reversal in self.reversals if reversal.at <= moment]
        payouts = [payout for payout in self.payouts if payout.owed_at <= moment]
        return self.due == ZERO or when_paid(self.due, payments, reversals, payouts)[0] is not None

    @property
    def was_paid(self) -> bool:
        """Whether it is paid in full, or was so once, whatever the bank took back since."""
        return self.paid_at() is not None or self.fell_unpaid_at() is not None

    def fell_unpaid_at(self) -> datetime | None:
        """When the order, once paid in full, last was so no more, as the bank took money back; None: never."""
        return when_paid(self.due, self.payments, self.reversals, self.payouts)[1]
