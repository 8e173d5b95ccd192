"""The clocks of a complaint: the seller's silence, the end of evidence, the daily look."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.case.deadline import DeadlineState
from tests.domain.complaint.complained import BUYER, Complaint, Type, complained
from tests.domain.orders import Order

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("type_", "rule", "within"),
    [
        (Type.LATE_SHIPMENT, "after_sale.answer_unshipped", timedelta(hours=48)),
        (Type.FAKE_SHIPMENT, "after_sale.answer_shipped", timedelta(days=5)),
    ],
)
def test_how_long_the_seller_has(type_: Type, rule: str, within: timedelta) -> None:
    """As long as for a request on the same goods; the deadline names the action that started it."""
    complaint = complained(type_)
    deadline = complaint.deadline("seller_answer")
    assert deadline.due_at - deadline.started_at == within
    assert (deadline.because.event_type, deadline.because.rule) == ("file_complaint", rule)


def test_silence_leaves_it_to_the_platform() -> None:
    """The seller who does not answer is not waited for; they may still bring evidence, not an answer."""
    complaint = complained(Type.LATE_SHIPMENT)
    due_at = complaint.deadline("seller_answer").due_at
    complaint.until(due_at - timedelta(seconds=1))
    assert complaint.stage == "awaiting_seller"
    assert complaint.against("rule") == ["wrong_stage"]
    complaint.until(due_at)
    assert (complaint.stage, complaint.clock("seller_answer")) == ("platform_intervention", DeadlineState.ELAPSED)
    assert "answer_complaint" not in complaint.open_tasks()
    assert (complaint.against("answer"), complaint.against("submit_evidence")) == (["wrong_stage"], [])


def test_answered_in_time() -> None:
    """The clock is met, and both sides' evidence has its own time from there."""
    complaint = complained(Type.BREACH_OF_PROMISE)
    complaint.until(complaint.trade.now + DAY)
    complaint.answer()
    assert (complaint.stage, complaint.clock("seller_answer")) == ("answered", DeadlineState.MET)
    evidence = complaint.deadline("evidence")
    assert (evidence.started_at, evidence.due_at) == (complaint.trade.now, complaint.trade.now + 3 * DAY)
    assert evidence.because.event_type == "answer"


def test_not_withdrawn_in_time_the_platform_decides() -> None:
    """With the evidence's time the time to agree is over too; withdrawing stays possible until the ruling."""
    complaint = complained(Type.BREACH_OF_PROMISE)
    complaint.answer()
    complaint.until(complaint.deadline("evidence").due_at)
    assert complaint.stage == "platform_intervention"
    assert complaint.against("submit_evidence", BUYER) == ["evidence_closed"]
    assert complaint.open_tasks() == []
    complaint.act("withdraw", BUYER)
    assert complaint.ended == "withdrawn"


@pytest.mark.rule("S4-67")
def test_a_daily_look_while_the_platform_decides() -> None:
    """One task a day, from the day the platform decides to the ruling."""
    complaint = complained(Type.BREACH_OF_PROMISE)
    complaint.answer()
    since = complaint.deadline("evidence").due_at
    complaint.until(since + 3 * DAY)
    looks = [item for item in complaint.state.work_items if item.type == "platform_follow_up"]
    assert [item.created_at - since for item in looks] == [DAY, 2 * DAY, 3 * DAY]
    assert [item.state for item in looks] == ["superseded", "superseded", "open"]
    complaint.rule(upheld=False)
    assert (complaint.ended, complaint.open_tasks()) == ("dismissed", [])
    assert complaint.clock("platform_follow_up") is DeadlineState.MET


@pytest.mark.parametrize("answered", [True, False])
def test_nothing_runs_in_an_ended_complaint(answered: bool) -> None:
    """Withdrawn before or after the answer: no clock and no task is left."""
    complaint = complained(Type.BREACH_OF_PROMISE)
    if answered:
        complaint.answer()
    complaint.act("withdraw", BUYER)
    assert complaint.state.running_deadlines() == []
    assert complaint.open_tasks() == []


def test_an_order_waits_for_its_complaint() -> None:
    """Completed and with its return window over, it stays open until the complaint has ended."""
    complaint = complained(Type.NO_REASON_RETURN)
    order: Order = complaint.trade
    order.act("confirm_receipt", BUYER)
    complaint.until(order.deadline("return_window").due_at + DAY)
    assert order.state.open
    complaint.rule(upheld=False)
    assert not order.state.open


def test_two_complaints_of_one_order() -> None:
    """Each has a number, clocks and an end of its own."""
    first = complained(Type.BREACH_OF_PROMISE)
    second = Complaint(first.trade, Type.CONSUMER_PROTECTION)
    assert second.state.case_id.endswith(":2")
    first.act("withdraw", BUYER)
    assert (first.ended, second.stage) == ("withdrawn", "awaiting_seller")


def test_a_withdrawal_that_was_agreed_on_and_does_not_come_is_asked_about_again() -> None:
    """The seller has not answered yet; answered, or withdrawn, nobody is asked."""
    complaint = complained(Type.CONSUMER_PROTECTION)
    complaint.trade.done_in(complaint.case, "answer_complaint", "withdrawal_agreed")
    (again,) = complaint.state.open_work()
    assert (again.type, again.variant) == ("answer_complaint", "consumer_protection")
    assert again.not_before == complaint.trade.now + DAY
    complaint.act("withdraw", BUYER)
    assert complaint.open_tasks() == []
