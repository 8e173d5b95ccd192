"""The facts on the way to the carrier: the ERP read it, the waybill is printed, the seller says it left."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from domain.case.deadline import DeadlineState, find
from domain.case.declare import FactRule, SubjectKind
from domain.case.errand import SendToBuyer
from domain.case.parcel import Consignment, Parcel
from domain.case.story import Story
from domain.case.units import NamesLines, against_missing, against_unknown, in_words
from domain.errors import Refusal
from domain.order.parcels.called_off import follow_refusal
from domain.order.parcels.unowed import ask_to_stop
from domain.order.payment.remittances import is_remitted
from domain.order.people.auditing import ask_to_audit
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.packing import pack
from domain.order.state import CampaignTerms, OrderState
from domain.parcels.carriers import carrier_name
from domain.partners.templates import MessageTemplate
from domain.roles import Role

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


class NoData(BaseModel):
    """A fact whose time says it all."""


class ParcelConsigned(NamesLines):
    """The seller says that these goods left with a carrier; none named: all that are not in a parcel yet."""

    carrier: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,32}$")]
    tracking_no: Identifier


def on_erp_read(state: OrderState, data: NoData, story: Story) -> None:
    """From here changes must go through the ERP's order audit too (S2-09, S2-11)."""
    story.tell("order.erp_read", "The ERP has read the order")
    _count_as_read(state, story)


def on_waybill_printed(state: OrderState, data: NoData, story: Story) -> None:
    """What is printed is what ships (S2-12); the ERP has read what it prints, whether it said so or not (S2-11)."""
    state.waybill_printed_at = min(state.waybill_printed_at or story.cause.at, story.cause.at)
    story.tell("order.waybill_printed", "The waybill is printed")
    _count_as_read(state, story)


def _count_as_read(state: OrderState, story: Story) -> None:
    state.erp_read_at = min(state.erp_read_at or story.cause.at, story.cause.at)
    ask_to_audit(state, story)


def on_parcel_consigned(state: OrderState, data: ParcelConsigned, story: Story) -> None:
    """The seller's word that goods left; the carrier's own records decide about lateness (S2-84)."""
    at = story.cause.at
    known = state.parcel(data.carrier, data.tracking_no)
    first = known is None
    if known is None:
        known = Parcel(
            carrier=data.carrier,
            tracking_no=data.tracking_no,
            consigned_at=at,
            consigned_by=story.cause.evidence,
        )
        state.parcels.append(known)
    elif at < known.consigned_at:
        known.consigned_at, known.consigned_by = at, story.cause.evidence
    known.consignments.append(Consignment(at=at, named=data.named))
    known.version = state.version
    pack(state)
    ask_to_stop(state, known, story)
    if first and is_remitted(state):
        _tell_by_sms(known, story)
    wrong = "".join(f"; {refusal.message.rstrip('.')}" for refusal in against_consignment(state, data))
    story.tell(
        "parcel.consigned",
        f"Said shipped: {known.subject} with line {in_words(known.units) or 'none'}{wrong}",
        carrier=data.carrier,
        tracking_no=data.tracking_no,
        units=known.units,
    )
    follow_refusal(state, story)


def against_consignment(state: OrderState, data: ParcelConsigned) -> Iterable[Refusal]:
    """What cannot be: goods that the order does not have, or more than were ordered."""
    yield from against_unknown(data.named, (line.line_id for line in state.lines))
    ordered = {line.line_id: line.quantity for line in state.lines}
    known = {line_id: units for line_id, units in (data.named or {}).items() if line_id in ordered}
    yield from against_missing(known, ordered, "in the order")


def _tell_by_sms(parcel: Parcel, story: Story) -> None:
    """Who paid by remittance hears of the shipment by text message (S2-26)."""
    values = {"carrier": carrier_name(parcel.carrier), "tracking_no": parcel.tracking_no}
    story.send(SendToBuyer(template=MessageTemplate.REMITTANCE_SHIPPED, values=values))


def on_campaign_changed(state: OrderState, data: CampaignTerms, story: Story) -> None:
    """The campaign of the order has other terms now; its running ship deadline moves with them (S2-70)."""
    if state.campaign and state.campaign.id == data.id:
        ship_by = find(state.deadlines, SHIP_BY)
        if ship_by and ship_by.state not in (DeadlineState.RUNNING, DeadlineState.PAUSED):
            data = data.model_copy(update={"ship_within": state.campaign.ship_within})
        state.campaign = data
        story.tell("campaign.changed", f"Campaign {data.id} has other terms", campaign=data.id)


SHIPPING_FACTS = (
    FactRule(
        event_type="order.erp_read",
        title="Read by the ERP",
        subject=SubjectKind.ORDER,
        data=NoData,
        senders=(Role.ERP,),
        take_in=on_erp_read,
    ),
    FactRule(
        event_type="order.waybill_printed",
        title="Waybill printed",
        subject=SubjectKind.ORDER,
        data=NoData,
        senders=(Role.ERP,),
        take_in=on_waybill_printed,
    ),
    FactRule(
        event_type="parcel.consigned",
        title="Said shipped by the seller",
        subject=SubjectKind.ORDER,
        data=ParcelConsigned,
        senders=(Role.ERP, Role.WAREHOUSE),
        take_in=on_parcel_consigned,
        announces_parcel=True,
        against=against_consignment,
    ),
    FactRule(
        event_type="campaign.changed",
        title="Campaign changed",
        subject=SubjectKind.ORDER,
        data=CampaignTerms,
        senders=(),
        take_in=on_campaign_changed,
    ),
)
