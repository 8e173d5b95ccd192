"""The buyer of a case, for the people of the shop who call them."""

from dataclasses import dataclass

from domain.phone import dialled
from domain.shop.settings import SHOP, Shop
from services.context import Context
from services.errors import NotFound
from store import buyers, shop_settings
from store.buyers import BuyerRecord
from store.cases import CaseRecord
from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Reachable:
    """A buyer's personal data; `dial` is the number as it is dialled from the shop's region (S2-38)."""

    buyer: BuyerRecord
    dial: str | None


async def find_buyer(here: Context, case: CaseRecord) -> Reachable:
    """The buyer of a case's order. Raises NotFound where nobody is kept."""
    found = await here.db.read(reachable, case)
    if found is None:
        raise NotFound("Of this order's buyer nothing is kept.")
    return found


def reachable(tx: Transaction, case: CaseRecord) -> Reachable | None:
    """The buyer of a case's order, if one is kept."""
    buyer = buyers.buyer(tx, case.order_case_id)
    if buyer is None or not buyer.phone:
        return Reachable(buyer, None) if buyer else None
    shop = shop_settings.get(tx, case.merchant, SHOP)
    return Reachable(buyer, dialled(buyer.phone, shop.region if isinstance(shop, Shop) else ""))
