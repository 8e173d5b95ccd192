"""Whether goods have left, and with whom: the seller's word, and the carrier's time, which counts (S2-84)."""

from datetime import datetime

from domain.case.parcel import Parcel
from domain.order.state import Line, OrderState


def pack(state: OrderState) -> None:
    """Says which lines each parcel carries, by the consignments in the order they were made, not learnt.

    Those at the very same time: the ones that name lines come first.
    """
    consigned = [(parcel, consignment) for parcel in state.parcels for consignment in parcel.consignments]
    consigned.sort(key=lambda each: (each[1].at, each[1].line_ids is None, each[0].subject))
    packed: dict[str, list[str]] = {parcel.subject: [] for parcel in state.parcels}
    for parcel, consignment in consigned:
        taken = {line_id for line_ids in packed.values() for line_id in line_ids}
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
    scans = sorted(parcel.first_scan_at for parcel in parcels if parcel.first_scan_at)
    return next((scan for scan in scans if not any(_waits_for_carrier(parcel, scan) for parcel in parcels)), None)


def _waits_for_carrier(parcel: Parcel, moment: datetime) -> bool:
    """Whether the seller had said that the parcel left, and the carrier had not scanned it yet."""
    return parcel.consigned_at <= moment and (parcel.first_scan_at is None or parcel.first_scan_at > moment)


def signed_at(state: OrderState) -> datetime | None:
    """When the last parcel was signed for; None while one is not, or where no carrier delivers (S2-96).

    Refunded lines are not waited for, unless there are no others: what was signed for stays so when it is paid back.
    """
    times: list[datetime] = []
    for line in state.remaining() or state.lines:
        parcels = [parcel for parcel in state.parcels_of(line) if not is_virtual(state, parcel)]
        if not parcels and not line.virtual:
            return None
        for parcel in parcels:
            if parcel.signed_at is None:
                return None
            times.append(parcel.signed_at)
    return max(times) if times else None


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


def is_coming_back(state: OrderState) -> bool:
    """Whether the buyer refused the goods, or they were returned, so that there is no receipt to confirm."""
    parcels = [parcel for parcel in state.parcels if not is_virtual(state, parcel)]
    return bool(parcels) and all(parcel.refused_at or parcel.returned_at for parcel in parcels)


def waits_to_ship_again(state: OrderState, hold_id: str) -> bool:
    """Whether goods of a released hold are still to be shipped, and not held anew."""
    released = next(hold for hold in state.holds if hold.case_id == hold_id)
    lines = [line for line in state.remaining() if line.line_id in released.line_ids]
    return any(not line.held and consigned_at(state, line) is None for line in lines)
