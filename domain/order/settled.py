"""When the matter of an order's open task has settled itself: paid, moved, arrived, over."""

from collections.abc import Callable, Mapping

from domain.after_sale.tasks import OUTLIVING
from domain.case.parcel import Parcel
from domain.case.work import WorkItem
from domain.order import tasks
from domain.order.parcels.facts import BACK, undecided
from domain.order.payment.cash_on_delivery import unconfirmed
from domain.order.payment.reminders import call_needed
from domain.order.shipping.handover import unshipped, waits_to_ship_again
from domain.order.state import OrderState
from domain.parcels.facts import ExceptionKind
from domain.times import iso_instant


def still_needed(state: OrderState, item: WorkItem) -> bool:
    """Whether an open task's matter is still there."""
    return _NEEDED[item.type](state, item)


def _whatever_comes(state: OrderState, item: WorkItem) -> bool:
    """A carrier owes for lost goods, and a rating stands, whatever becomes of the order: it stays open for them."""
    return True


def _call(state: OrderState, item: WorkItem) -> bool:
    return call_needed(state)


def _confirmation(state: OrderState, item: WorkItem) -> bool:
    return unconfirmed(state) and not state.parked


def _money(state: OrderState, item: WorkItem) -> bool:
    return not state.over and state.paid_at() is None


def _goods_not_moved(state: OrderState, item: WorkItem) -> bool:
    return not state.over and any(not line.made_to_order for line in unshipped(state))


def _out_of_stock(state: OrderState, item: WorkItem) -> bool:
    """Not once a refund is asked for: that is how the matter ends."""
    lacking = [line for line in unshipped(state) if line.out_of_stock_at and not line.refund_open]
    return not state.over and bool(lacking)


def _not_shipped(state: OrderState, item: WorkItem) -> bool:
    return not state.over and bool(unshipped(state))


def _promise(state: OrderState, item: WorkItem) -> bool:
    return _not_shipped(state, item) and any(promise.id == item.matter for promise in state.promises)


def _shipping_again(state: OrderState, item: WorkItem) -> bool:
    return not state.over and waits_to_ship_again(state, hold_id=item.matter)


def _no_first_scan(state: OrderState, item: WorkItem) -> bool:
    return not state.over and _silent_parcel(state, item)[0].first_scan_at is None


def _no_next_scan(state: OrderState, item: WorkItem) -> bool:
    parcel, since = _silent_parcel(state, item)
    return not state.over and (parcel.last_scan_at is None or iso_instant(parcel.last_scan_at) == since)


def _exception(state: OrderState, item: WorkItem) -> bool:
    """Goods that are gone stay so until they are paid back; the rest is over when the parcel arrives, or moves."""
    if state.closed_at:
        return False
    parcel = state.parcel_named(item.matter.partition("@")[0])
    if item.variant == BACK:
        return undecided(state, parcel)
    if item.variant in _GONE:
        return any(line.line_id in parcel.line_ids for line in state.remaining())
    if item.variant in _STANDS_STILL and parcel.last_scan_at and parcel.last_scan_at > item.created_at:
        return False
    return not (parcel.signed_at or parcel.returned_at or parcel.refused_at)


_GONE = (ExceptionKind.LOST, ExceptionKind.DAMAGED, ExceptionKind.WRONG_SIGN)
_STANDS_STILL = (ExceptionKind.WEATHER, ExceptionKind.CONGESTION)


def _refused(state: OrderState, item: WorkItem) -> bool:
    parcel = state.parcel_named(item.matter)
    return not state.over and not (parcel.returned_at or parcel.signed_at)


def _invoice(state: OrderState, item: WorkItem) -> bool:
    """A completed order's buyer still gets her invoice."""
    invoice = state.invoice
    return invoice is not None and invoice.registered_by == item.matter and not (invoice.sent_at or state.closed_at)


_NEEDED: Mapping[str, Callable[[OrderState, WorkItem], bool]] = {
    tasks.PAYMENT_REMINDER: _call,
    tasks.CONFIRM_COD: _confirmation,
    tasks.VERIFY_REMITTANCE: _money,
    tasks.REMITTANCE_NOT_FOUND: _money,
    tasks.CHECK_ORDER: _not_shipped,
    tasks.ORDER_AUDIT: _not_shipped,
    tasks.UNSHIPPED_48H: _goods_not_moved,
    tasks.REPORT_SHIPMENT: _goods_not_moved,
    tasks.OFFER_ALTERNATIVE: _out_of_stock,
    tasks.GUIDE_REFUND: _out_of_stock,
    tasks.SHIP_URGE: _not_shipped,
    tasks.CONFIRM_PROMISE: _promise,
    tasks.PROMISE_MISSED: _not_shipped,
    tasks.SHIP_AGAIN: _shipping_again,
    tasks.SUSPECTED_FAKE_SHIPMENT: _no_first_scan,
    tasks.TRACKING_STALLED: _no_next_scan,
    tasks.PARCEL_EXCEPTION: _exception,
    tasks.REFUSED_PARCEL: _refused,
    tasks.ISSUE_INVOICE: _invoice,
    tasks.UNHAPPY_RATING: _whatever_comes,
    tasks.RATING_REWARD: _whatever_comes,
    tasks.ROUTE_REPORT: _whatever_comes,
    **dict.fromkeys(OUTLIVING, _whatever_comes),
}


def _silent_parcel(state: OrderState, item: WorkItem) -> tuple[Parcel, str]:
    subject, _, since = item.matter.rpartition("@")
    return state.parcel_named(subject), since
