"""Whether goods have left, and with whom: the seller's word, and the carrier's time, which counts (S2-84).

Lines follow parcels: one whose parcel came back, was lost or went astray is, once it is sent again, with the parcel
that carries it now. Where that is, `domain/parcels/journey.py` says.
"""

from datetime import datetime

from domain.after_sale.services import SERVICES, GoodsOut
from domain.case.cause import Evidence
from domain.case.parcel import Parcel
from domain.order.state import Line, OrderState
from domain.parcels.journey import GONE, Leg, Where, first_scan_at, last_leg, reappeared_at, was_gone


def pack(state: OrderState) -> None:
    """Says which lines each parcel carries, by the consignments in the order they were made, not learnt.

    Those at the very same time: the ones that name lines come first. One that names none takes what is in no parcel
    by then, or came back in one.
    """
    consigned = [(parcel, consignment) for parcel in state.parcels for consignment in parcel.consignments]
    consigned.sort(key=lambda each: (each[1].at, each[1].line_ids is None, each[0].subject))
    packed: dict[str, list[str]] = {parcel.subject: [] for parcel in state.parcels}
    for parcel, consignment in consigned:
        kept = [each for each in state.parcels if not was_gone(each, consignment.at)]
        taken = {line_id for each in kept for line_id in packed[each.subject]}
        rest = [
            line.line_id
            for line in state.lines
            if line.line_id not in taken and (not line.refunded or line.line_id in parcel.line_ids)
        ]
        left = rest if consignment.line_ids is None else consignment.line_ids
        packed[parcel.subject] += [line_id for line_id in left if line_id not in packed[parcel.subject]]
    for parcel in state.parcels:
        if parcel.line_ids != packed[parcel.subject]:
            parcel.line_ids, parcel.version = packed[parcel.subject], state.version


def is_virtual(state: OrderState, parcel: Parcel) -> bool:
    """Whether a parcel holds nothing that a carrier carries."""
    lines = [line for line in state.lines if line.line_id in parcel.line_ids]
    return bool(lines) and all(line.virtual for line in lines)


def consigned_at(state: OrderState, line: Line) -> datetime | None:
    """When the seller said that the line is shipped, the last part of it; None before."""
    times = [parcel.consigned_at for parcel in state.parcels_of(line)]
    return max(times) if times else None


def handed_over_at(state: OrderState, line: Line) -> datetime | None:
    """When the carrier had the line, by its own records, in every parcel that it had by then; None before (S2-84).

    A parcel that joins later takes nothing back. Virtual goods have no carrier: the seller's delivery counts.
    """
    parcels = state.parcels_of(line)
    if line.virtual:
        return min((parcel.consigned_at for parcel in parcels), default=None)
    scans = sorted(scan for parcel in parcels if (scan := first_scan_at(parcel)))
    return next((scan for scan in scans if not any(_waits_for_carrier(parcel, scan) for parcel in parcels)), None)


def _waits_for_carrier(parcel: Parcel, moment: datetime) -> bool:
    """Whether the seller had said that the parcel left, and the carrier had not scanned it yet."""
    scanned_at = first_scan_at(parcel)
    return parcel.consigned_at <= moment and (scanned_at is None or scanned_at > moment)


def carried_by(state: OrderState, line: Line) -> list[Parcel]:
    """The parcels that carry a line now: one that is gone carries it no more once it is sent again."""
    parcels = state.parcels_of(line)
    return [parcel for parcel in parcels if not any(_takes_over(other, parcel, line) for other in parcels)]


def _takes_over(other: Parcel, parcel: Parcel, line: Line) -> bool:
    leg = last_leg(parcel)
    again = (
        consignment.at >= leg.since and (consignment.line_ids is None or line.line_id in consignment.line_ids)
        for consignment in other.consignments
    )
    return other is not parcel and leg.where in GONE and any(again)


def gone_parcels(state: OrderState, line: Line) -> list[Parcel]:
    """Those of a line's parcels with which it came back, is lost or went astray, and that nothing has made up for."""
    gone = [parcel for parcel in carried_by(state, line) if last_leg(parcel).where in GONE]
    return [parcel for parcel in gone if _sent_again(state, line, last_leg(parcel).since) is None]


def freed_at(state: OrderState, line: Line) -> datetime | None:
    """When a line that was gone was last sent again or came to light; None where it never was."""
    parcels, now = state.parcels_of(line), carried_by(state, line)
    resent = [parcel.consigned_at for parcel in now if len(now) < len(parcels)]
    found = [at for parcel in now if (at := reappeared_at(parcel))]
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
    """How the last part of a line reached the buyer, by the parcels that carry it now or sent again by a request."""
    legs = []
    for parcel in carried_by(state, line):
        if is_virtual(state, parcel):
            continue
        leg = last_leg(parcel)
        received = leg if leg.where is Where.DELIVERED else _sent_again(state, line, leg.since)
        if received is None:
            return None
        legs.append(received)
    return max(legs, key=lambda leg: leg.since, default=None)


def _sent_again(state: OrderState, line: Line, since: datetime) -> Leg | None:
    """How a request brought the buyer the goods of a line that did not reach them (S2-94, S4-44)."""
    for request in state.requests:
        resends = SERVICES[request.service].goods_out is GoodsOut.MISSING and not request.in_vain
        if resends and line.line_id in request.line_ids and request.ended_at and request.ended_at >= since:
            by = Evidence(type="after_sale.moved", id=request.case_id)
            return Leg(Where.DELIVERED, request.ended_at, by)
    return None


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
    """The remaining lines that the carrier does not have."""
    return [line for line in state.remaining() if handed_over_at(state, line) is None]


def still_to_ship(state: OrderState) -> bool:
    """Whether goods of a running order are not with the carrier."""
    return not state.over and bool(unshipped(state))


def waits_to_ship_again(state: OrderState, hold_id: str) -> bool:
    """Whether goods of a released hold are still to be shipped, and not held anew."""
    released = next(hold for hold in state.holds if hold.case_id == hold_id)
    lines = [line for line in state.remaining() if line.line_id in released.line_ids]
    return any(not line.held and consigned_at(state, line) is None for line in lines)
