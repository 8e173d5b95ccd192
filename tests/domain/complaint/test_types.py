"""Each type of complaint from filing to its end, with what its own rules ask for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.order.money import money
from domain.order.state import OrderStage
from domain.roles import Role
from tests.domain.after_sale.made import paid, shipped, signed
from tests.domain.after_sale.trade import Trade
from tests.domain.complaint.complained import BUYER, Complaint, Type, complained, confirmed, faked
from tests.domain.orders import at, work


@pytest.mark.rule("S2-79")
@pytest.mark.parametrize("type_", list(Type))
def test_every_type_is_a_case_of_its_own(type_: Type) -> None:
    """Six types; each opens a numbered child that awaits the seller, and its order waits for it."""
    complaint = complained(type_)
    assert complaint.state.case_id == "complaint:demo:taobao:T1001:1"
    assert (complaint.state.type, complaint.stage) == (type_, "awaiting_seller")
    assert complaint.trade.state.has_open_child()
    assert complaint.view.stage == "awaiting_seller"
    complaint.answer()
    complaint.rule(upheld=False)
    assert complaint.ended == "dismissed"
    assert not complaint.trade.state.has_open_child()


@pytest.mark.parametrize("type_", list(Type))
def test_every_type_has_a_script_of_its_own(type_: Type) -> None:
    """Whoever answers reads what to do in this very matter, by the time that the answer is due."""
    complaint = complained(type_)
    task = complaint.task("answer_complaint")
    answering = work("answer_complaint")
    script = answering.script_for(task.variant)
    assert script != answering.script
    assert [answering.script_for(other) for other in Type].count(script) == 1
    assert task.due_at == complaint.deadline("seller_answer").due_at


@pytest.mark.rule("S2-82", "S4-69")
def test_a_fake_shipment_is_answered_and_withdrawn() -> None:
    """The seller brings waybill and the carrier's proof, is told to agree with the buyer, and the buyer withdraws."""
    complaint = complained(Type.FAKE_SHIPMENT)
    script = work("answer_complaint").script_for(complaint.task("answer_complaint").variant).en
    assert all(word in script for word in ("Call the carrier", "waybill", "evidence", "withdrawing"))
    complaint.answer(carrier="zto", tracking_no="ZT1")
    complaint.act("submit_evidence", kind="carrier_certificate", reference="memo:certificate")
    assert complaint.state.evidence == ["seller:waybill", "seller:carrier_certificate"]
    assert complaint.open_tasks() == ["agree_withdrawal"]
    complaint.act("withdraw", BUYER)
    assert (complaint.ended, complaint.open_tasks()) == ("withdrawn", [])
    assert complaint.view.upheld is None


@pytest.mark.rule("S2-81")
def test_no_trace_then_a_refund_then_a_complaint_about_lateness() -> None:
    """Refunded in time it is not late by itself; the complaint after it, upheld, makes it so, once."""
    trade = shipped_nowhere()
    assert (trade.stage, trade.state.open, trade.penalty) == (OrderStage.CLOSED, True, (0, "0.00"))
    complaint = Complaint(trade, Type.LATE_SHIPMENT)
    complaint.answer("out_of_stock")
    complaint.rule(upheld=True)
    assert trade.penalty == (3, "9.95")
    assert not trade.state.open


def test_a_refunded_fake_shipment_is_not_open_for_ever() -> None:
    """Nobody complains: the order ends when a return would be too late."""
    trade = shipped_nowhere()
    closed_at = trade.state.closed_at
    assert closed_at is not None
    trade.until(closed_at + timedelta(hours=167))
    assert trade.state.open
    trade.until(closed_at + timedelta(hours=168))
    assert (trade.state.open, trade.state.outcome, trade.penalty) == (False, "refunded", (0, "0.00"))


def test_a_refunded_order_that_is_punished_ends_at_once() -> None:
    """Asked for after the 72nd hour, the refund finds the shipment late already: nothing is left to complain of."""
    trade = faked()
    trade.ask("refund_only", reason="late").act("agree")
    assert (trade.stage, trade.state.open, trade.penalty) == (OrderStage.CLOSED, False, (3, "9.95"))


@pytest.mark.rule("S2-87")
def test_a_broken_promise_is_compensated() -> None:
    """Upheld, the ruled amount goes to the buyer and is booked under the rule; no points are."""
    complaint = complained(Type.BREACH_OF_PROMISE)
    complaint.answer("promise_kept")
    complaint.rule(upheld=True, amount="20.00")
    assert (complaint.ended, complaint.compensation) == ("upheld", "20.00")
    (entry,) = complaint.state.ledger
    assert (entry.rule, entry.debit, entry.credit) == ("S2-87", "merchant", "buyer")
    assert complaint.trade.penalty == (0, "0.00")


@pytest.mark.rule("S2-91", "S2-92")
def test_confirmed_by_timeout_and_not_received() -> None:
    """Before the trade counts as succeeded a refund is the way; after it, the complaint is."""
    trade = shipped()
    assert "too_soon" in trade.refused("file_complaint", BUYER, type="not_received")
    trade = confirmed()
    assert trade.stage == OrderStage.COMPLETED
    complaint = Complaint(trade, Type.NOT_RECEIVED)
    complaint.answer("lost_by_carrier")
    complaint.rule(upheld=True, amount="199.00")
    assert (complaint.ended, complaint.compensation) == ("upheld", "199.00")


@pytest.mark.rule("S2-94")
def test_a_lost_parcel_is_sent_again() -> None:
    """While the complaint is open seller and buyer agree on a reship, and the buyer withdraws when they have it."""
    trade = confirmed()
    complaint = Complaint(trade, Type.NOT_RECEIVED)
    request = trade.ask("reship", reason="not_received")
    request.act("agree")
    request.act("ship_replacement", Role.WAREHOUSE, carrier="zto", tracking_no="ZT2")
    complaint.answer("sent_again")
    request.act("confirm_replacement", BUYER)
    complaint.act("withdraw", BUYER)
    assert (complaint.ended, request.ended) == ("withdrawn", ("succeeded", "replaced"))


@pytest.mark.rule("S2-93")
def test_signed_for_by_a_stranger() -> None:
    """A parcel that counts as delivered may be complained of though receipt is not confirmed."""
    trade = signed()
    assert trade.stage == OrderStage.DELIVERED
    assert Complaint(trade, Type.NOT_RECEIVED).stage == "awaiting_seller"


def test_a_service_that_was_owed() -> None:
    """Upheld with an amount: the buyer gets it, and the order shows it as compensated."""
    complaint = complained(Type.CONSUMER_PROTECTION)
    complaint.answer("service_given")
    complaint.rule(upheld=True, amount="30.00")
    assert (complaint.ended, complaint.compensation) == ("upheld", "30.00")
    assert f"{money(complaint.trade.state).compensated:.2f}" == "30.00"


@pytest.mark.rule("S2-100", "S2-101")
def test_seven_days_also_after_the_trade_succeeded() -> None:
    """In the window the buyer may complain, though the seller is to call first; with the window over they may not."""
    trade = signed()
    trade.act("confirm_receipt", BUYER)
    complaint = Complaint(trade, Type.NO_REASON_RETURN)
    task = complaint.task("answer_complaint")
    assert "call the buyer first" in work("answer_complaint").script_for(task.variant).en
    complaint.act("withdraw", BUYER)
    Complaint(trade, Type.BREACH_OF_PROMISE)
    trade.until(at(days=9))
    assert trade.refused("file_complaint", BUYER, type="no_reason_return") == ["window_closed"]


def shipped_nowhere() -> Trade:
    """Said shipped, never scanned; refunded on a request from before the ship deadline."""
    trade = paid()
    trade.consign(when=at(hours=1))
    trade.until(at(hours=24))
    request = trade.ask("refund_only", reason="not_received")
    trade.until(at(hours=100))
    request.act("agree")
    return trade
