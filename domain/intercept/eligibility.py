"""Whether a parcel can be intercepted, with every reason at once (S1-10..25, S1-39)."""

from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from domain.case.parcel import ParcelSeen, ParcelStatus
from domain.case.units import LineQuantity, of_lines
from domain.errors import Refusal
from domain.intercept.fees import fee
from domain.money import Yuan
from domain.policy import InterceptTerms
from domain.shop.settings import Agreement, ShopStatus, ShopTerms


class Quoted(BaseModel):
    """What an interception of a parcel would cost, or every reason against it."""

    model_config = ConfigDict(frozen=True)

    carrier: str
    tracking_no: str
    lines: list[LineQuantity]
    eligible: bool
    reasons: list[Refusal]
    fee: Yuan
    value: Yuan


WINDOW = (ParcelStatus.PICKED_UP, ParcelStatus.SCANNED)
"""After pick-up and before out for delivery (S1-39)."""


def against_shop(shop: ShopTerms) -> Iterable[Refusal]:
    """What of the shop speaks against any interception."""
    missing = [agreement for agreement in Agreement if agreement not in shop.parcel_intercept.agreements]
    if missing:
        names = " and ".join(missing)
        yield Refusal(code="no_agreement", message=f"The shop has not signed the {names} agreement for interceptions.")
    if shop.shop.cross_border:
        yield Refusal(code="cross_border", message="Parcels of cross-border shops cannot be intercepted.")
    if shop.shop.status is not ShopStatus.NORMAL:
        yield Refusal(code="shop_status", message=f"The shop is {shop.shop.status}, not in normal operation.")


def against_parcel(parcel: ParcelSeen, terms: InterceptTerms) -> Iterable[Refusal]:
    """What of the parcel itself speaks against it."""
    name = parcel.tracking_no
    excluded = sorted(set(parcel.categories) & set(terms.excluded_categories.value))
    if excluded:
        yield Refusal(
            code="excluded_category", message=f"{name} holds {', '.join(excluded)}, which is not intercepted."
        )
    if parcel.worth >= terms.value_below.value:
        yield Refusal(
            code="value_limit",
            message=f"{name} is worth {parcel.worth} yuan; only what is below {terms.value_below.text} is intercepted.",
            figures={"parcel": name, "amount": f"{parcel.worth}", "most": f"{terms.value_below.value}"},
        )
    if parcel.carrier not in terms.carriers.value:
        carriers = ", ".join(terms.carriers.value)
        yield Refusal(code="unsupported_carrier", message=f"{parcel.carrier} does not intercept; {carriers} do.")
    if parcel.status not in WINDOW:
        yield Refusal(
            code="out_of_window",
            message=f"{name} is {parcel.status}: it can be stopped after pick-up and before it is out for delivery.",
        )


def quote(parcel: ParcelSeen, request_reasons: Sequence[Refusal], shop: ShopTerms, terms: InterceptTerms) -> Quoted:
    """The quote for one parcel of a request."""
    reasons = [*request_reasons, *against_shop(shop), *against_parcel(parcel, terms)]
    return Quoted(
        carrier=parcel.carrier,
        tracking_no=parcel.tracking_no,
        lines=of_lines(parcel.units),
        eligible=not reasons,
        reasons=reasons,
        fee=fee(parcel.carrier, terms).amount,
        value=parcel.worth,
    )
