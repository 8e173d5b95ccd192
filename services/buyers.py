"""The buyer of a case, for the people of the shop who call them."""

from dataclasses import dataclass

from domain.phone import dialled
from domain.roles import SHOP_STAFF
from domain.shop.settings import Shop
from services.cases import find_case, require_role
from services.context import Context
from services.errors import NotFound
from store import buyers, shop_settings
from store.buyers import BuyerRecord
from store.tokens import Principal


@dataclass(frozen=True, slots=True)
class Reachable:
    """A buyer's personal data; `dial` is the number as it is dialled from the shop's region (S2-38)."""

    buyer: BuyerRecord
    dial: str | None


async def find_buyer(here: Context, caller: Principal, case_id: str) -> Reachable:
    """The buyer of the caller's case.

    Raises:
        NotFound: there is no such case, or the buyer's data has been erased.
        NotAllowed: the caller is not of the shop's staff.
    """
    case = await find_case(here, caller, case_id)
    require_role(caller, SHOP_STAFF, "Reading the buyer")
    buyer = await buyers.buyer(here.db, case.order_case_id)
    if buyer is None:
        raise NotFound("The buyer's data has been erased.")
    if not buyer.phone:
        return Reachable(buyer, None)
    shop = await shop_settings.get(here.db, case.merchant, "shop")
    return Reachable(buyer, dialled(buyer.phone, shop.region if isinstance(shop, Shop) else ""))
