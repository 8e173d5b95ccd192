"""Units that did not reach the buyer: their parcel came back, was lost or went astray; and what has made up for them.

Counted in units: a parcel of three of which one was sent again is still short of two.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from domain.after_sale.relation import Standing
from domain.after_sale.services import SERVICES, GoodsOut
from domain.case.cause import Evidence
from domain.case.parcel import Parcel
from domain.case.units import Quantities, meant, minus, plus
from domain.order.line import Line
from domain.order.state import OrderState
from domain.parcels.journey import GONE, Leg, Where, last_leg


class Gone(NamedTuple):
    """Units of a line that are gone with a parcel, since when."""

    parcel: Parcel
    since: datetime
    units: int


class Arrival(NamedTuple):
    """Units of a line that reached the buyer, and how."""

    leg: Leg
    units: int


def gone_with(state: OrderState, line: Line) -> list[Gone]:
    """The units that are gone, and neither sent again by a request nor paid back, the earliest first."""
    gone, _ = _replaced(state, line)
    paid_back = [(one.about, one.forgone.get(line.line_id, 0)) for one in state.requests]
    return _without(gone, line.forgone - line.cancelled, paid_back)


def undecided(state: OrderState, line: Line, unshipped: int) -> list[Gone]:
    """Those of them that no open request is about; one for what has not left takes the `unshipped` units first."""
    asked = [(one.about, one.units.get(line.line_id, 0)) for one in state.requests if one.open and _seeks_gone(one)]
    named = sum(units for about, units in asked if about)
    whole = sum(units for _, units in asked)
    return _without(gone_with(state, line), max(whole - unshipped, named), asked)


def sent_again(state: OrderState, line: Line) -> list[Arrival]:
    """How requests brought the buyer units that were gone (S2-94, S4-44)."""
    _, arrivals = _replaced(state, line)
    return arrivals


def hand_sent(state: OrderState, since: datetime) -> Quantities:
    """The units that the seller has sent again without a request since then, as far as they are not gone too.

    Of a parcel that names goods which are out already, those: it goes beside the one that carries them.
    """
    by_request = {subject for one in state.requests for subject in one.sent_in}
    sent = (one for one in state.parcels if one.consigned_at >= since and one.subject not in by_request)
    again = (plus(one.again, _beside(state, one)) for one in sent if last_leg(one).where not in GONE)
    return plus(*again)


def doubled(state: OrderState, parcel: Parcel) -> Quantities:
    """The units that a parcel is said to hold while another carries them, beyond what requests have goods sent for.

    One of which nobody says what it holds, and for which nothing was left, may hold any of them.
    """
    said = _beside(state, parcel)
    if not parcel.units and all(one.named is None for one in parcel.consignments):
        said = {line.line_id: line.quantity for line in state.lines}
    sent_for = (one.units for one in state.requests if not one.in_vain and SERVICES[one.service].goods_out)
    return minus(said, plus(*sent_for))


def is_sent_twice(state: OrderState, parcel: Parcel) -> bool:
    """Whether the buyer is sent more by this parcel than they lacked: a request, or another parcel, has seen to it."""
    if parcel.passed_on and last_leg(parcel).where not in GONE:
        return True
    in_it = plus(parcel.again, _beside(state, parcel))
    for request in (one for one in state.requests if _sends_missing(one) and in_it):
        by_hand, by_request = (
            hand_sent(state, request.requested_at),
            plus(request.goods.shipped, request.goods.delivered),
        )
        asked = plus(request.units, request.resent)
        for line_id in by_request:
            gone = sum(one.units.get(line_id, 0) for one in state.parcels if last_leg(one).where in GONE)
            lacked = max(gone, asked.get(line_id, 0))
            if line_id in in_it and by_request[line_id] + by_hand.get(line_id, 0) > lacked:
                return True
    return False


def _beside(state: OrderState, parcel: Parcel) -> Quantities:
    """The units that it is said to hold beyond those that were left to be in it.

    Of a line that is named without a number: where none were left.
    """
    ordered = {line.line_id: line.quantity for line in state.lines}
    beside: Quantities = {}
    for named in (one.named for one in parcel.consignments if one.named):
        counts = {one: units for one, units in named.items() if units is not None or one not in parcel.units}
        beside |= minus(meant(counts, ordered), parcel.units)
    return beside


def _replaced(state: OrderState, line: Line) -> tuple[list[Gone], list[Arrival]]:
    parcels = [parcel for parcel in state.parcels if line.line_id in parcel.carries]
    legs = [(parcel, leg) for parcel in parcels if (leg := last_leg(parcel)).where in GONE]
    gone = [Gone(parcel, leg.since, parcel.carries[line.line_id]) for parcel, leg in legs]
    gone.sort(key=lambda one: one.since)
    arrivals = []
    for ended_at, request in _resends(state.requests):
        left = request.units.get(line.line_id, 0)
        for place in sorted(range(len(gone)), key=lambda place: gone[place].parcel.subject != request.about):
            one = gone[place]
            part = min(left, one.units) if ended_at >= one.since else 0
            if part:
                gone[place], left = one._replace(units=one.units - part), left - part
                by = Evidence(type="after_sale.moved", id=request.case_id)
                arrivals.append(Arrival(Leg(Where.DELIVERED, ended_at, by), part))
    return [one for one in gone if one.units], arrivals


def _resends(requests: Iterable[Standing]) -> list[tuple[datetime, Standing]]:
    """Those that sent again what was missing, in the order they ended."""
    sent = ((one.ended_at, one) for one in requests if _sends_missing(one) and not one.in_vain)
    return sorted(((at, one) for at, one in sent if at), key=lambda each: each[0])


def _sends_missing(request: Standing) -> bool:
    return SERVICES[request.service].goods_out is GoodsOut.MISSING


def _seeks_gone(request: Standing) -> bool:
    """Whether a request is about goods that the buyer lacks, where some do."""
    return SERVICES[request.service].leaves_goods or _sends_missing(request)


def _without(gone: list[Gone], units: int, of_parcels: Iterable[tuple[str | None, int]]) -> list[Gone]:
    """The same without so many: those of parcels that are named first, then the earliest."""
    rest = list(gone)
    for about, named in of_parcels:
        for place, one in enumerate(rest):
            part = min(one.units, named, max(units, 0)) if one.parcel.subject == about else 0
            rest[place], units, named = one._replace(units=one.units - part), units - part, named - part
    left = []
    for one in rest:
        part = min(one.units, max(units, 0))
        units -= part
        if part < one.units:
            left.append(one._replace(units=one.units - part))
    return left
