"""The units that an exchange, or goods sent again, take out of stock (S3-11, S3-12, S2-94)."""

from collections.abc import Sequence

from domain.after_sale.state import RequestedLine
from domain.case.declare import StockWanted
from domain.shop.service import Service


def units_wanted(service: Service, wanted_sku: str | None, lines: Sequence[RequestedLine]) -> StockWanted | None:
    """The units that would go out for these lines; of the first line's own SKU where none is named.

    None for goods of several kinds that are sent again: a reservation is of one.
    """
    if service not in (Service.EXCHANGE, Service.RESHIP) or not lines:
        return None
    if service is Service.RESHIP and len({line.sku for line in lines}) > 1:
        return None
    return StockWanted(sku=wanted_sku or lines[0].sku, quantity=sum(line.quantity for line in lines))
