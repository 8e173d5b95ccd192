"""Interceptions of a shop, and invoices over their fees (S1-31, S1-33)."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from api import documented
from api.dependencies import Caller, Here, allowed_for
from api.paging import ListPage, shown
from api.routing import Router
from api.schemas import PageShown
from domain.intercept.state import Claim, Initiator, InterceptStage, InterceptState
from domain.invalid import InvalidValue
from domain.money import Yuan
from domain.roles import SHOP_STAFF, Actor, Role
from domain.times import Instant
from services.interceptions import invoice_fees
from store import intercept_invoices, intercepts
from store.intercept_invoices import InterceptInvoice
from store.intercepts import InterceptFilter

router = Router(prefix="/v1", tags=["interceptions"], responses=documented.PROBLEMS)

Reader = Annotated[Actor, allowed_for((*SHOP_STAFF, Role.PLATFORM, Role.OPS), "Reading interceptions")]
Payer = Annotated[Actor, allowed_for((Role.FINANCE, Role.AGENT, Role.OWNER), "Asking for an invoice")]
InvoiceReader = Annotated[Actor, allowed_for(SHOP_STAFF, "Reading invoices")]
Carrier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,32}$"), Field(examples=["zto"])]


class InterceptShown(BaseModel):
    """An interception: `fee` is what its success costs or cost, `value` what the parcel's lines are worth, yuan."""

    case_id: str = Field(examples=["intercept:demo:taobao:T1001:1:1"])
    order_id: str = Field(examples=["T1001"])
    after_sale_case_id: str | None = Field(
        description="The request that it is for; none where goods left that were paid back before.",
        examples=["after-sale:demo:taobao:T1001:1"],
    )
    carrier: str = Field(examples=["zto"])
    tracking_no: str = Field(examples=["ZT1"])
    stage: InterceptStage = Field(examples=["intercepted"])
    open: bool
    fee: Yuan = Field(examples=["3.00"])
    value: Yuan = Field(examples=["199.00"])
    initiator: Initiator = Field(examples=["seller"])
    reason: str | None = Field(description="Why it could not be stopped.", examples=[None])
    requested_at: Instant
    claim: Claim | None = None


class InvoiceRequest(BaseModel):
    """Over which fees: those booked from `from` on and before `to`; without a carrier, of all of them."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: Instant = Field(alias="from", examples=["2026-11-01T00:00:00+08:00"])
    to: Instant = Field(examples=["2026-12-01T00:00:00+08:00"])
    carrier: Carrier | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "InvoiceRequest":
        if self.to <= self.from_:
            raise InvalidValue("to must lie after from", "to 须晚于 from")
        return self


class InvoiceShown(BaseModel):
    """A request for an invoice over `count` fees, `amount` yuan in all."""

    invoice_id: str = Field(examples=["9b2f6c1d5e8a4f70a1b2c3d4e5f60718"])
    from_: Instant = Field(serialization_alias="from")
    to: Instant
    carrier: str | None = Field(examples=["zto"])
    count: int = Field(examples=[12])
    amount: Yuan = Field(examples=["36.00"])
    requested_at: Instant


@router.get("/intercepts")
async def list_intercepts(
    caller: Caller,
    reader: Reader,
    here: Here,
    page: ListPage,
    carrier: Carrier | None = None,
    stage: InterceptStage | None = None,
    from_: Annotated[Instant | None, Query(alias="from", description="Asked for then or later.")] = None,
    to: Annotated[Instant | None, Query(description="Asked for before.")] = None,
) -> PageShown[InterceptShown]:
    """The shop's interceptions, the latest asked for first (S1-31)."""
    only = InterceptFilter(carrier=carrier, stage=stage, since=from_, until=to)
    return shown(await here.db.read(intercepts.list_intercepts, caller.merchant, only, page.limit, page.cursor), _shown)


@router.post("/intercept-invoices", status_code=201)
async def ask_for_invoice(request: InvoiceRequest, caller: Caller, payer: Payer, here: Here) -> InvoiceShown:
    """Asks for an invoice over fees that are booked and not on an invoice yet (S1-33)."""
    return _invoice(await invoice_fees(here, caller.merchant, request.from_, request.to, request.carrier, payer))


@router.get("/intercept-invoices")
async def list_invoices(caller: Caller, reader: InvoiceReader, here: Here, page: ListPage) -> PageShown[InvoiceShown]:
    """The invoices that the shop asked for, the latest first."""
    return shown(
        await here.db.read(intercept_invoices.list_invoices, caller.merchant, page.limit, page.cursor), _invoice
    )


def _shown(state: InterceptState) -> InterceptShown:
    return InterceptShown(
        case_id=state.case_id,
        order_id=state.order_id,
        after_sale_case_id=state.after_sale_case_id,
        carrier=state.carrier,
        tracking_no=state.tracking_no,
        stage=state.at,
        open=state.open,
        fee=state.fee,
        value=state.worth,
        initiator=state.initiator,
        reason=state.reason,
        requested_at=state.opened_at,
        claim=state.claim,
    )


def _invoice(invoice: InterceptInvoice) -> InvoiceShown:
    return InvoiceShown(
        invoice_id=invoice.invoice_id,
        from_=invoice.from_at,
        to=invoice.to_at,
        carrier=invoice.carrier,
        count=invoice.count,
        amount=invoice.amount,
        requested_at=invoice.requested_at,
    )
