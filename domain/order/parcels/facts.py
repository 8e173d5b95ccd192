"""What an order makes of what carriers report of its parcels."""

from typing import Any

from domain.after_sale.tasks import CLAIM_FROM_CARRIER
from domain.case.errand import WriteMemo
from domain.case.parcel import Parcel, ParcelStatus
from domain.case.story import Story
from domain.money import ZERO
from domain.order.ending import close
from domain.order.state import OrderOutcome, OrderState
from domain.parcels.carriers import carrier_name
from domain.parcels.facts import CARRIER_PAYS, PARCEL_WORDS, ExceptionKind, ParcelException, Scan, parcel_facts
from domain.parcels.scans import take_scan

PARCEL_EXCEPTION, REFUSED_PARCEL = "parcel_exception", "refused_parcel"
"""The tasks about a parcel that went wrong; what comes of them is in `problems.py`."""

BACK = "back"
"""The form of the task about a parcel that came back although nobody asked for it to."""


def on_scan(state: OrderState, data: Scan, story: Story) -> None:
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
            close(state, OrderOutcome.CANCELLED, story, "Closed: refused at the door, and everything is back")
    if status is ParcelStatus.RETURNED and is_undecided(state, parcel):
        story.ask_for(PARCEL_EXCEPTION, matter=f"{parcel.subject}@{BACK}", variant=BACK)


def is_undecided(state: OrderState, parcel: Parcel) -> bool:
    """Whether goods that came back are paid for, and nobody has asked for the money or the goods yet (S4-51)."""
    lines = [line for line in state.remaining() if line.line_id in parcel.units]
    return not state.over and state.paid_at() is not None and any(line.left for line in lines)


def _nothing_sold(state: OrderState) -> bool:
    """Whether all goods of an order to be paid at the door came back, and nobody paid (S2-23)."""
    unpaid = state.at_the_door and state.paid == ZERO and not state.over
    parcels = [state.parcels_of(line) for line in state.remaining()]
    return unpaid and all(of_line and all(parcel.returned_at for parcel in of_line) for of_line in parcels)


def on_exception(state: OrderState, data: ParcelException, story: Story) -> None:
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
    if not _is_asked_about(state, parcel, data.kind):
        story.ask_for(PARCEL_EXCEPTION, matter=f"{parcel.subject}@{story.cause.id}", variant=data.kind)


def _is_asked_about(state: OrderState, parcel: Parcel, kind: ExceptionKind) -> bool:
    """Whether somebody looks into the same with that parcel already."""
    return any(
        (item.type, item.variant) == (PARCEL_EXCEPTION, kind) and item.matter.startswith(f"{parcel.subject}@")
        for item in state.open_work()
    )


def _names(parcel: Parcel) -> dict[str, Any]:
    return {"carrier": parcel.carrier, "tracking_no": parcel.tracking_no}


PARCEL_FACTS = parcel_facts(on_scan, on_exception)
