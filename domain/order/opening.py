"""Opening an order: what a client must say, and the state an order starts in."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

import phonenumbers
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from domain.case.ids import OrderId, order_case_id
from domain.case.live import LiveCase
from domain.case.rules import FIRST, newest
from domain.invalid import InvalidValue
from domain.money import ZERO, InYuan, Yuan
from domain.order.life import ORDER
from domain.order.line import Line
from domain.order.state import CampaignTerms, OrderStage, OrderState, Source
from domain.policy import Platform
from domain.roles import Actor
from domain.shop.hours import WorkingHours
from domain.shop.offers import Offer
from domain.shop.settings import CashOnDeliverySettings, Ratings
from domain.text import LARGEST_COUNT
from domain.times import Instant

ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class OrderLine(BaseModel):
    """One line; `amount` is what the line is paid in all, not per unit, without freight."""

    model_config = ConfigDict(extra="forbid")

    line_id: OrderId
    sku: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    title: ShortText
    category: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    quantity: Annotated[int, Field(strict=True, ge=1, le=100_000)]
    amount: Yuan
    made_to_order: bool = False
    virtual: bool = False
    weight_kg: Annotated[Decimal, Field(gt=0, max_digits=8, decimal_places=3)] | None = None


class Buyer(BaseModel):
    """The buyer: personal data, kept in the store alone; `credit` and `trades` weigh the risk of cash on delivery."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    name: Annotated[str, StringConstraints(max_length=100)] | None = None
    phone: Annotated[str, StringConstraints(max_length=40)] | None = None
    address: Annotated[str, StringConstraints(max_length=500)] | None = None
    region: Annotated[str, StringConstraints(max_length=40)] | None = None
    credit: Annotated[int, Field(strict=True, ge=-LARGEST_COUNT, le=LARGEST_COUNT)] | None = None
    trades: Annotated[int, Field(strict=True, ge=0, le=LARGEST_COUNT)] | None = None


EXAMPLE: dict[str, Any] = {
    "platform": "taobao",
    "order_id": "T1001",
    "source": "inquiry",
    "placed_at": "2026-11-11T00:00:30+08:00",
    "lines": [
        {
            "line_id": "1",
            "sku": "DRESS-RED-XS",
            "title": "连衣裙",
            "category": "apparel",
            "quantity": 1,
            "amount": "199.00",
        }
    ],
    "freight": "10.00",
    "buyer": {"id": "b-77", "name": "陈小姐", "phone": "13800000000", "address": "广州市天河区", "region": "广东"},
    "policy": "taobao-2012",
}


class OpenOrder(InYuan):
    """The body of `POST /v1/cases`. Money in yuan; times with an offset."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    platform: Platform
    order_id: OrderId
    source: Source
    placed_at: Instant
    lines: Annotated[list[OrderLine], Field(min_length=1, max_length=200)]
    freight: Yuan = ZERO
    buyer: Buyer
    policy: str | None = None
    campaign: str | None = None
    presale: bool = False
    promised_ship_by: Instant | None = None
    buyer_message: Annotated[str, StringConstraints(max_length=1000)] | None = None
    fulfilment: Annotated[str, StringConstraints(max_length=64)] | None = None
    instant_refund: bool = False
    refunds_by_platform: bool = Field(
        False, description="Whether the marketplace pays refunds itself: nobody here does, until it says that it has"
    )
    charged_since: Instant | None = Field(
        None, description="Of an order taken over: what was late before, its marketplace has charged already"
    )

    @field_validator("lines")
    @classmethod
    def _line_ids_differ(cls, lines: list[OrderLine]) -> list[OrderLine]:
        if len({line.line_id for line in lines}) < len(lines):
            raise InvalidValue("line_id must differ between lines", "各行的 line_id 不能相同")
        return lines

    @model_validator(mode="after")
    def _presale_says_when(self) -> "OpenOrder":
        if self.presale and self.promised_ship_by is None:
            raise InvalidValue("a presale must state promised_ship_by (S2-50)", "预售须写明 promised_ship_by")
        if self.promised_ship_by and self.promised_ship_by <= self.placed_at:
            raise InvalidValue("promised_ship_by must lie after placed_at", "promised_ship_by 须晚于 placed_at")
        return self


@dataclass(frozen=True, slots=True)
class OpenedUnder:
    """What of the shop an opening takes with it.

    Attributes:
        refunds_by_hand: whether its finance people pay refunds themselves.
        at_risk_today: how many orders of buyers without credit or trades it has taken today (S2-17).
        message: refers to what the buyer wrote.
    """

    hours: WorkingHours = field(default_factory=WorkingHours)
    cod: CashOnDeliverySettings = field(default_factory=CashOnDeliverySettings)
    ratings: Ratings = field(default_factory=Ratings)
    offers: tuple[Offer, ...] = ()
    refunds_by_hand: bool = False
    at_risk_today: int = 0
    message: str | None = None


class OpenedOrder(BaseModel):
    """An accepted opening, as the workflow gets it: without the buyer, with edition and campaign resolved.

    What it says of the buyer and the shop, `OrderState` explains.
    """

    merchant: str
    opened_at: Instant
    opened_by: Actor
    policy: str
    platform: Platform
    order_id: OrderId
    source: Source
    placed_at: Instant
    lines: list[OrderLine]
    freight: Yuan
    campaign: CampaignTerms | None = None
    presale: bool = False
    promised_ship_by: Instant | None = None
    fulfilment: str | None = None
    instant_refund: bool = False
    charged_since: Instant | None = None
    buyer_message: str | None = None
    recipient_doubtful: bool = False
    at_risk: bool = False
    over_quota: bool = False
    cod_fees: Yuan = ZERO
    reward_words: int | None = None
    offers: tuple[Offer, ...] = ()
    refunds_by_hand: bool = False
    refunds_by_platform: bool = False
    hours: WorkingHours = WorkingHours()
    rules: int = FIRST


def accept_opening(
    request: OpenOrder,
    merchant: str,
    policy: str,
    campaign: CampaignTerms | None,
    opened_by: Actor,
    now: datetime,
    under: OpenedUnder | None = None,
) -> OpenedOrder:
    """The opening cleared of personal data."""
    kept: dict[str, Any] = {
        name: getattr(request, name) for name in OpenedOrder.model_fields if name in OpenOrder.model_fields
    }
    under = under or OpenedUnder()
    at_risk = is_cod_at_risk(request)
    quota = under.cod.daily_quota_at_risk
    free_shipping = request.source is Source.CASH_ON_DELIVERY and request.freight == ZERO
    kept.update(
        merchant=merchant,
        policy=policy,
        campaign=campaign,
        opened_by=opened_by,
        opened_at=now,
        buyer_message=under.message,
        recipient_doubtful=_is_recipient_doubtful(request),
        at_risk=at_risk,
        over_quota=at_risk and quota is not None and under.at_risk_today >= quota,
        cod_fees=under.cod.freight + under.cod.service_fee if free_shipping else ZERO,
        reward_words=under.ratings.reward_words,
        offers=under.offers,
        refunds_by_hand=under.refunds_by_hand,
        hours=under.hours,
        rules=newest(),
    )
    return OpenedOrder(**kept)


def is_cod_at_risk(request: OpenOrder) -> bool:
    """Whether a buyer without credit or trades orders cash on delivery: they are likely to refuse it (S2-17)."""
    return request.source is Source.CASH_ON_DELIVERY and 0 in (request.buyer.credit, request.buyer.trades)


def _is_recipient_doubtful(request: OpenOrder) -> bool:
    """Whether a parcel could hardly reach the buyer: no name or address, or no number that could be theirs (S4-60)."""
    if all(line.virtual for line in request.lines):
        return False
    buyer = request.buyer
    try:
        phone = phonenumbers.is_possible_number(phonenumbers.parse(buyer.phone or "", "CN"))
    except phonenumbers.NumberParseException:
        phone = False
    return not (phone and buyer.name and buyer.address)


def initial_state(order: OpenedOrder) -> OrderState:
    """The state an order starts in: cash on delivery awaits shipment, everything else awaits payment."""
    cod = order.source is Source.CASH_ON_DELIVERY
    return OrderState(
        case_id=order_case_id(order.merchant, order.platform, order.order_id),
        merchant=order.merchant,
        platform=order.platform,
        policy=order.policy,
        stage=OrderStage.AWAITING_SHIPMENT if cod else OrderStage.AWAITING_PAYMENT,
        opened_at=order.opened_at,
        updated_at=order.opened_at,
        order_id=order.order_id,
        source=order.source,
        placed_at=order.placed_at,
        lines=[Line(**dict(line)) for line in order.lines],
        freight=order.freight,
        campaign=order.campaign,
        presale=order.presale,
        promised_ship_by=order.promised_ship_by,
        fulfilment=order.fulfilment,
        instant_refund=order.instant_refund,
        charged_since=order.charged_since,
        buyer_message=order.buyer_message,
        recipient_doubtful=order.recipient_doubtful,
        at_risk=order.at_risk,
        over_quota=order.over_quota,
        cod_fees=order.cod_fees,
        reward_words=order.reward_words,
        offers=order.offers,
        refunds_by_hand=order.refunds_by_hand,
        refunds_by_platform=order.refunds_by_platform,
        hours=order.hours,
        rules=order.rules,
    )


def opening_summary(order: OpenedOrder) -> str:
    """The first line of the timeline."""
    total = sum((line.amount for line in order.lines), order.freight + order.cod_fees)
    lines = "1 line" if len(order.lines) == 1 else f"{len(order.lines)} lines"
    return f"Order {order.order_id} on {order.platform}: {lines}, {total:.2f} yuan, {order.source}"


def begin(order: OpenedOrder) -> LiveCase[OrderState]:
    """The case at version 1: the API's first write and the workflow start from the very same."""
    case = LiveCase(ORDER, initial_state(order))
    case.begin(opening_summary(order), order.opened_by, order.opened_at)
    return case
