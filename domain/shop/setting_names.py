"""What people call the sections of a shop's settings."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.policy.catalogue import Text

TITLES: Mapping[str, Text] = MappingProxyType(
    {
        "ship-hold": Text(zh="发货拦截", en="Ship holds"),
        "parcel-intercept": Text(zh="快递拦截", en="Parcel interceptions"),
        "exchange-stock": Text(zh="换货库存", en="Stock for exchanges"),
        "after-sale-automation": Text(zh="售后自动化", en="After-sale automation"),
        "shop": Text(zh="店铺", en="The shop"),
        "authority": Text(zh="金额权限", en="Authority"),
        "cash-on-delivery": Text(zh="货到付款", en="Cash on delivery"),
        "ratings": Text(zh="评价", en="Ratings"),
        "service-offers": Text(zh="自选服务", en="Services on offer"),
        "working-hours": Text(zh="工作时间", en="Working hours"),
        "staff": Text(zh="人员安排", en="Staff"),
        "addresses": Text(zh="退换货地址", en="Addresses"),
    }
)
"""By the section's name in the API."""
