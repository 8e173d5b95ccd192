"""The units that an exchange takes out of stock (S3-11, S3-12)."""

from collections.abc import Sequence

from domain.after_sale.state import RequestedLine
from domain.case.declare import StockWanted
from domain.shop.service import Service


def units_wanted(service: Service, wanted_sku: str | None, lines: Sequence[RequestedLine]) -> StockWanted | None:
    """The units that would go out in exchange for these lines; of the first line's own SKU where none is named."""
    if service is not Service.EXCHANGE or not lines:
        return None
    return StockWanted(sku=wanted_sku or lines[0].sku, quantity=sum(line.quantity for line in lines))
