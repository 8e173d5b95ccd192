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


def child_case_id(kind: CaseKind, order: str, number: int) -> str:
    """`after-sale:demo:taobao:T1001:1`: the order's id under the kind's own prefix, numbered."""
    return f"{_PREFIXES[kind]}:{order.partition(':')[2]}:{number}"


_PREFIXES = {
    CaseKind.AFTER_SALE: "after-sale",
    CaseKind.SHIP_HOLD: "hold",
    CaseKind.PARCEL_INTERCEPT: "intercept",
    CaseKind.COMPLAINT: "complaint",
}


def kind_of(case_id: str) -> CaseKind:
    """The kind of a case, by its id."""
    return _KINDS[case_id.partition(":")[0]]


_KINDS = {"order": CaseKind.ORDER} | {prefix: kind for kind, prefix in _PREFIXES.items()}
