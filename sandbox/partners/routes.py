"""What an integrator's tests look at and script: the partner systems, and what buyers were sent."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api import documented
from api.dependencies import Caller, allowed_for
from api.paging import ListPage, shown
from api.routing import Router
from api.schemas import PageShown
from domain.partners.partner import Partner
from domain.roles import Actor, Role
from domain.times import Instant
from sandbox.partners.scripts import CarrierScript, ErpScript, PartnerScript, PaymentScript
from sandbox.partners.system import ReceivedCall
from sandbox.partners.systems import PartnerSystems
from store import messages
from store.database import Database
from store.messages import Message

Scripter = Annotated[Actor, allowed_for((Role.OPS,), "Scripting a partner")]
OfOrder = Annotated[str | None, Query(description="Only what is about this order.", examples=["T1001"])]
OrderId = Annotated[str, Query(description="The order.", examples=["T1001"])]


class MessageShown(BaseModel):
    """A message that a buyer was sent."""

    to: str = Field(description="The buyer's id on the marketplace.", examples=["b-77"])
    channel: str = Field(examples=["chat"])
    template: str = Field(examples=["ship_hold_received"])
    text: str = Field(examples=["亲，您选择的商品已拦截成功，暂时不发货。"])
    at: Instant


def control_routes(systems: PartnerSystems, db: Database) -> APIRouter:
    """The routes that script the partners and show what they received."""
    router = Router(prefix="/sandbox", tags=["sandbox"], responses=documented.PROBLEMS)

    @router.get("/partners/{partner}/calls")
    async def show_calls(partner: Partner, caller: Caller, order_id: OfOrder = None) -> PageShown[ReceivedCall]:
        """The calls that a partner received, failed tries included, the oldest first."""
        return PageShown(items=systems.of(partner).calls(caller.merchant, order_id), next=None)

    @router.put("/partners/erp")
    async def script_erp(scripter: Scripter, script: ErpScript) -> ErpScript:
        """Merges into the ERP's script; answers the whole."""
        return systems.erp.follow(script)

    @router.put("/partners/carrier")
    async def script_carrier(scripter: Scripter, script: CarrierScript) -> CarrierScript:
        """Merges into the carrier's script; answers the whole."""
        return systems.carrier.follow(script)

    @router.put("/partners/payment")
    async def script_payment(scripter: Scripter, script: PaymentScript) -> PaymentScript:
        """Merges into the payments partner's script; answers the whole. What it refuses, finance pays by hand."""
        return systems.payment.follow(script)

    @router.put("/partners/messaging")
    async def script_messaging(scripter: Scripter, script: PartnerScript) -> PartnerScript:
        """Merges into the messaging partner's script; answers the whole."""
        return systems.messaging.follow(script)

    @router.get("/messages")
    async def show_messages(caller: Caller, paging: ListPage, order_id: OrderId) -> PageShown[MessageShown]:
        """What an order's buyer was sent, the oldest first."""
        return shown(await db.read(messages.messages, caller.merchant, order_id, paging.limit, paging.cursor), _message)

    return router


def _message(message: Message) -> MessageShown:
    return MessageShown(
        to=message.recipient,
        channel=message.channel,
        template=message.template,
        text=message.text,
        at=message.at,
    )
