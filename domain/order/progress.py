"""The stage of an order, as its facts have it: the furthest that its goods ever came, by all that is known now.

So what happens never turns it back, but before shipping: for a cash-on-delivery order whose buyer pays another way
after all, and for a payment that the bank took back. A fact that comes late may show that it never was so far.
"""

from domain.order.moments import stood_at, turning_points
from domain.order.shipping.handover import all_consigned_at, signed_at, unshipped
from domain.order.state import OrderStage, OrderState, Source
from domain.parcels.journey import Where, journey

_ORDER = list(OrderStage)


def stage(state: OrderState) -> OrderStage:
    """`in_transit` begins when the carrier has every remaining line, `delivered` when every parcel is signed for."""
    if state.closed_at:
        return OrderStage.CLOSED
    if state.completed_at:
        return OrderStage.COMPLETED
    if not state.at_the_door and state.paid_at() is None and not state.parcels:
        return OrderStage.AWAITING_PAYMENT
    now_at = _by_goods(state)
    if _ORDER.index(now_at) >= _ORDER.index(OrderStage(state.stage)) and not _was_delivered_once(state):
        return now_at
    before = (_by_goods(stood_at(state, moment)) for moment in sorted(set(turning_points(state))))
    return max(now_at, *before, key=_ORDER.index)


def _was_delivered_once(state: OrderState) -> bool:
    """Whether a parcel was signed for and is elsewhere now."""
    return any(leg.where is Where.DELIVERED for parcel in state.parcels for leg in journey(parcel)[:-1])


def _by_goods(state: OrderState) -> OrderStage:
    if not (state.was_paid or state.source is Source.CASH_ON_DELIVERY):
        return OrderStage.AWAITING_PAYMENT
    if not state.remaining() or unshipped(state):
        return OrderStage.AWAITING_SHIPMENT
    if signed_at(state) or _only_virtual(state):
        return OrderStage.DELIVERED
    return OrderStage.IN_TRANSIT


def _only_virtual(state: OrderState) -> bool:
    return all(line.virtual for line in state.remaining()) and all_consigned_at(state) is not None
