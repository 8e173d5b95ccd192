"""What carriers report of a parcel: scans, and exceptions."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints

from domain.after_sale.tasks import CLAIM_FROM_CARRIER
from domain.case.cause import Cause
from domain.case.declare import AnyFact, FactRule, SubjectKind
from domain.case.errand import WriteMemo
from domain.case.parcel import Parcel, ParcelStatus
from domain.case.story import Story
from domain.money import ZERO
from domain.order.carriers import carrier_name
from domain.order.receipt_clock import close
from domain.order.state import OrderState, Outcome
from domain.order.tasks import PARCEL_EXCEPTION, REFUSED_PARCEL
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


BACK = "back"
"""The form of the task about a parcel that came back although nobody asked for it to."""

CARRIER_PAYS = (ExceptionKind.LOST, ExceptionKind.DAMAGED)
"""What the carrier is to pay for (S4-45)."""


class ParcelException(ParcelFact):
    """The carrier reports that something went wrong."""

    kind: ExceptionKind
    location: Annotated[str, StringConstraints(max_length=100)] | None = None


SIGNALLED = ("picked_up", "signed", "refused", "returned", "exception")
"""Scans that can always change a stage or a deadline; of the others, a parcel's first (see `wakes`)."""


def wakes(type_: str, *, first_scan: bool, watched: bool) -> bool:
    """Whether a scan must wake the case. A parcel has ten to fifteen scans; four of them matter.

    Args:
        type_: the event type.
        first_scan: whether the carrier never scanned the parcel before (it proves the hand-over, S2-84).
        watched: whether the case waits for any sign of life (its tracking stalled).
    """
    return type_.removeprefix("parcel.") in SIGNALLED or first_scan or watched


def scanned(state: OrderState, data: Scan, story: Story) -> None:
    """A carrier's scan: proof that it has the parcel since then (S2-84), and the parcel's status if the latest."""
    parcel = state.parcel(data.carrier, data.tracking_no)
    if parcel is None:
        return
    status = take_scan(parcel, story.cause, state.version)
    place = {"location": data.location} if data.location else {}
    story.tell(story.cause.name, f"{parcel.subject} {PARCEL_WORDS[status]}", **_names(parcel), **place)
    if status is ParcelStatus.REFUSED:
        story.ask_for(REFUSED_PARCEL, matter=parcel.subject)
    if status is ParcelStatus.RETURNED and parcel.refused_at:
        memo = f"拒收件已收到 {carrier_name(parcel.carrier)} {parcel.tracking_no}"
        story.send(WriteMemo(text=memo, by=story.cause.actor, tracking_no=parcel.tracking_no))
        if _nothing_sold(state):
            close(state, Outcome.CANCELLED, story, "Closed: refused at the door, and everything is back")
    if status is ParcelStatus.RETURNED and undecided(state, parcel):
        story.ask_for(PARCEL_EXCEPTION, matter=f"{parcel.subject}@{BACK}", variant=BACK)


def undecided(state: OrderState, parcel: Parcel) -> bool:
    """Whether goods that came back are paid for, and nobody has asked for the money or the goods yet (S4-51)."""
    lines = [line for line in state.remaining() if line.line_id in parcel.line_ids]
    return not state.over and state.paid_at() is not None and any(not line.request_open for line in lines)


def _nothing_sold(state: OrderState) -> bool:
    """Whether all goods of an order to be paid at the door came back, and nobody paid (S2-23)."""
    unpaid = state.at_the_door and state.paid == ZERO and not state.over
    parcels = [state.parcels_of(line) for line in state.remaining()]
    return unpaid and all(of_line and all(parcel.returned_at for parcel in of_line) for of_line in parcels)


def take_scan(parcel: Parcel, cause: Cause, version: int) -> ParcelStatus:
    """Notes a scan, whenever it was made; answers what it said."""
    at, status = cause.at, ParcelStatus(cause.name.removeprefix("parcel."))
    parcel.first_scan_at = min(parcel.first_scan_at or at, at)
    if parcel.last_scan_at is None or at >= parcel.last_scan_at:
        parcel.last_scan_at, parcel.last_scan_by = at, cause.evidence
    if parcel.status is ParcelStatus.CONSIGNED or at >= parcel.status_at:
        parcel.status, parcel.status_at = status, at
    match status:
        case ParcelStatus.SIGNED:
            if parcel.signed_at is None or at < parcel.signed_at:
                parcel.signed_at, parcel.signed_by = at, cause.evidence
        case ParcelStatus.REFUSED:
            parcel.refused_at = min(parcel.refused_at or at, at)
        case ParcelStatus.RETURNED:
            parcel.returned_at = min(parcel.returned_at or at, at)
    parcel.version = version
    return status


def exception_reported(state: OrderState, data: ParcelException, story: Story) -> None:
    """Something went wrong on the way; a lost parcel's tracking is over, and the carrier is to pay for it (S4-45)."""
    parcel = state.parcel(data.carrier, data.tracking_no)
    if parcel is None:
        return
    if data.kind is ExceptionKind.LOST:
        parcel.lost_at = story.cause.at
        parcel.version = state.version
    story.tell("parcel.exception", f"{parcel.subject}: {data.kind}", kind=data.kind, **_names(parcel))
    if data.kind in CARRIER_PAYS:
        story.ask_for(CLAIM_FROM_CARRIER, matter=parcel.subject)
    if not _asked_about(state, parcel, data.kind):
        story.ask_for(PARCEL_EXCEPTION, matter=f"{parcel.subject}@{story.cause.id}", variant=data.kind)


def _asked_about(state: OrderState, parcel: Parcel, kind: ExceptionKind) -> bool:
    """Whether somebody looks into the same with that parcel already."""
    return any(
        (item.type, item.variant) == (PARCEL_EXCEPTION, kind) and item.matter.startswith(f"{parcel.subject}@")
        for item in state.open_work()
    )


def _names(parcel: Parcel) -> dict[str, Any]:
    return {"carrier": parcel.carrier, "tracking_no": parcel.tracking_no}


PARCEL_WORDS = {
    ParcelStatus.PICKED_UP: "picked up by the carrier",
    ParcelStatus.SCANNED: "scanned",
    ParcelStatus.OUT_FOR_DELIVERY: "out for delivery",
    ParcelStatus.SIGNED: "signed for",
    ParcelStatus.REFUSED: "refused by the buyer",
    ParcelStatus.RETURNED: "back with the seller",
}

_SCANS = tuple(
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

_EXCEPTION = FactRule(
    event_type="parcel.exception",
    title="Something went wrong with a parcel",
    subject=SubjectKind.PARCEL,
    data=ParcelException,
    senders=(Role.CARRIER,),
    take_in=exception_reported,
)

PARCEL_FACTS: tuple[AnyFact[OrderState], ...] = (*_SCANS, _EXCEPTION)
