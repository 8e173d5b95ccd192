"""What a scan says of its parcel, and whether its case must wake for it."""

from domain.case.cause import Cause
from domain.case.declare import LastScan
from domain.case.parcel import Mark, Parcel, ParcelStatus, Said
from domain.parcels.journey import add_mark, note

WAKING = (ParcelStatus.PICKED_UP, ParcelStatus.SIGNED, ParcelStatus.REFUSED, ParcelStatus.RETURNED)
"""Scans that can always change a stage or a deadline; of the others, a parcel's first (see `wakes`)."""


def status_of(type_: str) -> ParcelStatus:
    """What a scan of that event type says of its parcel."""
    return ParcelStatus(type_.removeprefix("parcel."))


def wakes(type_: str, *, first_scan: bool, watched: bool) -> bool:
    """Whether a scan must wake the case. A parcel has ten to fifteen scans; four of them matter.

    Args:
        type_: the event type of a scan.
        first_scan: whether the carrier never scanned the parcel before (it proves the hand-over, S2-84).
        watched: whether the case waits for any sign of life: its tracking stalled, or something keeps it from moving.
    """
    return status_of(type_) in WAKING or first_scan or watched


def add_scan(parcel: Parcel, scan: LastScan) -> None:
    """Puts a scan that did not wake the case among what was said of its parcel."""
    add_mark(parcel, Mark(says=Said(status_of(scan.evidence.type)), at=scan.at, by=scan.evidence))


def take_scan(parcel: Parcel, cause: Cause, version: int) -> ParcelStatus:
    """Notes a scan, whenever it was made; answers what it said."""
    status = status_of(cause.name)
    note(parcel, Said(status), cause, version)
    return status
