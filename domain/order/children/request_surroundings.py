"""What a request must know of its order, as it stands: goods, money, and what other requests speak for."""

from decimal import Decimal

from domain.after_sale.relation import Surroundings
from domain.case.deadline import find
from domain.case.units import Quantities, plus
from domain.money import ZERO
from domain.order.children.request_goods import is_box_paid_for, is_shipped, received_at, resent_by_hand
from domain.order.line import Line
from domain.order.money import carriage_left, not_left_out, unclaimed
from domain.order.receipt import return_window
from domain.order.state import OrderState
from domain.shop.service import Service


def around(state: OrderState, service: Service, units: Quantities, besides: str = "") -> Surroundings:
    """How it stands around a request about these units; `besides`: the request's own case, once it has one."""
    lines = [line for line in state.lines if line.line_id in units]
    window = find(state.deadlines, return_window.RETURN_WINDOW)
    times = [received_at(state, line, units[line.line_id], service) for line in lines]
    signed = [at for at in times if at is not None] if all(times) else []
    return Surroundings(
        shipped=any(is_shipped(state, line, units[line.line_id], service) for line in lines),
        received=bool(signed),
        signed_at=max(signed, default=None),
        completed=state.completed_at is not None,
        covers_rest=all(line.settled + units.get(line.line_id, 0) >= line.quantity for line in _paid_for(state)),
        freight_left=carriage_left(state, besides),
        free_shipping=state.carriage == state.difference_paid,
        outbound_kept=sum((one.outbound_kept for one in state.requests if one.case_id != besides), ZERO),
        unpaid=not_left_out(state, besides),
        box_paid_for=is_box_paid_for(state, besides),
        kept=_kept(state, besides),
        spoken_for=bool(besides) and _is_spoken_for(state, units, besides),
        resent=resent_by_hand(state, besides),
        no_reason_until=window.due_at if window else None,
    )


def _paid_for(state: OrderState) -> list[Line]:
    """The lines that freight goes with: a gift of 0.00 keeps none."""
    return [line for line in state.lines if line.amount > ZERO] or state.lines


def _kept(state: OrderState, case_id: str) -> dict[str, Decimal]:
    """What is kept for a request that was closed before its goods came, of each line: what nobody else has or may pay.

    From the version on in which the order hears of them, nobody else can be granted it.
    """
    late = next((one for one in state.requests if one.case_id == case_id and one.claims and not one.open), None)
    if late is None:
        return {}
    free = {line.line_id: unclaimed(state, line, besides=case_id) for line in state.lines}
    return {line_id: min(claim, free[line_id]) for line_id, claim in late.claims.items()}


def _is_spoken_for(state: OrderState, units: Quantities, besides: str) -> bool:
    """Whether other requests that are open or have paid leave fewer units than these."""
    others = [one for one in state.requests if one.case_id != besides]
    taken = plus(*(one.units if one.open else one.done for one in others))
    return any(units.get(line.line_id, 0) > line.quantity - taken.get(line.line_id, 0) for line in state.lines)
