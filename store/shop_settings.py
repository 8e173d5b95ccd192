"""What shops have set up; a change holds for the very next step."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, bindparam, case, select

from domain.order.opening import OpenedUnder
from domain.roles import Actor, Role
from domain.shop.accounts import authority_of
from domain.shop.automation import StrategyStage
from domain.shop.hours import WorkingHours
from domain.shop.offers import ServiceOffers
from domain.shop.settings import (
    AUTHORITY,
    AUTOMATION,
    COD,
    OFFERS,
    RATINGS,
    SECTIONS,
    SHOP,
    WORKING_HOURS,
    Authority,
    CashOnDeliverySettings,
    Ratings,
    Shop,
    ShopTerms,
)
from store.database import put_rows
from store.tables import ACCOUNTS, MERCHANT_SETTINGS

_FIELDS = {section: field for section in SECTIONS if (field := section.replace("-", "_")) in ShopTerms.model_fields}
_STRATEGIES = MERCHANT_SETTINGS.c.value["strategies"]
_OF_TERMS = select(
    MERCHANT_SETTINGS.c.section,
    # Of the automation only the strategies: its keywords are many, and only two steps look at them.
    case((MERCHANT_SETTINGS.c.section == AUTOMATION, _STRATEGIES), else_=MERCHANT_SETTINGS.c.value).label("value"),
).where(
    MERCHANT_SETTINGS.c.merchant == bindparam("merchant"),
    MERCHANT_SETTINGS.c.section.in_((*_FIELDS, AUTOMATION, AUTHORITY)),
)
_OF_OPENING = select(MERCHANT_SETTINGS.c.section, MERCHANT_SETTINGS.c.value).where(
    MERCHANT_SETTINGS.c.merchant == bindparam("merchant"),
    MERCHANT_SETTINGS.c.section.in_((WORKING_HOURS, COD, RATINGS, OFFERS, SHOP)),
)
_SECTION = select(MERCHANT_SETTINGS.c.value).where(
    MERCHANT_SETTINGS.c.merchant == bindparam("merchant"), MERCHANT_SETTINGS.c.section == bindparam("section")
)
_AUTHORITY = select(ACCOUNTS.c.authority).where(
    ACCOUNTS.c.merchant == bindparam("merchant"), ACCOUNTS.c.account == bindparam("account")
)


def get(tx: Connection, merchant: str, section: str) -> BaseModel:
    """A section as the shop has it, or its defaults.

    Raises:
        KeyError: there is no such section.
    """
    model = SECTIONS[section]
    value = tx.scalar(_SECTION, {"merchant": merchant, "section": section})
    return model() if value is None else model.model_validate(value, extra="ignore")


def opened_under(tx: Connection, merchant: str) -> OpenedUnder:
    """What of the shop an order's opening takes with it."""
    found = {row.section: row.value for row in tx.execute(_OF_OPENING, {"merchant": merchant})}
    return OpenedUnder(
        hours=WorkingHours.model_validate(found.get(WORKING_HOURS, {}), extra="ignore"),
        cod=CashOnDeliverySettings.model_validate(found.get(COD, {}), extra="ignore"),
        ratings=Ratings.model_validate(found.get(RATINGS, {}), extra="ignore"),
        refunds_by_hand=Shop.model_validate(found.get(SHOP, {}), extra="ignore").refunds_by_hand,
        offers=ServiceOffers.model_validate(found.get(OFFERS, {}), extra="ignore").offers,
    )


def put(tx: Connection, merchant: str, section: str, model: BaseModel, by: Actor, now: datetime) -> None:
    """Sets a section."""
    row = {
        "merchant": merchant,
        "section": section,
        "value": model.model_dump(mode="json"),
        "updated_at": now,
        "updated_by": by.account,
    }
    put_rows(tx, MERCHANT_SETTINGS, [row])


def terms(tx: Connection, merchant: str, account: str, role: Role) -> ShopTerms:
    """What of the shop, and of the account acting in that role, a step's refusal may depend on."""
    sections = tx.execute(_OF_TERMS, {"merchant": merchant}).all()
    own = tx.scalar(_AUTHORITY, {"merchant": merchant, "account": account})
    values = {row.section: row.value for row in sections}
    found = {_FIELDS[section]: value for section, value in values.items() if section in _FIELDS}
    automated = _automated(values.get(AUTOMATION))
    of_roles = Authority.model_validate(values.get(AUTHORITY, {}), extra="ignore")
    authority = authority_of(own, role, of_roles)
    return ShopTerms.model_validate({**found, "automated": automated, "authority": authority})


def _automated(strategies: Any) -> list[StrategyStage]:
    """The stages for which one of the strategies is switched on."""
    on = {strategy["stage"] for strategy in strategies or () if strategy["enabled"]}
    return [stage for stage in StrategyStage if stage in on]
