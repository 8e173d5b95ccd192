"""The facts on the way to the carrier: the ERP read it, the waybill is printed, the seller says it left."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from domain.case.deadline import DeadlineState, find
from domain.case.declare import FactRule, SubjectKind
from domain.case.errand import SendToBuyer
from domain.case.parcel import Consignment, Parcel
from domain.case.story import Story
from domain.order.payment.remittances import is_remitted
from domain.order.people.auditing import ask_to_audit
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.handover import pack
from domain.order.state import CampaignTerms, OrderState
from domain.parcels.carriers import carrier_name
from domain.partners.templates import MessageTemplate
from domain.roles import Role

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


class NoData(BaseModel):
    """A fact whose time says it all."""


class ParcelConsigned(BaseModel):
    """The seller says these lines left with a carrier; no `line_ids` means all that are not in a parcel yet."""

    carrier: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,32}$")]
    tracking_no: Identifier
    line_ids: list[Identifier] = Field(default=[], max_length=200)


def on_erp_read(state: OrderState, data: NoData, story: Story) -> None:
    """From here changes must go through the ERP's order audit too (S2-09, S2-11)."""
    state.erp_read_at = min(state.erp_read_at or story.cause.at, story.cause.at)
    story.tell("order.erp_read", "The ERP has read the order")
    ask_to_audit(state, story)


def on_waybill_printed(state: OrderState, data: NoData, story: Story) -> None:
    """What is printed is what ships (S2-12)."""
    state.waybill_printed_at = min(state.waybill_printed_at or story.cause.at, story.cause.at)
    story.tell("order.waybill_printed", "The waybill is printed")


def on_parcel_consigned(state: OrderState, data: ParcelConsigned, story: Story) -> None:
    """The seller's word that goods left; the carrier's own records decide about lateness (S2-84)."""
    at = story.cause.at
    known = state.parcel(data.carrier, data.tracking_no)
    first = known is None
    if known is None:
        known = Parcel(
            carrier=data.carrier,
            tracking_no=data.tracking_no,
            line_ids=[],
            consigned_at=at,
            consigned_by=story.cause.evidence,
        )
        state.parcels.append(known)
    elif at < known.consigned_at:
        known.consigned_at, known.consigned_by = at, story.cause.evidence
    named = [line.line_id for line in state.lines if line.line_id in data.line_ids]
    known.consignments.append(Consignment(at=at, line_ids=named if data.line_ids else None))
    known.version = state.version
    pack(state)
    if first and is_remitted(state):
        _tell_by_sms(known, story)
    strange = sorted(set(data.line_ids) - set(named))
    note = f" (no such line: {', '.join(strange)})" if strange else ""
    story.tell(
        "parcel.consigned",
        f"Said shipped: {known.subject} with line {', '.join(known.line_ids) or 'none'}{note}",
        carrier=data.carrier,
        tracking_no=data.tracking_no,
        line_ids=known.line_ids,
    )


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
