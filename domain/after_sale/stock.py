"""The units that an exchange, or goods sent again, take out of stock (S3-11, S3-12, S2-94)."""

from collections.abc import Sequence

from domain.after_sale.services import SERVICES, GoodsOut
from domain.after_sale.state import RequestedLine
from domain.case.declare import StockWanted
from domain.shop.service import Service


def units_wanted(service: Service, wanted_sku: str | None, lines: Sequence[RequestedLine]) -> StockWanted | None:
    """The units that would go out for these lines; of the first line's own SKU where none is named.

    None for goods of several kinds that are sent again: a reservation is of one.
    """
    rule = SERVICES[service]
    if not rule.takes_stock or not lines:
        return None
    if rule.goods_out is GoodsOut.MISSING and len({line.sku for line in lines}) > 1:
        return None
    return StockWanted(sku=wanted_sku or lines[0].sku, quantity=sum(line.quantity for line in lines))
