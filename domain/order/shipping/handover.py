"""Whether goods have left, and with whom: the seller's word, and the carrier's time, which counts (S2-84).

Units follow parcels: one whose parcel came back, was lost or went astray is, once it is sent again, with the parcel
that carries it now. Which that is, `packing.py` says; where that is, `domain/parcels/journey.py`.
"""

from datetime import datetime

from domain.case.parcel import Parcel
from domain.case.units import Quantities, counted, minus, plus
from domain.order.line import Line
from domain.order.shipping.gone import Arrival, sent_again
from domain.order.state import OrderState
from domain.parcels.journey import Leg, Where, first_scan_at, last_leg, reappeared_at


def is_virtual(state: OrderState, parcel: Parcel) -> bool:
    """Whether a parcel holds nothing that a carrier carries."""
    lines = [line for line in state.lines if line.line_id in parcel.units]
    return bool(lines) and all(line.virtual for line in lines)


def to_consign(state: OrderState) -> Quantities:
    """The units that the seller has not said to be shipped, of those that are to be."""
    said = plus(*(minus(parcel.units, parcel.again) for parcel in state.parcels))
    return minus({line.line_id: line.to_ship for line in state.lines}, said)


def to_hand_over(state: OrderState) -> Quantities:
    """The units of each line that the carrier does not have, of those that are to be shipped."""
    return counted({line.line_id: line.to_ship - _handed_over(state, line) for line in state.remaining()})


def is_consigned(state: OrderState, line: Line) -> bool:
    """Whether the seller said that any of the line is shipped."""
    return bool(state.parcels_of(line))


def consigned_at(state: OrderState, line: Line) -> datetime | None:
    """When the seller had shipped the line, the last unit of it; None before."""
    return _reached([(parcel.consigned_at, _first_units(parcel, line)) for parcel in state.parcels_of(line)], line)


def handed_over_at(state: OrderState, line: Line) -> datetime | None:
    """When the carrier had every unit of the line that is to be shipped, by its own records; None before (S2-84)."""
    return _reached(_hand_overs(state, line), line)


def handed_over_by(state: OrderState, line: Line, moment: datetime) -> int:
    """How many units of the line the carrier had by then."""
    return sum(units for at, units in _hand_overs(state, line) if at <= moment)


def _hand_overs(state: OrderState, line: Line) -> list[tuple[datetime, int]]:
    """When how many units were handed over; virtual goods have no carrier: the seller's delivery counts."""
    parcels = state.parcels_of(line)
    times = [(parcel.consigned_at if line.virtual else first_scan_at(parcel), parcel) for parcel in parcels]
    return [(at, _first_units(parcel, line)) for at, parcel in times if at is not None]


def _handed_over(state: OrderState, line: Line) -> int:
    return sum(units for _, units in _hand_overs(state, line))


def _first_units(parcel: Parcel, line: Line) -> int:
    """The units of the line in a parcel that no other carried before."""
    return parcel.units.get(line.line_id, 0) - parcel.again.get(line.line_id, 0)


def _reached(parts: list[tuple[datetime, int]], line: Line) -> datetime | None:
    """When the parts had come to all that is to be shipped of the line."""
    units = 0
    for at, part in sorted(parts):
        units += part
        if units >= line.to_ship:
            return at
    return None


def carried_by(state: OrderState, line: Line) -> list[Parcel]:
    """The parcels that carry some of a line now: one that is gone carries no more what is sent again."""
    return [parcel for parcel in state.parcels_of(line) if line.line_id in parcel.carries]


def freed_at(state: OrderState, line: Line) -> datetime | None:
    """When a line that was gone was last sent again or came to light; None where it never was."""
    resent = [parcel.consigned_at for parcel in state.parcels_of(line) if line.line_id in parcel.again]
    found = [at for parcel in carried_by(state, line) if (at := reappeared_at(parcel))]
    return max([*resent, *found], default=None)


def delivery(state: OrderState) -> Leg | None:
    """How the last of the goods reached the buyer; None while some have not, or where no carrier delivers (S2-96).

    Refunded lines are not waited for, unless there are no others: what was signed for stays so when it is paid back.
    """
    legs: list[Leg] = []
    for line in state.remaining() or state.lines:
        leg = delivery_of(state, line)
        if leg:
            legs.append(leg)
        elif not line.virtual:
            return None
    return max(legs, key=lambda leg: leg.since, default=None)


def delivery_of(state: OrderState, line: Line) -> Leg | None:
    """How the last unit of a line reached the buyer; None while one has not, but for those that they were paid for."""
    arrived = arrivals(state, line)
    return arrived[-1].leg if arrived and sum(one.units for one in arrived) >= line.to_deliver else None


def arrivals(state: OrderState, line: Line) -> list[Arrival]:
    """How many units of a line reached the buyer with what, by the parcels that carry it now or a request, in order."""
    legs = [(last_leg(parcel), parcel) for parcel in carried_by(state, line) if not is_virtual(state, parcel)]
    arrived = [Arrival(leg, one.carries[line.line_id]) for leg, one in legs if leg.where is Where.DELIVERED]
    return sorted([*arrived, *sent_again(state, line)], key=lambda one: one.leg.since)


def signed_at(state: OrderState) -> datetime | None:
    """When the last of the goods was signed for; None while something is not, or where no carrier delivers (S2-96)."""
    last = delivery(state)
    return last.since if last else None


def all_consigned_at(state: OrderState) -> datetime | None:
    """When the seller had shipped every remaining line; None before."""
    times = [consigned_at(state, line) for line in state.remaining()]
    known = [time for time in times if time is not None]
    return max(known) if known and len(known) == len(times) else None


def first_consigned_at(state: OrderState) -> datetime | None:
    """When the seller first said that something is shipped."""
    return min((parcel.consigned_at for parcel in state.parcels), default=None)


def unshipped(state: OrderState) -> list[Line]:
    """The remaining lines of which the carrier does not have every unit."""
    waiting = to_hand_over(state)
    return [line for line in state.lines if line.line_id in waiting]


def still_to_ship(state: OrderState) -> bool:
    """Whether goods of a running order are not with the carrier."""
    return not state.over and bool(to_hand_over(state))


def waits_to_ship_again(state: OrderState, hold_id: str) -> bool:
    """Whether goods of a released hold are still to be shipped, and not held anew."""
    released = next(hold for hold in state.holds if hold.case_id == hold_id)
    waiting = to_consign(state)
    lines = [line for line in state.remaining() if line.line_id in released.units]
    return any(waiting.get(line.line_id, 0) > line.held for line in lines)
