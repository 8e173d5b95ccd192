"""The facts of a request: what carriers, the ERP and its order report."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from domain.after_sale import transitions
from domain.after_sale.paid_unseen import is_paid_unseen, note_finding
from domain.after_sale.parcels import note_arrival
from domain.after_sale.relation import Surroundings
from domain.after_sale.replacing import follow_replacement, leave_to_order
from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.after_sale.tasks import CLAIM_FROM_CARRIER
from domain.case.child import ORDER_MOVED, fact_of_surroundings
from domain.case.declare import AnyFact, FactRule, SubjectKind
from domain.case.parcel import Said
from domain.case.payouts import hear_platform_failed
from domain.case.stated import state_time
from domain.case.story import Story
from domain.case.units import NamesLines
from domain.parcels.facts import (
    CARRIER_PAYS,
    PARCEL_WORDS,
    WITHDRAWN,
    ParcelException,
    ParcelFact,
    ReportWithdrawn,
    Scan,
    parcel_facts,
)
from domain.parcels.journey import note, take_back
from domain.parcels.scans import take_scan
from domain.policy import policy
from domain.privacy import Private
from domain.roles import Role
from domain.times import Instant

REFUND_FAILED = "request.refund_failed"


class ReturnReceived(ParcelFact, NamesLines):
    """The ERP or the warehouse has taken the return in (S4-64).

    With `conforming` it is the inspection, and may say which goods came; without, it says that the parcel is there.
    """

    conforming: bool | None = None
    notes: Annotated[str, StringConstraints(max_length=1000), Private("inspection_notes")] = ""


def on_scan(state: AfterSaleState, data: Scan, story: Story) -> None:
    """A scan of the return or of the replacement; a return that arrives is to be inspected (S4-57)."""
    parcel = next((p for p in state.parcels if (p.carrier, p.tracking_no) == (data.carrier, data.tracking_no)), None)
    if parcel is None:
        return
    status = take_scan(parcel, story.cause, state.version)
    story.tell(story.cause.name, f"{parcel.subject} {PARCEL_WORDS[status]}")
    follow_replacement(state, story)
    transitions.send_anew(state, story)
    transitions.ask_to_inspect(state, story)


def on_exception(state: AfterSaleState, data: ParcelException, story: Story) -> None:
    """Something went wrong on the way; for goods that are lost or damaged the carrier is to pay (S4-45)."""
    parcel = state.parcel(f"{data.carrier}/{data.tracking_no}")
    story.tell("parcel.exception", f"{data.carrier}/{data.tracking_no}: {data.kind}", kind=data.kind)
    if parcel is None:
        return
    note(parcel, Said(data.kind), story.cause, state.version)
    if data.kind in CARRIER_PAYS:
        story.ask_for(CLAIM_FROM_CARRIER, matter=parcel.subject)
    follow_replacement(state, story)


def on_withdrawn(state: AfterSaleState, data: ReportWithdrawn, story: Story) -> None:
    """What was said of the return or of the replacement is not so."""
    parcel = state.parcel(f"{data.carrier}/{data.tracking_no}")
    if parcel is None or not take_back(parcel, data.event_id, state.version):
        return
    story.tell(WITHDRAWN, f"{parcel.subject}: a report of it was withdrawn")
    follow_replacement(state, story)


def on_return_received(state: AfterSaleState, data: ReturnReceived, story: Story) -> None:
    """It came; where it says how the goods are, that is the inspection, and pays nothing before."""
    sent = state.sent_back
    returned = sent is not None and sent.parcel == f"{data.carrier}/{data.tracking_no}"
    if returned:
        note_arrival(state, story)
    if returned and data.conforming is not None and is_paid_unseen(state):
        note_finding(state, story, conforming=data.conforming, named=data.named)
        return
    awaited = returned and state.at is AfterSaleStage.AWAITING_SELLER_RECEIPT
    if data.conforming is None or not awaited:
        if returned and data.conforming is not None and state.at is AfterSaleStage.PLATFORM_INTERVENTION:
            transitions.note_inspection(state, story, conforming=data.conforming, came=data.named)
        story.tell("return.received", f"Taken in: {data.carrier}/{data.tracking_no}")
        transitions.ask_to_inspect(state, story)
        return
    transitions.note_inspection(state, story, conforming=data.conforming, came=data.named)
    if data.conforming:
        story.tell("return.received", "The return is taken in and conforms", conforming=True)
        transitions.take_goods_back(state, policy(state.policy), story)
    else:
        transitions.refuse(state, story, "The return does not conform")


def on_order_moved(state: AfterSaleState, data: Surroundings, story: Story) -> None:
    """The order tells what changed around the request: goods left or arrived, other lines were refunded."""
    state.surroundings = data
    story.tell(ORDER_MOVED, "The order moved on", **data.model_dump(mode="json"))
    leave_to_order(state, story)


class OfRequest(BaseModel):
    """Data that says which of an order's requests it is about."""

    request_case_id: Annotated[str, StringConstraints(min_length=1, max_length=250)]


class RequestTimeStated(OfRequest):
    """Until when a deadline of a request runs, as its marketplace set it."""

    deadline: Literal["seller_answer", "buyer_return", "seller_receipt", "buyer_reaction"]
    until: Instant


def on_request_time_stated(state: AfterSaleState, data: RequestTimeStated, story: Story) -> None:
    """It prevails over the edition's."""
    state_time(state, data.deadline, data.until, story)


class RequestRefundFailed(OfRequest):
    """The marketplace could not pay what a request was granted."""


def on_refund_failed(state: AfterSaleState, data: RequestRefundFailed, story: Story) -> None:
    """As where a partner refuses for good, finance sees to it; what it does not pay, or has paid, is noted only."""
    story.tell(REFUND_FAILED, "The marketplace says that the refund failed")
    hear_platform_failed(state, story)


_OTHERS = (
    FactRule(
        event_type=REFUND_FAILED,
        title="The marketplace could not pay a refund",
        subject=SubjectKind.ORDER,
        data=RequestRefundFailed,
        senders=(Role.PLATFORM,),
        take_in=on_refund_failed,
        target=lambda data: data.request_case_id,
    ),
    FactRule(
        event_type="request.time_stated",
        title="The marketplace set a time",
        subject=SubjectKind.ORDER,
        data=RequestTimeStated,
        senders=(Role.PLATFORM,),
        take_in=on_request_time_stated,
        target=lambda data: data.request_case_id,
    ),
    FactRule(
        event_type="return.received",
        title="Return received",
        subject=SubjectKind.PARCEL,
        data=ReturnReceived,
        senders=(Role.ERP, Role.WAREHOUSE),
        take_in=on_return_received,
    ),
    fact_of_surroundings(Surroundings, on_order_moved),
)

FACTS: tuple[AnyFact[AfterSaleState], ...] = (*parcel_facts(on_scan, on_exception, on_withdrawn), *_OTHERS)
