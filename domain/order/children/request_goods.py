"""Which of a line's units a request is about, where some have left and others not."""

from datetime import datetime

from domain.after_sale.services import SERVICES, GoodsOut
from domain.after_sale.state import RequestedLine
from domain.case.units import Quantities, minus, plus
from domain.order.line import Line
from domain.order.money import unclaimed
from domain.order.shipping.gone import hand_sent
from domain.order.shipping.handover import arrivals, to_consign
from domain.order.state import OrderState
from domain.shop.service import Service


def units_left(state: OrderState, service: Service) -> Quantities:
    """The units that can be asked about: neither settled nor asked about; where goods move, only what was shipped."""
    here = to_consign(state) if SERVICES[service].moves_goods else {}
    staying = {line.line_id: max(here.get(line.line_id, 0) - line.refunding, 0) for line in state.lines}
    return minus({line.line_id: line.left for line in state.lines}, staying)


def is_shipped(state: OrderState, line: Line, units: int, service: Service) -> bool:
    """Whether any of the units left: a refund is of those that did not, as far as they go; a return is not."""
    if SERVICES[service].leaves_goods:
        return bool(state.parcels_of(line)) and to_consign(state).get(line.line_id, 0) < units
    return bool(state.parcels_of(line))


def received_at(state: OrderState, line: Line, units: int, service: Service) -> datetime | None:
    """When the last of the units was signed for; None while one is not.

    A refund is of those that were not, as far as they go; a return of those that were first.
    """
    arrived = arrivals(state, line)
    wanted, there = line.to_deliver if SERVICES[service].leaves_goods else units, 0
    for arrival in arrived:
        there += arrival.units
        if there >= wanted:
            return arrival.leg.since
    return None


def requested_lines(state: OrderState, units: Quantities) -> list[RequestedLine]:
    """What a request must know of each of its lines."""
    return [
        RequestedLine(
            line_id=line.line_id,
            sku=line.sku,
            category=line.category,
            quantity=units[line.line_id],
            ordered=line.quantity,
            before=line.settled + line.requested,
            amount=line.amount,
            left=unclaimed(state, line),
        )
        for line in state.lines
        if line.line_id in units
    ]


def resent_by_hand(state: OrderState, case_id: str) -> Quantities:
    """The units that the order has sent again itself since a request for that was made, in the request's stead.

    Never those that the request, or another one, has sent.
    """
    request = next((one for one in state.requests if one.case_id == case_id), None)
    if request is None or SERVICES[request.service].goods_out is not GoodsOut.MISSING:
        return {}
    free = minus(hand_sent(state, request.requested_at), plus(*(one.resent for one in state.requests)))
    waiting = minus(request.units, plus(request.goods.shipped, request.goods.delivered))
    return plus(request.resent, {line_id: min(free.get(line_id, 0), units) for line_id, units in waiting.items()})


def is_box_paid_for(state: OrderState, case_id: str) -> bool:
    """Whether a request before this one sees to the return freight of the box in which its goods come too."""
    box = next((one.box for one in state.requests if one.case_id == case_id), None)
    for one in state.requests if box else ():
        if one.case_id == case_id:
            break
        if one.box == box and one.advanced and not one.in_vain:
            return True
    return False
