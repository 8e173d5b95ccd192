"""What an order makes of what carriers report of its parcels."""

from datetime import datetime
from typing import Any

from domain.after_sale.tasks import CLAIM_FROM_CARRIER
from domain.case.errand import WriteMemo
from domain.case.parcel import Parcel, ParcelStatus, Said
from domain.case.story import Story
from domain.case.work import WorkState
from domain.order.line import Line
from domain.order.parcels.called_off import follow_refusal
from domain.order.parcels.named import asked_about
from domain.order.parcels.unowed import ask_for_goods, ask_to_stop
from domain.order.shipping.gone import undecided
from domain.order.shipping.handover import to_consign
from domain.order.shipping.packing import pack
from domain.order.state import OrderState
from domain.parcels.carriers import carrier_name
from domain.parcels.facts import (
    CARRIER_PAYS,
    PARCEL_WORDS,
    WITHDRAWN,
    ExceptionKind,
    ParcelException,
    ReportWithdrawn,
    Scan,
    parcel_facts,
)
from domain.parcels.journey import GONE, Where, first_scan_at, moved_after, note, take_back, was_ever, where_is
from domain.parcels.scans import take_scan
from domain.times import iso_instant

PARCEL_EXCEPTION, REFUSED_PARCEL = "parcel_exception", "refused_parcel"
"""The tasks about a parcel that went wrong; what comes of them is in `problems.py`."""

BACK = "back"
"""The form of the task about a parcel that came back although nobody asked for it to."""
STANDSTILL = (ExceptionKind.OUT_OF_RANGE, ExceptionKind.WEATHER, ExceptionKind.CONGESTION)
"""What is over as soon as the parcel moves (S2-57, S2-58, S2-61)."""


def on_scan(state: OrderState, data: Scan, story: Story) -> None:
    """A carrier's scan: proof that it has the parcel since then (S2-84), and a part of the parcel's journey."""
    parcel = state.parcel(data.carrier, data.tracking_no)
    if parcel is None:
        return
    if story.cause.at < state.placed_at:
        story.tell(story.cause.name, f"{parcel.subject}: older than the order, so it is of another parcel")
        return
    first, before = first_scan_at(parcel) is None, where_is(parcel)
    status = take_scan(parcel, story.cause, state.version)
    pack(state)
    place = {"location": data.location} if data.location else {}
    story.tell(story.cause.name, f"{parcel.subject} {PARCEL_WORDS[status]}", **_names(parcel), **place)
    if first or before in GONE:
        ask_to_stop(state, parcel, story)
    if status is ParcelStatus.SIGNED:
        ask_for_goods(state, parcel, story, reappeared=before in GONE)
    if status is ParcelStatus.REFUSED and where_is(parcel) is Where.COMING_BACK:
        _ask_about_refusal(state, parcel, story)
    if status is ParcelStatus.RETURNED and was_ever(parcel, Said.REFUSED):
        memo = f"拒收件已收到 {carrier_name(parcel.carrier)} {parcel.tracking_no}"
        story.send(WriteMemo(text=memo, by=story.cause.actor, tracking_no=parcel.tracking_no))
    follow_refusal(state, story)


def _ask_about_refusal(state: OrderState, parcel: Parcel, story: Story) -> None:
    """Somebody calls the buyer, once a refusal: one that was delivered again may be refused again."""
    asked = asked_about(state, parcel, REFUSED_PARCEL)
    if not any(item.state is WorkState.OPEN for item in asked):
        again = f"@{story.cause.id}" if asked else ""
        story.ask_for(REFUSED_PARCEL, matter=parcel.subject + again)


def ask_about_goods_back(state: OrderState, story: Story) -> None:
    """Goods that came back are somebody's task, until they are paid back or sent again (S4-51)."""
    for parcel in state.parcels:
        if not undecided_lines(state, parcel):
            continue
        asked = asked_about(state, parcel, PARCEL_EXCEPTION, BACK)
        if not any(item.state is WorkState.OPEN for item in asked):
            again = f"/{len(asked) + 1}" if asked else ""
            story.ask_for(PARCEL_EXCEPTION, matter=f"{parcel.subject}@{BACK}{again}", variant=BACK)


def undecided_lines(state: OrderState, parcel: Parcel) -> list[Line]:
    """The lines that came back in a parcel and are paid for, and whose money or goods nobody has asked for yet."""
    if where_is(parcel) is not Where.RETURNED or not state.was_paid:
        return []
    waiting = to_consign(state)
    return [
        line
        for line in state.remaining()
        if any(gone.parcel is parcel for gone in undecided(state, line, waiting.get(line.line_id, 0)))
    ]


def on_exception(state: OrderState, data: ParcelException, story: Story) -> None:
    """Something went wrong on the way; for what is lost or damaged the carrier is to pay (S4-45)."""
    parcel = state.parcel(data.carrier, data.tracking_no)
    if parcel is None:
        return
    note(parcel, Said(data.kind), story.cause, state.version)
    pack(state)
    story.tell("parcel.exception", f"{parcel.subject}: {data.kind}", kind=data.kind, **_names(parcel))
    if data.kind in CARRIER_PAYS:
        story.ask_for(CLAIM_FROM_CARRIER, matter=parcel.subject)
    _ask_about_exception(state, parcel, data.kind, story)
    follow_refusal(state, story)


def on_withdrawn(state: OrderState, data: ReportWithdrawn, story: Story) -> None:
    """What was said of a parcel is not so: where it is, and what follows from that, is as if it had not been said."""
    parcel = state.parcel(data.carrier, data.tracking_no)
    if parcel is None or not take_back(parcel, data.event_id, state.version):
        return
    pack(state)
    story.tell(WITHDRAWN, f"{parcel.subject}: a report of it was withdrawn", **_names(parcel))
    follow_refusal(state, story)


def _ask_about_exception(state: OrderState, parcel: Parcel, kind: ExceptionKind, story: Story) -> None:
    """One task as long as the same lasts: what keeps a parcel from moving is over when it moves."""
    matter = story.cause.id
    if kind in STANDSTILL:
        since = standstill_since(parcel, kind)
        if since is None:
            return
        matter = f"{kind}/{iso_instant(since)}"
    if not any(item.state is WorkState.OPEN for item in asked_about(state, parcel, PARCEL_EXCEPTION, kind)):
        story.ask_for(PARCEL_EXCEPTION, matter=f"{parcel.subject}@{matter}", variant=kind)


def standstill_since(parcel: Parcel, kind: str) -> datetime | None:
    """Since when the carrier says that this keeps it from moving a parcel; None once it moves (S2-57, S2-61)."""
    said = [mark.at for mark in parcel.marks if mark.says == kind]
    return next((at for at in said if not moved_after(parcel, at)), None)


def _names(parcel: Parcel) -> dict[str, Any]:
    return {"carrier": parcel.carrier, "tracking_no": parcel.tracking_no}


PARCEL_FACTS = parcel_facts(on_scan, on_exception, on_withdrawn)
