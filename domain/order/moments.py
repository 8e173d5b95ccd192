"""An order as it stood at a moment, going by all that is known of it now: when clocks stood still is read from that."""

from collections.abc import Iterable
from datetime import UTC, datetime

from domain.after_sale.relation import Standing
from domain.after_sale.services import SERVICES
from domain.case.parcel import Parcel
from domain.order.shipping.packing import pack
from domain.order.state import OrderState
from domain.parcels.journey import GONE, journey, where_at

_NOW = datetime.max.replace(tzinfo=UTC)


def mark_lines(state: OrderState, moment: datetime = _NOW) -> None:
    """What the requests say of each line; one that became a refund by an amendment counts as one from then on."""
    running = [one for one in state.requests if one.open]
    for line in state.lines:
        line.requested = sum(one.units.get(line.line_id, 0) for one in running)
        refunds = (one for one in running if SERVICES[one.service].closes_lines and one.requested_at <= moment)
        line.refunding = sum(one.units.get(line.line_id, 0) for one in refunds)
        line.settled = sum(request.done.get(line.line_id, 0) for request in state.requests)
        line.forgone = sum(request.forgone.get(line.line_id, 0) for request in state.requests)
    pack(state)


def turning_points(state: OrderState) -> Iterable[datetime]:
    """The moments at which requests or parcels made a difference to where goods are, or to whom they are owed."""
    for request in state.requests:
        yield request.requested_at
        for undecided in request.undecided:
            yield undecided.since
            if undecided.until:
                yield undecided.until
    for parcel in state.parcels:
        yield from (consignment.at for consignment in parcel.consignments)
        yield from (leg.since for leg in journey(parcel))


def was_disputed(state: OrderState, moment: datetime) -> bool:
    """Whether any request was open then."""
    return any(_was_open(request, moment) for request in state.requests)


def was_refunding(state: OrderState, moment: datetime) -> bool:
    """Whether a request was open then that is to pay goods back."""
    return any(SERVICES[one.service].closes_lines and _was_open(one, moment) for one in state.requests)


def was_any_gone(state: OrderState, moment: datetime) -> bool:
    """Whether a parcel was elsewhere then than with its buyer or on the way to them."""
    return any(where_at(parcel, moment) in GONE for parcel in state.parcels)


def stood_at(state: OrderState, moment: datetime) -> OrderState:
    """Its lines, parcels and requests as they stood then."""
    then = state.model_copy(
        update={
            "lines": [line.model_copy() for line in state.lines],
            "parcels": [_parcel_at(one, moment) for one in state.parcels if one.consigned_at <= moment],
            "requests": [_request_at(one, moment) for one in state.requests if _opened_at(one) <= moment],
        }
    )
    mark_lines(then, moment)
    return then


def _parcel_at(parcel: Parcel, moment: datetime) -> Parcel:
    return parcel.model_copy(
        update={
            "consignments": [one for one in parcel.consignments if one.at <= moment],
            "marks": [mark for mark in parcel.marks if mark.at <= moment],
        }
    )


def _opened_at(request: Standing) -> datetime:
    return request.undecided[0].since if request.undecided else request.requested_at


def _was_over(request: Standing, moment: datetime) -> bool:
    return request.ended_at is not None and request.ended_at <= moment


def _was_open(request: Standing, moment: datetime) -> bool:
    return request.open if _was_over(request, moment) else request.was_open(moment)


def _request_at(request: Standing, moment: datetime) -> Standing:
    if _was_over(request, moment):
        return request
    return request.model_copy(update={"open": request.was_open(moment), "ended_at": None, "done": {}, "forgone": {}})
