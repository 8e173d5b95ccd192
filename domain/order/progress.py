"""The stage of an order, as its facts have it.

A stage never turns back, but for a cash-on-delivery order whose buyer pays another way after all.
"""

from domain.order.shipping.handover import all_consigned_at, signed_at, unshipped
from domain.order.state import OrderState, Stage

_ORDER = list(Stage)


def stage(state: OrderState) -> Stage:
    """`in_transit` begins when the carrier has every remaining line, `delivered` when every parcel is signed for."""
    if state.closed_at:
        return Stage.CLOSED
    if state.completed_at:
        return Stage.COMPLETED
    if state.pays_online_since and state.paid_at() is None and not state.parcels:
        return Stage.AWAITING_PAYMENT
    return max(Stage(state.stage), _by_goods(state), key=_ORDER.index)


def _by_goods(state: OrderState) -> Stage:
    if state.paid_at() is None and not state.at_the_door:
        return Stage.AWAITING_PAYMENT
    if not state.remaining() or unshipped(state):
        return Stage.AWAITING_SHIPMENT
    if signed_at(state) or _only_virtual(state):
        return Stage.DELIVERED
    return Stage.IN_TRANSIT


def _only_virtual(state: OrderState) -> bool:
    return all(line.virtual for line in state.remaining()) and all_consigned_at(state) is not None
