"""Where a parcel is, out or back: one reading of all that was said of it, in the order in which it was so.

The latest word counts, with four exceptions. Once a parcel is back with its sender it stays there: a later `signed` is
the sender's own. A second `signed` does not move the time of the first, unless that one was wrong. A plain scan says
that the carrier has the parcel and nothing else: it brings a lost one back to light, and takes nothing back. One that
somebody else signed for is with its buyer if they know who took it in, and comes to them where it is found. What goes
wrong without the parcel being elsewhere (weather, a phone that does not answer) leaves it where it is.

Facts may come late, doubled and in any order: the same ones always make the same journey.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from domain.case.cause import Cause, Evidence
from domain.case.parcel import Mark, Parcel, ParcelStatus, Said
from domain.case.pauses import Pause
from domain.case.units import Quantities


class Where(StrEnum):
    """Where a parcel is, going by all that is known of it; `astray`: with somebody whom it is not for."""

    CONSIGNED = "consigned"
    ON_THE_WAY = "on_the_way"
    DELIVERED = "delivered"
    ASTRAY = "astray"
    COMING_BACK = "coming_back"
    RETURNED = "returned"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a parcel's journey: where, since when, and what said so."""

    where: Where
    since: datetime
    by: Evidence


GONE = (Where.ASTRAY, Where.COMING_BACK, Where.RETURNED, Where.LOST)
"""Nobody whom it is for has it, or gets it as things stand."""

_SCANS = {Said(status) for status in ParcelStatus if status is not ParcelStatus.CONSIGNED}
_PLAIN = (Said.PICKED_UP, Said.SCANNED, Said.OUT_FOR_DELIVERY)
_RANK = {said: rank for rank, said in enumerate(Said)}


def note(parcel: Parcel, said: Said, cause: Cause, version: int) -> None:
    """Notes what was said of a parcel, whenever it was so."""
    add_mark(parcel, Mark(says=said, at=cause.at, by=cause.evidence))
    parcel.version = version


def add_mark(parcel: Parcel, mark: Mark) -> None:
    """Puts a mark in its place among the others."""
    parcel.marks = sorted({*parcel.marks, mark}, key=_place)


def take_back(parcel: Parcel, event_id: str, version: int) -> bool:
    """What was said by that fact was never so; answers whether anything was said by it."""
    left = [mark for mark in parcel.marks if mark.by.id != event_id]
    if len(left) == len(parcel.marks):
        return False
    parcel.marks, parcel.version = left, version
    return True


def journey(parcel: Parcel) -> Sequence[Leg]:
    """Every part of the way, from the seller's word that it left; the last one is where it is now."""
    legs = [Leg(Where.CONSIGNED, parcel.consigned_at, parcel.consigned_by)]
    for mark in parcel.marks:
        where = _after(mark.says, legs)
        if where is not legs[-1].where:
            legs.append(Leg(where, mark.at, mark.by))
    return legs


def last_leg(parcel: Parcel) -> Leg:
    """Where the parcel is, since when, and what said so."""
    return journey(parcel)[-1]


def where_is(parcel: Parcel) -> Where:
    """Where the parcel is."""
    return last_leg(parcel).where


def places(parcels: Sequence[Parcel]) -> list[tuple[str, Where, Quantities]]:
    """Where each parcel is, and what is in it."""
    return [(parcel.subject, where_is(parcel), parcel.carries) for parcel in parcels]


def holds(parcel: Parcel) -> Quantities:
    """What is in it: goods that were sent again are with that parcel, unless this one has come to light since."""
    return parcel.carries if where_is(parcel) in GONE else parcel.units


def reappeared_at(parcel: Parcel) -> datetime | None:
    """When it came to light again, or was delivered after all; None where it was never gone, or is."""
    legs = journey(parcel)
    again = [leg.since for before, leg in pairwise(legs) if before.where in GONE and leg.where not in GONE]
    return again[-1] if again and legs[-1].where not in GONE else None


def was_gone(parcel: Parcel) -> bool:
    """Whether it was ever elsewhere than with its buyer or on the way to them."""
    return any(leg.where in GONE for leg in journey(parcel))


def gone_times(parcel: Parcel) -> list[Pause]:
    """When it was elsewhere, each time from where it was last before it came to light."""
    spans = list(pairwise([*journey(parcel), None]))
    return [
        Pause(since=leg.since, until=then.since if then else None)
        for leg, then in spans
        if leg and leg.where in GONE and (then is None or then.where not in GONE)
    ]


def where_at(parcel: Parcel, moment: datetime) -> Where:
    """Where it was then, going by all that is known."""
    return next((leg.where for leg in reversed(journey(parcel)) if leg.since <= moment), Where.CONSIGNED)


def was_ever(parcel: Parcel, said: Said) -> bool:
    """Whether that was ever said of it."""
    return any(mark.says is said for mark in parcel.marks)


def last_scan(parcel: Parcel) -> Mark | None:
    """The latest scan that the case has heard of."""
    return next(reversed(list(_scans(parcel))), None)


def first_scan_at(parcel: Parcel) -> datetime | None:
    """The time of the earliest scan in the carrier's own records: that is the ship time (S2-84)."""
    return next((scan.at for scan in _scans(parcel)), None)


def last_scan_at(parcel: Parcel) -> datetime | None:
    """The time of the latest scan."""
    scan = last_scan(parcel)
    return scan.at if scan else None


def moved_after(parcel: Parcel, moment: datetime) -> bool:
    """Whether the carrier scanned it after that moment."""
    scanned_at = last_scan_at(parcel)
    return scanned_at is not None and scanned_at > moment


def delivered_at(parcel: Parcel) -> datetime | None:
    """When it was signed for by those whom it is for; None where it is elsewhere."""
    leg = last_leg(parcel)
    return leg.since if leg.where is Where.DELIVERED else None


def status_of_parcel(parcel: Parcel) -> tuple[ParcelStatus, datetime]:
    """What is shown of it: the latest scan's name and time; delivered or on its way back, no plain one."""
    leg = last_leg(parcel)
    if leg.where in _SHOWN:
        return _SHOWN[leg.where], leg.since
    scan = last_scan(parcel)
    return (ParcelStatus(scan.says), scan.at) if scan else (ParcelStatus.CONSIGNED, parcel.consigned_at)


_SHOWN = {
    Where.DELIVERED: ParcelStatus.SIGNED,
    Where.COMING_BACK: ParcelStatus.REFUSED,
    Where.RETURNED: ParcelStatus.RETURNED,
}


def _scans(parcel: Parcel) -> Iterator[Mark]:
    return (mark for mark in parcel.marks if mark.says in _SCANS)


def _place(mark: Mark) -> tuple[datetime, int, str, str]:
    return mark.at, _RANK[mark.says], mark.by.type, mark.by.id


def _after(said: Said, legs: Sequence[Leg]) -> Where:
    """Where it is after that, going by the parts of its way so far."""
    here = legs[-1].where
    if here is Where.RETURNED:
        return here
    match said:
        case Said.PICKED_UP | Said.SCANNED | Said.OUT_FOR_DELIVERY | Said.FOUND:
            return _in_sight(said, legs)
        case Said.SIGNED:
            return Where.DELIVERED
        case Said.WRONG_SIGN:
            return Where.ASTRAY
        case Said.RECOGNISED:
            return Where.DELIVERED if here is Where.ASTRAY else here
        case Said.REFUSED:
            return Where.COMING_BACK
        case Said.RETURNED:
            return Where.RETURNED
        case Said.LOST:
            return Where.LOST
    return here


def _in_sight(said: Said, legs: Sequence[Leg]) -> Where:
    """The carrier has it: a lost one goes on in the direction in which it was lost."""
    here = legs[-1].where
    if here is Where.LOST:
        return Where.COMING_BACK if legs[-2].where is Where.COMING_BACK else Where.ON_THE_WAY
    if here is Where.ASTRAY and said is Said.FOUND:
        return Where.ON_THE_WAY
    return Where.ON_THE_WAY if here is Where.CONSIGNED and said is not Said.FOUND else here
