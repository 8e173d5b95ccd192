"""What a shop offers after the sale though no rule makes it, each for so many days from the carrier's signed time."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from domain.invalid import InvalidValue
from domain.shop.service import ON_OFFER, Service

DAYS = 30
"""For how long a service is offered where a shop does not say; no source gives a number (unverified)."""


class Offer(BaseModel):
    """One service, and for how many days it may be asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    service: Service
    days: Annotated[int, Field(ge=1, le=365, examples=[DAYS])] = DAYS

    @field_validator("service")
    @classmethod
    def _nobody_is_owed_it(cls, service: Service) -> Service:
        if service not in ON_OFFER:
            raise InvalidValue(
                f"{service} is no service on offer: every buyer may ask for it",
                f"{service} 不是店铺自愿提供的服务，顾客本来就可以申请",
            )
        return service


class ServiceOffers(BaseModel):
    """The section `service-offers` of a shop's settings; what an order is opened under holds for its life."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    offers: tuple[Offer, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({offer.service for offer in self.offers}) < len(self.offers):
            raise InvalidValue("a service is offered once", "同一项服务只列一次")
        return self
