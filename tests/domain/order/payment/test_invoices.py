"""Invoices: registered by an agent, issued by finance, told to the buyer."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.case.errand import SendToBuyer
from domain.errors import Forbidden
from domain.order.state import Source
from domain.partners.messages import SendMessage
from domain.roles import Role
from tests.domain.orders import Order, at, shipped_order
from tests.domain.people import Worked

FINANCE = Role.FINANCE
WANTED = {"kind": "company", "title": "memo:title"}
SENT = {"carrier": "zto", "tracking_no": "ZT900"}


def messages(order: Order) -> list[SendToBuyer]:
    return [pending.errand for pending in order.state.errands if isinstance(pending.errand, SendToBuyer)]


def invoiced() -> Order:
    """A shipped order whose invoice was registered."""
    order = shipped_order()
    order.act("register_invoice", **WANTED)
    return order


@pytest.mark.rule("S4-06", "S4-22")
def test_a_registered_invoice_is_a_task_for_finance() -> None:
    """As soon as the order is paid; before that nobody has anything to do."""
    order = Order()
    order.act("register_invoice", **WANTED)
    assert order.open_tasks() == []
    order.pay()
    assert order.open_tasks() == ["issue_invoice"]


@pytest.mark.rule("S4-22")
def test_a_second_registration_takes_the_place_of_the_first() -> None:
    """Finance has one task, the newest."""
    order = invoiced()
    order.act("register_invoice", kind="personal", title="memo:other")
    assert [item.state for item in order.state.work_items] == ["superseded", "open"]
    assert order.state.invoice is not None
    assert order.state.invoice.title == "memo:other"


@pytest.mark.rule("S4-23", "S4-24")
def test_the_buyer_is_told_the_waybill_that_finance_reports() -> None:
    """Once, in the words of the template; the task is settled."""
    order = invoiced()
    order.act("issue_invoice", FINANCE, **SENT)
    assert order.open_tasks() == []
    (told,) = messages(order)
    message = SendMessage(
        message_id="m1", merchant="demo", case_id="c", order_id="T1001", template=told.template, values=told.values
    )
    assert "中通" in message.text()
    assert "ZT900" in message.text()


@pytest.mark.rule("S4-23", "S4-24")
def test_the_task_is_done_with_the_waybill() -> None:
    """Done without it, nobody would be asked again, and the buyer would never hear."""
    order = Worked()
    order.act("register_invoice", **WANTED)
    order.pay()
    with pytest.raises(ValidationError):
        order.done("issue_invoice", "issued", FINANCE)
    order.done("issue_invoice", "issued", FINANCE, **SENT)
    assert (order.open_tasks(), len(messages(order))) == ([], 1)


@pytest.mark.rule("S4-23")
def test_only_finance_issues() -> None:
    """And only an agent registers."""
    order = invoiced()
    with pytest.raises(Forbidden):
        order.act("issue_invoice", Role.AGENT, **SENT)
    with pytest.raises(Forbidden):
        order.act("register_invoice", FINANCE, **WANTED)


def test_an_invoice_is_issued_once() -> None:
    """Neither again, nor under another title."""
    order = invoiced()
    order.act("issue_invoice", FINANCE, **SENT)
    assert order.against("issue_invoice", FINANCE) == ["already_issued"]
    assert order.against("register_invoice") == ["already_issued"]


def test_nothing_to_issue() -> None:
    """Every reason is named: nothing registered, nothing paid."""
    assert Order().against("issue_invoice", FINANCE) == ["not_registered", "not_paid"]


def test_cash_on_delivery_is_invoiced_at_the_door() -> None:
    """What is paid to the courier is paid when it is delivered."""
    order = Order(source=Source.CASH_ON_DELIVERY)
    order.act("register_invoice", **WANTED)
    order.consign(when=at(hours=1))
    order.scan("picked_up")
    assert "issue_invoice" not in order.open_tasks()
    order.scan("signed", when=at(days=1))
    assert "issue_invoice" in order.open_tasks()


def test_an_order_waits_for_its_invoice() -> None:
    """Completed and past its return window it stays open until finance, and whoever is above it, have sent it."""
    order = invoiced()
    order.scan("signed", when=at(days=1))
    order.until(at(days=60))
    assert (order.stage, order.state.open, order.open_tasks()) == ("completed", True, ["issue_invoice", "escalation"])
    order.act("issue_invoice", FINANCE, **SENT)
    assert not order.state.open


def test_a_refunded_order_is_not_invoiced() -> None:
    """Its task settles itself, and nothing is registered any more."""
    order = invoiced()
    order.refund()
    assert order.open_tasks() == []
    assert "already_closed" in order.against("register_invoice")
    assert "already_closed" in order.against("issue_invoice", FINANCE)
