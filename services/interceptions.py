"""Interceptions: what stopping a parcel would cost, and invoices over the fees of those that were (S1-29, S1-33)."""

from datetime import datetime

from domain.after_sale.intercepts import quotes
from domain.after_sale.state import AfterSaleState
from domain.case.action import ActionContext
from domain.case.ids import CaseKind
from domain.errors import Refusal
from domain.intercept.eligibility import Quoted
from domain.policy import policy
from domain.roles import SHOP_STAFF, Actor, Role
from services.circumstances import circumstances_now
from services.context import Context
from services.errors import NoFees, NotFound
from store import intercept_invoices
from store.cases import CaseRecord
from store.intercept_invoices import InterceptInvoice, NothingToInvoice

QUOTED_TO = (*SHOP_STAFF, Role.PLATFORM, Role.ERP)


async def quote_parcels(here: Context, case: CaseRecord, by: Actor) -> list[Quoted]:
    """What stopping each parcel of a request would cost, or every reason against it (S1-29).

    Raises NotFound where the case is no after-sale request.
    """
    if case.kind is not CaseKind.AFTER_SALE:
        raise NotFound("Parcels are intercepted for an after-sale request.")
    circumstances = await here.db.read(circumstances_now, case, by.account, by.role)
    state = AfterSaleState.model_validate(case.state)
    return quotes(ActionContext(state, policy(state.policy), by, await here.clock.now(), None, circumstances))


async def invoice_fees(
    here: Context, merchant: str, since: datetime, until: datetime, carrier: str | None, payer: Actor
) -> InterceptInvoice:
    """An invoice over the fees booked from `since` on and before `until` that are on none yet. Raises NoFees."""
    now = await here.clock.now()
    try:
        return await here.db.write(intercept_invoices.ask_for, merchant, since, until, carrier, payer.account, now)
    except NothingToInvoice as nothing:
        message = str(nothing)
        raise NoFees(message, reasons=[Refusal(code=NoFees.code, message=message)]) from nothing
