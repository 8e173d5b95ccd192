"""Invoices: an agent registers what the buyer wants, finance issues and sends it, the buyer hears how (S4-22..24)."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

from domain.case.declare import ActionRule, TaskRule
from domain.case.deeds import by_action
from domain.case.errand import SendToBuyer
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.order.context import OrderContext
from domain.order.money import paid_for
from domain.order.payments import Invoice, InvoiceKind
from domain.order.state import OrderState
from domain.parcels.carriers import carrier_name
from domain.partners.templates import MessageTemplate
from domain.privacy import Private
from domain.roles import Role

ISSUE_INVOICE = "issue_invoice"


class RegisterInvoice(BaseModel):
    """The invoice that the buyer wants; for whom it is made out (`title`) stays in the store."""

    model_config = ConfigDict(extra="forbid")

    kind: InvoiceKind
    title: Annotated[str, StringConstraints(min_length=1, max_length=200), Private("invoice_title")]


class IssueInvoice(BaseModel):
    """The parcel in which the invoice goes to the buyer."""

    model_config = ConfigDict(extra="forbid")

    carrier: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,32}$")]
    tracking_no: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,60}$")]


def _against_any(state: OrderState) -> Iterable[Refusal]:
    if state.closed_at:
        yield Refusal(code="already_closed", message="This order is closed, so there is nothing to invoice.")
    if state.invoice and state.invoice.sent_at:
        yield Refusal(code="already_issued", message=f"The invoice was issued and sent: {state.invoice.parcel}.")


def _register_refusals(context: OrderContext[object]) -> Iterable[Refusal]:
    yield from _against_any(context.state)


def _register(context: OrderContext[RegisterInvoice], story: Story) -> dict[str, Any]:
    """A registration before the invoice is issued takes the place of an earlier one; finance is asked once paid."""
    state, input_ = context.state, context.input
    state.invoice = Invoice(kind=input_.kind, title=input_.title, registered_by=story.cause.id)
    story.tell("invoice.registered", f"Invoice wanted: {input_.kind}", kind=input_.kind, title=input_.title)
    return {}


def invoice_owed(state: OrderState) -> bool:
    """Whether the buyer of a paid order waits for their invoice."""
    invoice = state.invoice
    return invoice is not None and invoice.sent_at is None and state.closed_at is None and paid_for(state)


def ask_finance(state: OrderState, story: Story) -> None:
    """Once the order is paid, finance is asked for the invoice that is registered (S4-22)."""
    if state.invoice and invoice_owed(state):
        story.ask_for(ISSUE_INVOICE, matter=state.invoice.registered_by)


def _issue_refusals(context: OrderContext[object]) -> Iterable[Refusal]:
    state = context.state
    yield from _against_any(state)
    if state.invoice is None:
        yield Refusal(code="not_registered", message="No invoice was registered for this order.")
    if not paid_for(state):
        yield Refusal(code="not_paid", message="The order has not been paid, so there is nothing to invoice yet.")


def _issue(context: OrderContext[IssueInvoice], story: Story) -> dict[str, Any]:
    state, input_ = context.state, context.input
    assert state.invoice is not None, "refused above"
    state.invoice.sent_at, state.invoice.parcel = story.cause.at, f"{input_.carrier}/{input_.tracking_no}"
    story.tell("invoice.issued", f"The invoice is sent: {state.invoice.parcel}", **input_.model_dump())
    values = {"carrier": carrier_name(input_.carrier), "tracking_no": input_.tracking_no}
    story.send(SendToBuyer(template=MessageTemplate.INVOICE_SENT, values=values))
    return {}


def _still_to_issue(state: OrderState, item: WorkItem) -> bool:
    """A completed order's buyer still gets their invoice."""
    invoice = state.invoice
    return invoice is not None and invoice.registered_by == item.matter and not (invoice.sent_at or state.closed_at)


_REGISTER = ActionRule(
    name="register_invoice",
    title="Register an invoice",
    input=RegisterInvoice,
    roles=(Role.AGENT,),
    refusals=_register_refusals,
    take=_register,
    example={"kind": "company", "title": "广州某某服饰有限公司"},
)

_ISSUE = ActionRule(
    name="issue_invoice",
    title="Issue an invoice",
    input=IssueInvoice,
    roles=(Role.FINANCE, Role.OWNER),
    refusals=_issue_refusals,
    take=_issue,
    example={"carrier": "zto", "tracking_no": "ZT900"},
)

INVOICE_ACTIONS = (_REGISTER, _ISSUE)

INVOICE_TASK = TaskRule(name=ISSUE_INVOICE, needed=_still_to_issue, outcomes=(by_action("issued", _ISSUE),))
