"""The buyer of a case, for the people of the shop who call them."""

from dataclasses import dataclass

from domain.phone import dialled
from domain.shop.settings import Shop
from services.context import Context
from services.errors import NotFound
from store import buyers, shop_settings
from store.buyers import BuyerRecord
from store.cases import CaseRecord


@dataclass(frozen=True, slots=True)
class Reachable:
    """A buyer's personal data; `dial` is the number as it is dialled from the shop's region (S2-38)."""

    buyer: BuyerRecord
    dial: str | None


async def find_buyer(here: Context, case: CaseRecord) -> Reachable:
    """The buyer of a case's order. Raises NotFound where nobody is kept."""
    buyer = await here.db.read(buyers.buyer, case.order_case_id)
    if buyer is None:
        raise NotFound("Of this order's buyer nothing is kept.")
    if not buyer.phone:
        return Reachable(buyer, None)
    shop = await here.db.read(shop_settings.get, case.merchant, "shop")
    return Reachable(buyer, dialled(buyer.phone, shop.region if isinstance(shop, Shop) else ""))
