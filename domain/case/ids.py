"""Case ids: also the workflow ids, readable, and sorted by shop in the Temporal UI."""

from enum import StrEnum


class CaseKind(StrEnum):
    """The kinds of case, each with a workflow of its own."""

    ORDER = "order"
    AFTER_SALE = "after_sale"
    SHIP_HOLD = "ship_hold"
    PARCEL_INTERCEPT = "parcel_intercept"
    COMPLAINT = "complaint"


def order_case_id(merchant: str, platform: str, order_id: str) -> str:
    """`order:demo:taobao:T1001`."""
    return f"order:{merchant}:{platform}:{order_id}"
