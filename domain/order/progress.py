"""The stage of an order, as its facts have it.

A stage never turns back, but before shipping: for a cash-on-delivery order whose buyer pays another way after all, and
for a payment that the bank took back.
"""

from domain.order.shipping.handover import all_consigned_at, signed_at, unshipped
from domain.order.state import OrderStage, OrderState

_ORDER = list(OrderStage)


def stage(state: OrderState) -> OrderStage:
    """`in_transit` begins when the carrier has every remaining line, `delivered` when every parcel is signed for."""
    if state.closed_at:
        return OrderStage.CLOSED
    if state.completed_at:
        return OrderStage.COMPLETED
    if not state.at_the_door and state.paid_at() is None and not state.parcels:
        return OrderStage.AWAITING_PAYMENT
    return max(OrderStage(state.stage), _by_goods(state), key=_ORDER.index)


def _by_goods(state: OrderState) -> OrderStage:
    if not (state.was_paid or state.at_the_door):
        return OrderStage.AWAITING_PAYMENT
    if not state.remaining() or unshipped(state):
        return OrderStage.AWAITING_SHIPMENT
    if signed_at(state) or _only_virtual(state):
        return OrderStage.DELIVERED
    return OrderStage.IN_TRANSIT


def _only_virtual(state: OrderState) -> bool:
    return all(line.virtual for line in state.remaining()) and all_consigned_at(state) is not None
