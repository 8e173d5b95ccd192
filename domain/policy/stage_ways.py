"""Which stage a case can come to from which, by kind, as its rules move it; of requests, by service.

What a diagram draws. That the rules do move cases so, and only so, tests find by trying them. A fact that comes late
may set an order back to where it never was in truth: that is no way that orders go.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

Ways: TypeAlias = Mapping[str, tuple[str, ...]]
"""From each stage, those that can follow."""

_ORDER: Ways = {
    "awaiting_payment": ("awaiting_shipment", "in_transit", "delivered", "completed", "closed"),
    "awaiting_shipment": ("awaiting_payment", "in_transit", "delivered", "completed", "closed"),
    "in_transit": ("delivered", "completed", "closed"),
    "delivered": ("completed", "closed"),
    "completed": ("closed",),
}
_SHIP_HOLD: Ways = {
    "requested": ("memo_only", "locking"),
    "memo_only": ("released", "refunded"),
    "locking": ("locked", "lock_failed", "released", "refunded"),
    "locked": ("released", "refunded"),
    "lock_failed": ("locked", "released", "refunded"),
}
_PARCEL_INTERCEPT: Ways = {
    "requested": ("intercepted", "failed"),
    "intercepted": ("returned", "claimed"),
    "failed": ("intercepted",),
    "returned": ("claimed",),
}
_COMPLAINT: Ways = {
    "awaiting_seller": ("answered", "platform_intervention", "withdrawn"),
    "answered": ("platform_intervention", "compensating", "upheld", "dismissed", "withdrawn"),
    "platform_intervention": ("compensating", "upheld", "dismissed", "withdrawn"),
    "compensating": ("upheld",),
}
_PLATFORM_MESSAGE: Ways = {
    "unreadable": ("trying", "taken_in", "set_aside"),
    "trying": ("unreadable", "taken_in", "set_aside"),
}
_REFUND: Ways = {
    "awaiting_seller": ("refused", "refunding", "closed"),
    "refused": ("awaiting_seller", "platform_intervention", "refunding", "closed"),
    "platform_intervention": ("refunding", "closed"),
    "refunding": ("succeeded",),
}
_RETURN: Ways = {
    "awaiting_seller": ("awaiting_buyer_return", "refused", "refunding", "closed"),
    "awaiting_buyer_return": ("awaiting_seller", "awaiting_seller_receipt", "closed"),
    "awaiting_seller_receipt": ("awaiting_buyer_return", "refused", "platform_intervention", "refunding"),
    "refused": ("awaiting_seller", "awaiting_buyer_return", "platform_intervention", "refunding", "closed"),
    "platform_intervention": ("awaiting_buyer_return", "awaiting_seller_receipt", "refunding", "closed"),
    "refunding": ("succeeded",),
}
_TRIAL_USE: Ways = {
    **_RETURN,
    "awaiting_seller": ("awaiting_buyer_return", "refunding", "closed"),
    "refused": ("awaiting_seller", "platform_intervention", "refunding", "closed"),
}
_GOODS_FOR_GOODS: Ways = {
    "awaiting_seller": ("awaiting_buyer_return", "awaiting_replacement", "refused", "closed"),
    "awaiting_buyer_return": ("awaiting_seller", "awaiting_seller_receipt", "closed"),
    "awaiting_seller_receipt": ("awaiting_buyer_return", "awaiting_replacement", "refused", "platform_intervention"),
    "awaiting_replacement": ("awaiting_buyer_receipt",),
    "awaiting_buyer_receipt": ("refunding",),
    "refused": ("awaiting_seller", "awaiting_buyer_return", "awaiting_replacement", "platform_intervention", "closed"),
    "platform_intervention": (
        "awaiting_buyer_return",
        "awaiting_seller_receipt",
        "awaiting_replacement",
        "refunding",
        "closed",
    ),
    "refunding": ("succeeded",),
}
_RESHIP: Ways = {
    "awaiting_seller": ("awaiting_replacement", "refused", "closed"),
    "awaiting_replacement": ("awaiting_seller", "awaiting_buyer_receipt"),
    "awaiting_buyer_receipt": ("succeeded",),
    "refused": ("awaiting_seller", "awaiting_replacement", "platform_intervention", "closed"),
    "platform_intervention": ("awaiting_replacement", "refunding", "closed"),
    "refunding": ("succeeded",),
}
_SERVICES: Mapping[str, Ways] = {
    "refund_only": _REFUND,
    "return_refund": _RETURN,
    "exchange": _GOODS_FOR_GOODS,
    "repair": _GOODS_FOR_GOODS,
    "reship": _RESHIP,
    "price_protection": _REFUND,
    "trial_use": _TRIAL_USE,
}
ANY = ""
"""In place of a service, for the kinds of case that have none."""

WAYS: Mapping[str, Mapping[str, Ways]] = MappingProxyType(
    {
        "order": {ANY: _ORDER},
        "after_sale": _SERVICES,
        "ship_hold": {ANY: _SHIP_HOLD},
        "parcel_intercept": {ANY: _PARCEL_INTERCEPT},
        "complaint": {ANY: _COMPLAINT},
        "platform_message": {ANY: _PLATFORM_MESSAGE},
    }
)
"""By kind, then by service."""


def ways_from(kind: str, stage: str) -> Mapping[str, tuple[str, ...]]:
    """What can follow a stage, each with the services of which it does; none named: the kind has no services."""
    following: dict[str, tuple[str, ...]] = {}
    for service, ways in WAYS[kind].items():
        for target in ways.get(stage, ()):
            following[target] = (*following.get(target, ()), *((service,) if service is not ANY else ()))
    return following
