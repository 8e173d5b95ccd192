"""What a shop has set up, section by section, and what of it a step may depend on."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from domain.invalid import InvalidValue
from domain.language import Language
from domain.money import ZERO, Yuan, yuan
from domain.provinces import province_of
from domain.shop.addresses import Addresses
from domain.shop.automation import Automation, StrategyStage
from domain.shop.hours import WorkingHours
from domain.shop.offers import ServiceOffers
from domain.shop.staff import Staff

Flag = Annotated[bool, Field(strict=True, examples=[False])]
MemoStamp = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^[^\x00]*$")]


class SettingsSection(BaseModel):
    """A section of a shop's settings; without arguments, what holds before anybody changes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Routing(StrEnum):
    """How orders reach the warehouse (S0-33..35)."""

    PLATFORM_ERP_WMS = "platform_erp_wms"
    PLATFORM_WMS = "platform_wms"
    OWN = "own"


class HoldTerms(SettingsSection):
    """What of a shop's holds a step may depend on; the memo's text stays out of every history.

    Attributes:
        erp_lock: the order is locked in the ERP too; an option (S0-10).
        self_service: buyers may ask for a hold themselves (S0-25).
    """

    enabled: Flag = False
    erp_lock: Flag = False
    routing: Routing = Routing.OWN
    self_service: Flag = False

    @property
    def locks(self) -> bool:
        """Whether the ERP is to lock: orders that reach the warehouse past it cannot be locked there (S0-33, S0-34)."""
        return self.erp_lock and self.routing is not Routing.PLATFORM_WMS


class ShipHoldSettings(HoldTerms):
    """Holds on shipping: switched on by the main account with a memo text and accepted terms (S0-06, S0-07).

    Attributes:
        memo: what is stamped on a held order for those who ship.
    """

    memo: Annotated[MemoStamp, Field(validate_default=True, examples=["双11拦截，请勿发货"])] = ""
    terms_accepted: Annotated[bool, Field(strict=True, validate_default=True, examples=[True])] = False

    @field_validator("memo")
    @classmethod
    def _memo_where_enabled(cls, memo: str, others: ValidationInfo) -> str:
        if others.data.get("enabled") and not memo:
            raise InvalidValue("enabled needs a memo text (S0-07)", "启用前须填写备注内容")
        return memo

    @field_validator("terms_accepted")
    @classmethod
    def _accepted_where_enabled(cls, accepted: bool, others: ValidationInfo) -> bool:
        if others.data.get("enabled") and not accepted:
            raise InvalidValue("enabled needs the accepted terms (S0-07)", "启用前须同意条款")
        return accepted


class Agreement(StrEnum):
    """What a shop signs before parcels are intercepted for it: the service, and that its fees are deducted (S1-28)."""

    SERVICE = "service"
    DEDUCTION = "deduction"


class ParcelInterceptSettings(SettingsSection):
    """The agreements that the shop signed for intercepting parcels (S1-12, S1-28)."""

    agreements: Annotated[tuple[Agreement, ...], Field(examples=[["service", "deduction"]])] = ()

    @field_validator("agreements")
    @classmethod
    def _each_once(cls, agreements: tuple[Agreement, ...]) -> tuple[Agreement, ...]:
        if len(set(agreements)) < len(agreements):
            raise InvalidValue("an agreement is signed once", "同一份协议只签一次")
        return agreements


class ExchangeStock(SettingsSection):
    """Whether exchanges take up stock (S3-11..15).

    Attributes:
        require_stock: an exchange can be asked for only while there is stock (S3-11).
        reserve: an exchange reserves its units (S3-12).
        auto_deduct: shipping the replacement takes its units from stock (S3-13).
        partitioned_inventory: the shop's stock is split by warehouse region; nothing can be reserved then (S3-15).
    """

    require_stock: Flag = False
    reserve: Flag = False
    auto_deduct: Flag = False
    partitioned_inventory: Flag = False

    @field_validator("partitioned_inventory")
    @classmethod
    def _nothing_reserved_where_partitioned(cls, partitioned: bool, others: ValidationInfo) -> bool:
        if partitioned and others.data.get("reserve"):
            raise InvalidValue("reserve is not available with partitioned_inventory (S3-15)", "分区库存不支持 reserve")
        return partitioned


class ShopStatus(StrEnum):
    """Whether a shop is in normal operation (S1-11).

    `paused`: its owner stopped selling for a while; `restricted`: the marketplace limits what it may do;
    `closed`: it is gone, its last orders are being finished.
    """

    NORMAL = "normal"
    PAUSED = "paused"
    RESTRICTED = "restricted"
    CLOSED = "closed"


class ShopStanding(SettingsSection):
    """What of the shop itself a step may depend on.

    Attributes:
        cross_border: it sells across the border (S1-10).
        outbound_freight: yuan that sending an order costs it where the buyer paid no freight (S2-75).
        refunds_by_hand: its finance people pay refunds themselves (S4-29).
        region: the province it telephones from, as `广东` or `广东省`; empty: not known (S2-38).
    """

    cross_border: Flag = False
    status: ShopStatus = ShopStatus.NORMAL
    outbound_freight: Annotated[Yuan, Field(examples=["8.00"])] = ZERO
    refunds_by_hand: Flag = False
    region: Annotated[str, StringConstraints(strip_whitespace=True, max_length=50), Field(examples=["广东"])] = ""

    @field_validator("region")
    @classmethod
    def _in_a_province(cls, region: str) -> str:
        if region and province_of(region) is None:
            raise InvalidValue(
                "region begins with the name of a province, as 广东, 广东省 or 北京市 (S2-38)",
                "地区须以省份开头，例如广东、广东省或北京市",
            )
        return region


class Shop(ShopStanding):
    """The shop itself.

    Attributes:
        locale: the language of its people, for whoever asks for none.
    """

    locale: Annotated[Language, Field(examples=["zh"])] = Language.ZH


class CashOnDeliverySettings(SettingsSection):
    """Orders paid at the door.

    Attributes:
        daily_quota_at_risk: how many orders a day the shop takes from buyers without credit or trades; more are
            advised to pay another way (S2-17). None: any number.
        freight, service_fee: yuan that are added to a free-shipping order (S2-21).
    """

    daily_quota_at_risk: Annotated[int | None, Field(strict=True, ge=0, le=100_000, examples=[20])] = None
    freight: Annotated[Yuan, Field(examples=["10.00"])] = ZERO
    service_fee: Annotated[Yuan, Field(examples=["5.00"])] = ZERO


class Ratings(SettingsSection):
    """What a buyer's words are worth to the shop.

    Attributes:
        reward_words: from how many characters on a rating is rewarded; None: never (S2-73).
    """

    reward_words: Annotated[int | None, Field(strict=True, ge=1, le=1000, examples=[20])] = None


class Authority(SettingsSection):
    """Yuan up to which accounts may agree to refunds and compensation by themselves, by role (S4-66).

    What the owner sets for a single account goes before it; None: no limit.
    """

    agent: Annotated[Yuan | None, Field(examples=["5000.00"])] = yuan(5000)
    supervisor: Annotated[Yuan | None, Field(examples=["20000.00"])] = None


SHOP = "shop"
AUTHORITY = "authority"
"""The section of the roles' limits."""

COD, RATINGS, OFFERS = "cash-on-delivery", "ratings", "service-offers"
"""The sections that an opening takes with it."""

ADDRESSES = "addresses"
"""The section of where goods go back to."""

AUTOMATION = "after-sale-automation"
"""The section of a shop's strategies and keywords."""
WORKING_HOURS, STAFF = "working-hours", "staff"
"""The sections of when a shop's groups work, and of the people in them."""

SECTIONS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "ship-hold": ShipHoldSettings,
        "parcel-intercept": ParcelInterceptSettings,
        "exchange-stock": ExchangeStock,
        AUTOMATION: Automation,
        SHOP: Shop,
        AUTHORITY: Authority,
        COD: CashOnDeliverySettings,
        RATINGS: Ratings,
        OFFERS: ServiceOffers,
        WORKING_HOURS: WorkingHours,
        STAFF: Staff,
        ADDRESSES: Addresses,
    }
)
"""Every section by its name in the API and the store."""


_TERMS: Mapping[str, type[SettingsSection]] = MappingProxyType(
    {
        SHOP: ShopStanding,
        "exchange_stock": ExchangeStock,
        "ship_hold": HoldTerms,
        "parcel_intercept": ParcelInterceptSettings,
    }
)


class ShopTerms(BaseModel):
    """What of the shop and of the acting account a refusal may depend on; it travels with every action.

    Attributes:
        automated: the stages of after-sale requests for which a strategy is switched on (S3-06).
        authority: yuan up to which the account may agree by itself; None: no limit.
    """

    model_config = ConfigDict(frozen=True)

    shop: ShopStanding = ShopStanding()
    exchange_stock: ExchangeStock = ExchangeStock()
    ship_hold: HoldTerms = HoldTerms()
    parcel_intercept: ParcelInterceptSettings = ParcelInterceptSettings()
    automated: tuple[StrategyStage, ...] = ()
    authority: Yuan | None = None

    @field_validator("shop", "exchange_stock", "ship_hold", "parcel_intercept", mode="before")
    @classmethod
    def _known_fields(cls, section: Any, field: ValidationInfo) -> Any:
        # A worker may get terms from a newer API while both are being replaced; it must be able to read them.
        # The store hands in whole sections; what is no term of a step goes no further.
        if isinstance(section, BaseModel):
            section = section.model_dump()
        if not isinstance(section, Mapping):
            return section
        known = _TERMS[str(field.field_name)].model_fields
        return {name: value for name, value in section.items() if name in known}
