"""What carriers report of a parcel: scans, and that something went wrong."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from domain.case.action import S
from domain.case.declare import AnyFact, FactRule, SubjectKind
from domain.case.parcel import ParcelStatus
from domain.case.story import Story
from domain.privacy import Private
from domain.roles import Role


class ParcelFact(BaseModel):
    """Which parcel; the intake fills it in from the event's subject."""

    carrier: str = ""
    tracking_no: str = ""


class Scan(ParcelFact):
    """A scan in the carrier's own system. `signed_by` names a person and stays in the store."""

    location: Annotated[str, StringConstraints(max_length=100)] | None = None
    signed_by: Annotated[str, StringConstraints(max_length=100), Private("signed_by")] | None = None


class ExceptionKind(StrEnum):
    """What can go wrong on the way (S2-58..61, S2-93..95)."""

    OUT_OF_RANGE = "out_of_range"
    PHONE_UNREACHABLE = "phone_unreachable"
    ACCIDENT = "accident"
    WEATHER = "weather"
    CONGESTION = "congestion"
    LOST = "lost"
    DAMAGED = "damaged"
    WRONG_SIGN = "wrong_sign"


class ReportWithdrawn(ParcelFact):
    """What the fact of that id and of the same source said was wrong: the track was corrected or rolled back."""

    event_id: Annotated[str, StringConstraints(min_length=1, max_length=200)]


WITHDRAWN = "parcel.withdrawn"
CARRIER_PAYS = (ExceptionKind.LOST, ExceptionKind.DAMAGED)
"""What the carrier is to pay for (S4-45)."""


class ParcelException(ParcelFact):
    """The carrier reports that something went wrong."""

    kind: ExceptionKind
    location: Annotated[str, StringConstraints(max_length=100)] | None = None


PARCEL_WORDS = {
    ParcelStatus.PICKED_UP: "picked up by the carrier",
    ParcelStatus.SCANNED: "scanned",
    ParcelStatus.OUT_FOR_DELIVERY: "out for delivery",
    ParcelStatus.SIGNED: "signed for",
    ParcelStatus.REFUSED: "refused by the buyer",
    ParcelStatus.RETURNED: "back with the seller",
}


def parcel_facts(
    scanned: Callable[[S, Scan, Story], None],
    exception_reported: Callable[[S, ParcelException, Story], None],
    withdrawn: Callable[[S, ReportWithdrawn, Story], None],
) -> tuple[AnyFact[S], ...]:
    """What every kind of case with parcels hears of them; what it makes of it is its own."""
    scans = (
        FactRule(
            event_type=f"parcel.{status}",
            title=f"Parcel {words}",
            subject=SubjectKind.PARCEL,
            data=Scan,
            senders=(Role.CARRIER,),
            take_in=scanned,
        )
        for status, words in PARCEL_WORDS.items()
    )
    wrong = FactRule(
        event_type="parcel.exception",
        title="Something went wrong with a parcel",
        subject=SubjectKind.PARCEL,
        data=ParcelException,
        senders=(Role.CARRIER,),
        take_in=exception_reported,
    )
    taken_back = FactRule(
        event_type=WITHDRAWN,
        title="A report of a parcel was withdrawn",
        subject=SubjectKind.PARCEL,
        data=ReportWithdrawn,
        senders=(Role.CARRIER,),
        take_in=withdrawn,
    )
    return (*scans, wrong, taken_back)
