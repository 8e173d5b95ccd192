"""Stock of a SKU, as the ERP or the warehouse reports it, and what exchanges have reserved of it (S3-10..17)."""

from domain.errors import Refusal
from domain.shop.stock import BelowReserved, Stock
from services.context import Context
from services.errors import StockReserved
from store import stock


async def set_stock(here: Context, merchant: str, sku: str, available: int) -> Stock:
    """Sets what is on hand, in units, the reserved ones included. Raises StockReserved."""
    try:
        return await here.db.write(stock.put_available, merchant, sku, available)
    except BelowReserved as below:
        message = str(below)
        raise StockReserved(message, reasons=[Refusal(code=StockReserved.code, message=message)]) from below
