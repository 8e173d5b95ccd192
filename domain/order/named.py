"""What of an order the words of tasks and scripts may name; never personal data."""

from domain.case.deadline import find
from domain.case.work import WorkItem
from domain.order.payment.clock import PAYMENT
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.handover import unshipped
from domain.order.shipping.ladder import lacking
from domain.order.shipping.promises import ships_on
from domain.order.state import Line, OrderState
from domain.order.tasks import (
    CONFIRM_PROMISE,
    GUIDE_REFUND,
    OFFER_ALTERNATIVE,
    PROMISE_MISSED,
    REPORT_SHIPMENT,
    SHIP_URGE,
    UNSHIPPED_48H,
)
from domain.parcels.carriers import carrier_name
from domain.policy import Policy
from domain.times import china_clock

_LONGEST = 200
_OUT_OF_STOCK = (OFFER_ALTERNATIVE, GUIDE_REFUND)
_NOT_LEFT = (UNSHIPPED_48H, REPORT_SHIPMENT, SHIP_URGE, CONFIRM_PROMISE, PROMISE_MISSED)


def named(state: OrderState, policy: Policy, item: WorkItem | None) -> dict[str, str]:
    """By the name of its place; what is not known yet is left out. Times are of the China clock, money is yuan."""
    ships = ships_on(state, policy)
    calls = sum(task.type == item.type for task in state.work_items) if item else 1
    values = {
        "items": "、".join(f"{line.title}×{line.quantity}（{line.sku}）" for line in _lines(state, item))[:_LONGEST],
        "amount": str(state.total),
        "freight": str(state.freight),
        "placed_at": china_clock(state.placed_at),
        "pay_by": _due(state, PAYMENT),
        "ship_by": _due(state, SHIP_BY),
        "ships_on": ships.strftime("%m-%d") if ships else "",
        "shop_cutoff": policy.ship.cutoff.value.strftime("%H:%M"),
        "attempt": str(calls),
        "promised_at": _promised(state, item),
        "cod_fees": str(state.cod_fees) if state.at_the_door else "",
    }
    return {name: value for name, value in (values | _of_parcel(state, item)).items() if value}


def _lines(state: OrderState, item: WorkItem | None) -> list[Line]:
    """The goods that the task is about: buyers must not hear that something else is missing or late."""
    if item is None:
        return state.lines
    if item.type in _OUT_OF_STOCK:
        return lacking(state) or state.lines
    if item.type in _NOT_LEFT:
        return unshipped(state) or state.lines
    subject = item.matter.partition("@")[0]
    in_parcel = [line_id for parcel in state.parcels if parcel.subject == subject for line_id in parcel.line_ids]
    return [line for line in state.lines if line.line_id in in_parcel] or state.lines


def _of_parcel(state: OrderState, item: WorkItem | None) -> dict[str, str]:
    """The parcel that the task is about, else the newest."""
    subject = item.matter.partition("@")[0] if item else ""
    about = [parcel for parcel in state.parcels if parcel.subject == subject]
    parcel = next(iter(about or state.parcels[-1:]), None)
    if parcel is None:
        return {}
    scanned = parcel.last_scan_at
    return {
        "carrier": carrier_name(parcel.carrier),
        "tracking_no": parcel.tracking_no,
        "last_scan_at": china_clock(scanned) if scanned else "",
    }


def _promised(state: OrderState, item: WorkItem | None) -> str:
    """The ship time that the task is about, else when the buyer said that she would pay."""
    ships = [promise.ship_by for promise in state.promises if item and promise.id == item.matter]
    pays = [call.promised_pay_at for call in state.calls if call.promised_pay_at]
    return china_clock((ships or pays)[-1]) if ships or pays else ""


def _due(state: OrderState, kind: str) -> str:
    deadline = find(state.deadlines, kind)
    return china_clock(deadline.due_at) if deadline else ""
