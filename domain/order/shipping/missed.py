"""Which units the carrier did not have by a time, but for those that were asked to be refunded by then (S2-84)."""

from datetime import datetime

from domain.money import ZERO
from domain.order.children.requests import excused_units
from domain.order.line import Line
from domain.order.shipping.handover import handed_over_by
from domain.order.state import OrderState


def missed(state: OrderState, line: Line, by: datetime) -> int:
    """The units of the line that should have been with the carrier by then; refunding them later changes nothing."""
    if line.amount == ZERO and _is_left_alone(state, by):
        return 0
    in_time = handed_over_by(state, line, by)
    return line.quantity - in_time - excused_units(state, line, by, in_time)


def _is_left_alone(state: OrderState, by: datetime) -> bool:
    """Whether all that was paid for was asked back by then: a gift of 0.00 that is left is owed to nobody."""
    paid_for = [line for line in state.lines if line.amount > ZERO]
    return bool(paid_for) and all(
        excused_units(state, line, by, handed_over_by(state, line, by)) >= line.quantity for line in paid_for
    )
