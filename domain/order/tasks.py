"""The catalogue of an order's work items, and when their matter has settled itself."""

from datetime import timedelta

from domain.after_sale.tasks import CLAIM_FROM_CARRIER
from domain.case.work import Group, WorkItem, WorkType
from domain.order.shipping import consigned_at, unshipped
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
OFFER_ALTERNATIVE = WorkType(
    name="offer_alternative",
    title="缺货换款 · Offer something else instead",
    group=Group.AFTERSALE,
    outcomes=("accepted", "declined"),
    script="Out of stock: offer another colour or size with a coupon or a small gift; else offer the refund.",
    rules=("S4-35",),
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

ISSUE_INVOICE = WorkType(
    name="issue_invoice",
    title="开具发票 · Issue an invoice",
    group=Group.FINANCE,
    outcomes=("issued",),
    script="Issue the invoice with the title in the order's memos, send it, then give carrier and number in the case.",
    rules=("S4-22", "S4-23"),
    within=timedelta(hours=72),
)

SHIP_AGAIN = WorkType(
    name="ship_again",
    title="解除拦截，恢复发货 · Ship goods that were held",
    group=Group.WAREHOUSE,
    outcomes=("will_ship", "out_of_stock"),
    script="The hold is released and the memo says so: unlock the order where it is locked, and ship it in time.",
    rules=("S0-26", "S0-27", "S0-28"),
    within=timedelta(hours=4),
)

TASKS = (
    UNSHIPPED_48H,
    SUSPECTED_FAKE_SHIPMENT,
    TRACKING_STALLED,
    OFFER_ALTERNATIVE,
    ORDER_AUDIT,
    ISSUE_INVOICE,
    CLAIM_FROM_CARRIER,
    SHIP_AGAIN,
)


def still_needed(state: OrderState, item: WorkItem) -> bool:
    """Whether an open task's matter is still there: the goods did not move, the order is not over.

    A carrier owes for lost goods whatever becomes of the order, and a completed order's buyer still gets her invoice.
    """
    if item.type == CLAIM_FROM_CARRIER.name:
        return True
    if item.type == ISSUE_INVOICE.name:
        invoice = state.invoice
        return invoice is not None and invoice.registered_by == item.matter and not (invoice.sent_at or state.closed_at)
    if state.over:
        return False
    if item.type in (UNSHIPPED_48H.name, OFFER_ALTERNATIVE.name):
        return any(not line.made_to_order for line in unshipped(state))
    if item.type == ORDER_AUDIT.name:
        return bool(unshipped(state))
    if item.type == SHIP_AGAIN.name:
        return waits_to_ship_again(state, hold_id=item.matter)
    subject, _, since = item.matter.rpartition("@")
    parcel = next(parcel for parcel in state.parcels if parcel.subject == subject)
    if item.type == SUSPECTED_FAKE_SHIPMENT.name:
        return parcel.first_scan_at is None
    return parcel.last_scan_at is None or iso_instant(parcel.last_scan_at) == since


def waits_to_ship_again(state: OrderState, hold_id: str) -> bool:
    """Whether goods of a released hold are still to be shipped, and not held anew."""
    released = next(hold for hold in state.holds if hold.case_id == hold_id)
    lines = [line for line in state.remaining() if line.line_id in released.line_ids]
    return any(not line.held and consigned_at(state, line) is None for line in lines)


def silent_since(state: OrderState, subject: str) -> str:
    """The matter of a task about a silent parcel: which parcel, and since which scan."""
    parcel = next(parcel for parcel in state.parcels if parcel.subject == subject)
    last = parcel.last_scan_at or parcel.consigned_at
    return f"{subject}@{iso_instant(last)}"
