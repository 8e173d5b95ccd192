"""Money sent by bank transfer: reported, looked for, booked once (S2-24..26)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.case.ledger import EntryKind, net
from domain.order.state import Source
from domain.roles import Role
from tests.domain.orders import at
from tests.domain.people import Worked


def reported(source: Source = Source.REMITTANCE, **options: str) -> Worked:
    """An order whose buyer said after an hour that they sent the money."""
    order = Worked(source=source)
    order.until(at(hours=1))
    order.act("report_remittance", Role.BUYER, amount="209.00", paid_at=at(minutes=50).isoformat(), **options)
    return order


@pytest.mark.rule("S2-24")
def test_finance_looks_for_the_money() -> None:
    """Nobody calls about payment meanwhile, and the order does not close as unpaid."""
    order = reported()
    assert order.open_tasks() == ["verify_remittance"]
    assert order.open_task("verify_remittance").group == "finance"
    assert order.deadline("payment").state == "paused"
    order.until(at(days=6))
    assert order.stage == "awaiting_payment"


@pytest.mark.rule("S2-24")
def test_finance_compares_amount_and_time() -> None:
    """What the buyer said of both is in the case, for whoever looks for the money."""
    (told,) = reported().told("remittance.reported")
    assert told == "Remittance of 209.00 yuan reported, sent 11 Nov 00:50 (China time)"


@pytest.mark.rule("S2-24")
def test_only_finance_says_that_money_arrived() -> None:
    """An agent cannot make an order paid by doing finance's task."""
    order = reported()
    assert order.not_done("verify_remittance", "received", Role.AGENT, amount="209.00") == ["forbidden"]
    assert order.stage == "awaiting_payment"


@pytest.mark.rule("S2-25")
def test_money_that_arrived_pays_the_order() -> None:
    """Booked once with what really arrived, and a memo says how much."""
    order = reported()
    order.until(at(days=4))
    order.done("verify_remittance", "received", Role.FINANCE, amount="209.00")
    assert (order.stage, order.state.paid_at()) == ("awaiting_shipment", at(days=4))
    assert net(order.state.ledger, EntryKind.PAYMENT) == Decimal("209.00")
    assert order.memos == ["已收到汇款金额209.00元"]
    assert order.deadline("payment").state == "met"


def test_less_than_is_owed_is_not_paid() -> None:
    """A part of it counts, the order still awaits the rest."""
    order = reported()
    order.done("verify_remittance", "received", Role.FINANCE, amount="100.00")
    assert (order.stage, order.state.paid) == ("awaiting_payment", Decimal("100.00"))


def test_money_that_is_not_there() -> None:
    """The buyer is asked for a proof; with one finance looks again, without one the order closes as unpaid."""
    order = reported()
    order.done("verify_remittance", "not_found", Role.FINANCE)
    assert order.open_tasks() == ["remittance_not_found"]
    order.done("remittance_not_found", "proof_sent")
    assert order.open_tasks() == ["verify_remittance"]
    order.done("verify_remittance", "not_found", Role.FINANCE)
    order.done("remittance_not_found", "not_paid")
    order.until(at(days=5))
    assert order.state.outcome == "unpaid"


@pytest.mark.parametrize(
    ("source", "paid", "code"),
    [(Source.SILENT, True, "already_paid"), (Source.CASH_ON_DELIVERY, False, "paid_at_the_door")],
)
def test_what_cannot_be_reported(source: Source, paid: bool, code: str) -> None:
    """There is nothing to look for when it is paid, or paid at the door."""
    order = Worked(source=source)
    if paid:
        order.pay()
    assert order.refused("report_remittance", amount="1.00", paid_at=at().isoformat()) == [code]


def test_a_transfer_lies_in_the_past() -> None:
    """Money that will be sent is not there to be found."""
    order = Worked(source=Source.REMITTANCE)
    assert order.refused("report_remittance", amount="1.00", paid_at=at(hours=1).isoformat()) == ["paid_in_future"]


@pytest.mark.rule("S2-26")
def test_the_buyer_hears_of_the_shipment_by_text_message() -> None:
    """With carrier and waybill; who paid online reads it on the marketplace."""
    order = reported()
    order.done("verify_remittance", "received", Role.FINANCE, amount="209.00")
    order.consign(when=at(hours=2))
    assert order.messages == ["remittance_shipped"]
    late = Worked()
    late.act("report_remittance", amount="209.00", paid_at=at().isoformat())
    late.done("verify_remittance", "received", Role.FINANCE, amount="209.00")
    late.consign(when=at(hours=2))
    assert late.messages == ["remittance_shipped"], "however it was ordered"
    online = Worked()
    online.pay()
    online.consign(when=at(hours=2))
    assert online.messages == []


@pytest.mark.rule("S2-25")
def test_goods_and_address_are_checked_once_the_money_is_there() -> None:
    """Presale checks them with the buyer, once; not while nothing has come, nor where they were checked since."""
    order = reported()
    assert order.open_tasks() == ["verify_remittance"]
    order.done("verify_remittance", "received", Role.FINANCE, amount="209.00")
    task = order.open_task("check_order")
    assert (task.group, task.variant) == ("presale", "remitted")
    order.done("check_order", "correct")
    order.until(at(hours=5))
    assert order.open_tasks() == []


def test_a_check_that_is_still_to_be_made_is_not_asked_for_twice() -> None:
    """Who inquired is to be asked already when the money comes; who was asked before it came, is asked again."""
    order = reported(source=Source.INQUIRY)
    order.done("verify_remittance", "received", Role.FINANCE, amount="209.00")
    assert order.open_task("check_order").variant == "inquiry"
    before = reported(source=Source.INQUIRY)
    before.done("check_order", "correct")
    before.until(before.now + timedelta(hours=1))
    before.done("verify_remittance", "received", Role.FINANCE, amount="209.00")
    assert before.open_task("check_order").variant == "remitted"


def test_money_that_is_reported_after_the_closing() -> None:
    """Finance looks for it all the same; what came is booked, and somebody says what becomes of the order."""
    order = Worked(source=Source.REMITTANCE)
    order.until(at(days=4))
    assert not order.state.open
    order.act("report_remittance", Role.BUYER, amount="209.00", paid_at=at(days=2).isoformat())
    assert (order.state.open, order.open_tasks()) == (True, ["verify_remittance"])
    order.done("verify_remittance", "received", Role.FINANCE, amount="209.00")
    assert (order.open_tasks(), net(order.state.ledger, EntryKind.PAYMENT)) == (["late_payment"], Decimal("209.00"))


def test_money_that_did_not_come_after_the_closing_either() -> None:
    """The order ends again."""
    order = Worked(source=Source.REMITTANCE)
    order.until(at(days=4))
    order.act("report_remittance", Role.BUYER, amount="209.00", paid_at=at(days=2).isoformat())
    order.done("verify_remittance", "not_found", Role.FINANCE)
    assert (order.state.open, order.open_tasks(), order.state.outcome) == (False, [], "unpaid")


def test_closed_while_finance_looks_for_the_money() -> None:
    """Their answer is still wanted: what came goes back, or the order is taken up again."""
    order = reported()
    order.act("close_unpaid", reason="memo:why", buyer_consent=True)
    assert (order.state.open, order.open_tasks()) == (True, ["verify_remittance"])
    order.done("verify_remittance", "received", Role.FINANCE, amount="100.00")
    assert ([payout.amount for payout in order.state.payouts], order.open_tasks()) == ([Decimal("100.00")], [])
