"""Case ids: also the workflow ids, readable, and sorted by shop in the Temporal UI.

What stands in one is spelt so that no part can be taken for two: a shop `a` and a shop `a:b` could not be told apart.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

_NAME = r"^[A-Za-z0-9._-]{1,64}$"

ShopName = Annotated[str, StringConstraints(pattern=_NAME)]
OrderId = Annotated[str, StringConstraints(pattern=_NAME)]
Carrier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,32}$")]
TrackingNo = Annotated[str, StringConstraints(pattern=_NAME)]


class CaseKind(StrEnum):
    """The kinds of case, each with a workflow of its own."""

    ORDER = "order"
    AFTER_SALE = "after_sale"
    SHIP_HOLD = "ship_hold"
    PARCEL_INTERCEPT = "parcel_intercept"
    COMPLAINT = "complaint"
    PLATFORM_MESSAGE = "platform_message"


def order_case_id(merchant: str, platform: str, order_id: str) -> str:
    """`order:demo:taobao:T1001`."""
    return f"order:{merchant}:{platform}:{order_id}"


def child_case_id(kind: CaseKind, order: str, number: int) -> str:
    """`after-sale:demo:taobao:T1001:1`: the order's id under the kind's own prefix, numbered."""
    return f"{_PREFIXES[kind]}:{order.partition(':')[2]}:{number}"


def message_case_id(merchant: str, source: str, number: int) -> str:
    """`message:demo:src_0c5a:17`: the first message of the matter, by its source and number."""
    return f"message:{merchant}:{source}:{number}"


_PREFIXES = {
    CaseKind.AFTER_SALE: "after-sale",
    CaseKind.SHIP_HOLD: "hold",
    CaseKind.PARCEL_INTERCEPT: "intercept",
    CaseKind.COMPLAINT: "complaint",
}


def kind_of(case_id: str) -> CaseKind:
    """The kind of a case, by its id."""
    return _KINDS[case_id.partition(":")[0]]


_KINDS = {"order": CaseKind.ORDER, "message": CaseKind.PLATFORM_MESSAGE} | {
    prefix: kind for kind, prefix in _PREFIXES.items()
}
