"""Where every unit of an order is: each in one place, at every version (its parcels and requests say which)."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, Field

from domain.after_sale.relation import Standing
from domain.after_sale.services import SERVICES, GoodsOut
from domain.order.shipping.handover import carried_by
from domain.order.state import Line, OrderState
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
        there = Place.DELIVERED if line.virtual else _PLACES[where_is(parcel)]
        _move(places, parcel.carries[line.line_id], (Place.NOT_SHIPPED,), there)
    _move(places, line.quantity if state.closed_at else line.cancelled, (Place.NOT_SHIPPED,), Place.CANCELLED)
    if state.completed_at or line.receipt_confirmed_at:
        _move(places, line.quantity, (Place.SHIPPED,), Place.DELIVERED)
    for request in state.requests:
        _follow(places, request, line)
    return UnitsOfLine(ordered=line.quantity, **{str(place): units for place, units in places.items()})


def _follow(places: dict[Place, int], request: Standing, line: Line) -> None:
    """What a request has moved: back from the buyer, or out to them again."""
    again = SERVICES[request.service].goods_out is GoodsOut.MISSING
    sources, goods = _MISSING if again else _OF_THE_BUYER, request.goods
    for place, units in (
        (Place.RETURNING, goods.returning),
        (Place.RETURNED, goods.returned),
        (Place.LOST, goods.lost),
        (Place.SHIPPED, goods.shipped),
        (Place.DELIVERED, goods.delivered),
    ):
        _move(places, units.get(line.line_id, 0), [source for source in sources if source is not place], place)


def _move(places: dict[Place, int], units: int, sources: Iterable[Place], to: Place) -> None:
    for source in sources:
        part = min(units, places[source])
        places[source] -= part
        places[to] += part
        units -= part
