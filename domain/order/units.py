"""Where every unit of an order is: each in one place, at every version (its parcels and requests say which)."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, Field

from domain.after_sale.relation import Standing, unpaid_goods
from domain.after_sale.services import SERVICES, GoodsOut
from domain.case.parcel import Parcel
from domain.case.units import minus, plus
from domain.money import ZERO
from domain.order.line import Line
from domain.order.receipt.clock import unconfirmed
from domain.order.shipping.handover import carried_by
from domain.order.state import OrderState
from domain.parcels.journey import Where, where_is


class Place(StrEnum):
    """Where a unit can be."""

    NOT_SHIPPED = "not_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned"
    LOST = "lost"
    CANCELLED = "cancelled"


class UnitsOfLine(BaseModel):
    """Where the units of a line are; each is in one place, so that all but `ordered` add up to it."""

    ordered: int
    not_shipped: int = Field(description="Not said to be shipped, and still to be")
    shipped: int = Field(description="On their way to the buyer")
    delivered: int = Field(description="With the buyer")
    returning: int = Field(description="On their way back to the seller")
    returned: int = Field(description="Back with the seller")
    lost: int = Field(description="Lost on the way, or with somebody whom they are not for")
    cancelled: int = Field(description="Never to be shipped: paid back before, or the order was closed")


_PLACES = {
    Where.CONSIGNED: Place.SHIPPED,
    Where.ON_THE_WAY: Place.SHIPPED,
    Where.DELIVERED: Place.DELIVERED,
    Where.ASTRAY: Place.LOST,
    Where.COMING_BACK: Place.RETURNING,
    Where.RETURNED: Place.RETURNED,
    Where.LOST: Place.LOST,
}

_OF_THE_BUYER = (Place.DELIVERED, Place.SHIPPED)
_MISSING = (Place.LOST, Place.RETURNED, Place.RETURNING, Place.SHIPPED, Place.DELIVERED)
"""Where goods are that a request sends again: gone, or, though a parcel was delivered, not in it."""


def units_of(state: OrderState, line: Line) -> UnitsOfLine:
    """Where the units of a line are."""
    places = dict.fromkeys(Place, 0)
    places[Place.NOT_SHIPPED] = line.quantity
    for parcel in carried_by(state, line):
        there = Place.DELIVERED if line.virtual else _place_of(state, parcel)
        _move(places, parcel.carries[line.line_id], (Place.NOT_SHIPPED,), there)
    _move(places, line.quantity if state.closed_at else line.cancelled, (Place.NOT_SHIPPED,), Place.CANCELLED)
    _move(places, places[Place.SHIPPED] - _on_the_way(state, line), (Place.SHIPPED,), Place.DELIVERED)
    for request in state.requests:
        _follow(places, request, line, _sources(state, request), handed_back=request.case_id in state.handed_back)
    return UnitsOfLine(ordered=line.quantity, **{str(place): units for place, units in places.items()})


def _place_of(state: OrderState, parcel: Parcel) -> Place:
    """Where what it carries is: one that the carrier has stopped comes back, though no scan says so."""
    there = _PLACES[where_is(parcel)]
    return Place.RETURNING if there is Place.SHIPPED and parcel.subject in state.stopped else there


def worth_of_parcels(state: OrderState) -> dict[str, Decimal]:
    """What each parcel holds comes to by its name, without freight, yuan: in the order they left, the odd fen last.

    What a parcel holds that another carried before is worth what the first units are.
    """
    worth, before = {}, dict.fromkeys((line.line_id for line in state.lines), 0)
    for parcel in sorted(state.parcels, key=lambda parcel: parcel.consigned_at):
        total = ZERO
        for line in (line for line in state.lines if line.line_id in parcel.units):
            again, had = parcel.again.get(line.line_id, 0), before[line.line_id]
            before[line.line_id] = with_it = had + parcel.units[line.line_id] - again
            total += line.price_of(with_it) - line.price_of(had) + line.price_of(again)
        worth[parcel.subject] = total
    return worth


def _on_the_way(state: OrderState, line: Line) -> int:
    """How many units can be on their way out: receipt of the others is confirmed."""
    if state.completed_at is None:
        return unconfirmed(state, line) if line.receipt_confirmed_at else line.quantity
    later = (parcel for parcel in carried_by(state, line) if parcel.consigned_at > state.completed_at)
    return sum(parcel.carries[line.line_id] for parcel in later)


def _sources(state: OrderState, request: Standing) -> list[Place]:
    """Where the goods were that a request moves, the likeliest first: those of its parcel before any others."""
    if SERVICES[request.service].goods_out is not GoodsOut.MISSING:
        return list(_OF_THE_BUYER)
    there = [_place_of(state, parcel) for parcel in state.parcels if parcel.subject == request.about]
    return sorted(_MISSING, key=lambda place: place not in there)


def _follow(
    places: dict[Place, int], request: Standing, line: Line, sources: list[Place], *, handed_back: bool
) -> None:
    """What a request has moved: back from the buyer, or out to them again."""
    goods, back = request.goods, {}
    if handed_back:
        back = unpaid_goods(request)
    moved = {
        Place.DELIVERED: plus(goods.delivered, back),
        Place.SHIPPED: goods.shipped,
        Place.RETURNING: goods.returning,
        Place.RETURNED: minus(goods.returned, back),
        Place.LOST: goods.lost,
    }
    in_hand = _take(places, sum(units.get(line.line_id, 0) for units in moved.values()), sources)
    for place, units in moved.items():
        part = min(units.get(line.line_id, 0), in_hand)
        places[place] += part
        in_hand -= part


def _move(places: dict[Place, int], units: int, sources: Iterable[Place], to: Place) -> None:
    places[to] += _take(places, units, sources)


def _take(places: dict[Place, int], units: int, sources: Iterable[Place]) -> int:
    """Takes units from where some are; answers how many there were."""
    taken = 0
    for source in sources:
        part = min(max(units - taken, 0), places[source])
        places[source] -= part
        taken += part
    return taken
