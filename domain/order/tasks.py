"""The catalogue of an order's work items, and when their matter has settled itself."""

from datetime import timedelta

from domain.case.work import Group, WorkItem, WorkType
from domain.order.shipping import unshipped
from domain.order.state import OrderState
from domain.times import iso_instant

UNSHIPPED_48H = WorkType(
    name="unshipped_48h",
    title="48 小时未发货 · Unshipped for 48 hours",
    group=Group.AFTERSALE,
    outcomes=("out_of_stock", "shipped_not_reported", "will_ship"),
    script="Ask the warehouse: is it out of stock, or shipped and the status not updated? Then tell the buyer.",
    rules=("S4-14", "S4-34"),
)
SUSPECTED_FAKE_SHIPMENT = WorkType(
    name="suspected_fake_shipment",
    title="疑似虚假发货 · Said shipped, no carrier scan",
    group=Group.AFTERSALE,
    outcomes=("shipped", "not_shipped"),
    script="Call the carrier with the waybill number. Shipped: keep its proof. Not shipped: ship now, call the buyer.",
    rules=("S2-80", "S2-81", "S2-82"),
)
TRACKING_STALLED = WorkType(
    name="tracking_stalled",
    title="物流停滞 · No scan for two days",
    group=Group.AFTERSALE,
    outcomes=("moving", "lost", "wait"),
    script="Ask the carrier where the parcel is, and tell the buyer by message or phone how it goes on.",
    rules=("S2-56",),
)
ORDER_AUDIT = WorkType(
    name="order_audit",
    title="订单审核修改 · Change the order in the ERP audit",
    group=Group.AFTERSALE,
    outcomes=("changed", "too_late"),
    script="The ERP has read this order: change it in the ERP's order audit too, a memo alone does not reach print.",
    rules=("S2-11",),
    within=timedelta(hours=2),
)

TASKS = (UNSHIPPED_48H, SUSPECTED_FAKE_SHIPMENT, TRACKING_STALLED, ORDER_AUDIT)


def still_needed(state: OrderState, item: WorkItem) -> bool:
    """Whether an open task's matter is still there: the goods did not move, the order is not over."""
    if state.over:
        return False
    if item.type == UNSHIPPED_48H.name:
        return any(not line.made_to_order for line in unshipped(state))
    if item.type == ORDER_AUDIT.name:
        return bool(unshipped(state))
    subject, _, since = item.matter.rpartition("@")
    parcel = next(parcel for parcel in state.parcels if parcel.subject == subject)
    if item.type == SUSPECTED_FAKE_SHIPMENT.name:
        return parcel.first_scan_at is None
    return parcel.last_scan_at is None or iso_instant(parcel.last_scan_at) == since


def silent_since(state: OrderState, subject: str) -> str:
    """The matter of a task about a silent parcel: which parcel, and since which scan."""
    parcel = next(parcel for parcel in state.parcels if parcel.subject == subject)
    last = parcel.last_scan_at or parcel.consigned_at
    return f"{subject}@{iso_instant(last)}"
