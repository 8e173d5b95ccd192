"""Stock of a SKU, as the ERP or the warehouse reports it, and what exchanges have reserved of it (S3-10..17)."""

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from api import documented
from api.dependencies import Caller, Here, allowed_for
from api.routing import Router
from domain.roles import SHOP_STAFF, Actor, Role
from domain.shop.stock import Stock
from services.stock import set_stock
from store import stock

router = Router(prefix="/v1/stock", tags=["stock"], responses=documented.PROBLEMS)

KEEPERS = (Role.ERP, Role.WAREHOUSE)
Keeper = Annotated[Actor, allowed_for(KEEPERS, "Setting stock")]
Reader = Annotated[Actor, allowed_for(dict.fromkeys((*KEEPERS, *SHOP_STAFF)), "Reading stock")]
Sku = Annotated[str, Path(max_length=64, pattern=r"^[^\x00]+$", examples=["DRESS-RED-XS"])]


class OnHand(BaseModel):
    """What is on hand, in units, the reserved ones included."""

    model_config = ConfigDict(extra="forbid")

    available: int = Field(ge=0, le=1_000_000_000, strict=True, examples=[5])


class StockShown(BaseModel):
    """What there is of a SKU, in units; `available` includes the reserved ones."""

    sku: str = Field(examples=["DRESS-RED-XS"])
    available: int = Field(examples=[5])
    reserved: int = Field(examples=[1])


# A SKU may hold slashes, so it takes the rest of the path.
@router.get("/{sku:path}")
async def get_stock(sku: Sku, caller: Caller, reader: Reader, here: Here) -> StockShown:
    """What there is of a SKU; of one that nobody reported, nothing."""
    return _shown(await here.db.read(stock.get, caller.merchant, sku))


@router.put("/{sku:path}")
async def put_stock(sku: Sku, request: OnHand, caller: Caller, keeper: Keeper, here: Here) -> StockShown:
    """Sets what is on hand; less than what cases have reserved is refused."""
    return _shown(await set_stock(here, caller.merchant, sku, request.available))


def _shown(found: Stock) -> StockShown:
    return StockShown(sku=found.sku, available=found.available, reserved=found.reserved)
