"""Confirming receipt by timeout: from the first consignment, put off by people, stopped by refunds and returns."""

from __future__ import annotations

import pytest

from domain.case.deadline import DeadlineState
from domain.order.state import OrderStage
from domain.roles import Role
from tests.domain.orders import Order, at, line, shipped_order
from tests.domain.people import Worked


@pytest.mark.rule("S2-92")
def test_receipt_is_confirmed_by_timeout() -> None:
    """Ten days after shipping, signed for or not; its clock has elapsed, for it was not the buyer who confirmed."""
    order = shipped_order()
    order.until(at(days=10))
    assert order.stage == OrderStage.IN_TRANSIT
    order.until(at(days=10, hours=1))
    assert (order.stage, order.state.outcome, order.state.completed_at) == (
        OrderStage.COMPLETED,
        "completed",
        at(days=10, hours=1),
    )
    assert order.deadline("auto_confirm").state is DeadlineState.ELAPSED
    assert order.told("order.completed") == ["Receipt confirmed by timeout"]


def test_a_buyer_who_confirms_meets_the_clock() -> None:
    """What it waited for happened in time."""
    order = shipped_order()
    order.act("confirm_receipt", Role.BUYER)
    order.until(at(days=11))
    assert order.deadline("auto_confirm").state is DeadlineState.MET


def test_what_is_not_paid_is_not_received() -> None:
    """Goods that left unpaid are finance's question until they are paid for or back: no timeout answers it."""
    order = Order(line("1"), line("2"))
    order.pay("0.01")
    order.consign(when=at(hours=1))
    order.scan("picked_up")
    assert order.refused("confirm_receipt", Role.BUYER) == ["not_paid"]
    order.until(at(days=20))
    assert (order.stage, order.state.open) == (OrderStage.AWAITING_PAYMENT, True)
    assert "shipped_unpaid" in order.open_tasks()


def test_goods_paid_for_late_are_received_as_long_after() -> None:
    """The clock stood still while nobody had paid; what the bank takes back then stops it no more."""
    order = Order()
    order.consign(when=at(hours=1))
    order.scan("picked_up")
    order.pay(when=at(days=4, hours=1))
    assert order.deadline("auto_confirm").due_at == at(days=14, hours=1)
    order.happened("payment.reversed", {"amount": "50.00", "reason": "disputed"}, when=at(days=5))
    assert order.deadline("auto_confirm").due_at == at(days=14, hours=1)
    order.pay("50.00", when=at(days=6))
    assert order.deadline("auto_confirm").due_at == at(days=14, hours=1)


def test_it_runs_from_the_first_consignment() -> None:
    """By the time of the seller's word, whichever was learnt first; the evidence names that event."""
    order = Order(line("1"), line("2"))
    order.pay()
    order.until(at(hours=30))
    order.consign("ZT2", "2", when=at(hours=20))
    order.consign("ZT1", "1", when=at(hours=10), id_="ship-1")
    deadline = order.deadline("auto_confirm")
    assert (deadline.due_at, deadline.because.event_id) == (at(days=10, hours=10), "ship-1")


@pytest.mark.rule("S4-19", "S4-43", "S2-92")
def test_the_seller_puts_it_off() -> None:
    """When goods take long: 3, 5, 7 or 10 days more, more than once, and the timeout does not confirm before."""
    order = shipped_order()
    assert order.act("extend_receipt", days=5) == {"days": 5}
    order.act("extend_receipt", Role.OWNER, days=10)
    deadline = order.deadline("auto_confirm")
    assert deadline.due_at == at(days=25, hours=1)
    assert [(change.change, change.amount, change.by) for change in deadline.changes] == [
        ("extended", "P5D", "extend_receipt"),
        ("extended", "P10D", "extend_receipt"),
    ]
    order.until(at(days=25))
    assert order.stage == OrderStage.IN_TRANSIT
    order.until(at(days=25, hours=1))
    assert order.stage == OrderStage.COMPLETED


def test_the_buyer_puts_it_off_once() -> None:
    """By the edition's days; the seller's own extensions do not count against it."""
    order = shipped_order()
    order.act("extend_receipt", days=7)
    order.act("extend_receipt", Role.BUYER, days=3)
    assert order.deadline("auto_confirm").due_at == at(days=20, hours=1)
    assert order.refused("extend_receipt", Role.BUYER, days=3) == ["already_extended"]
    assert order.refused("extend_receipt", days=3) == []


def test_an_extension_moves_no_other_clock() -> None:
    """Tracking and shipping go on as they were."""
    order = shipped_order()
    before = {d.kind: d.due_at for d in order.state.deadlines if d.kind != "auto_confirm"}
    order.act("extend_receipt", days=3)
    assert {d.kind: d.due_at for d in order.state.deadlines if d.kind != "auto_confirm"} == before


def test_an_open_refund_stops_it() -> None:
    """It goes on when the refund is closed, later by as long as it stood."""
    order = shipped_order()
    order.until(at(days=5))
    order.open_refund()
    assert order.deadline("auto_confirm").state is DeadlineState.PAUSED
    order.until(at(days=15))
    assert order.stage == OrderStage.IN_TRANSIT
    order.open_refund(is_open=False)
    assert order.clock("auto_confirm") == (DeadlineState.RUNNING, at(days=20, hours=1))
    assert [(change.change, change.amount) for change in order.deadline("auto_confirm").changes] == [
        ("paused", None),
        ("resumed", "P10D"),
    ]


def test_extended_while_it_stands_still() -> None:
    """Both count once it goes on."""
    order = shipped_order()
    order.open_refund()
    order.act("extend_receipt", days=5)
    order.until(at(days=2, hours=1))
    order.open_refund(is_open=False)
    assert order.deadline("auto_confirm").due_at == at(days=17, hours=1)


@pytest.mark.parametrize("status", ["refused", "returned"])
def test_goods_that_come_back_are_not_confirmed(status: str) -> None:
    """There is no receipt to confirm by timeout."""
    order = shipped_order()
    order.scan(status, when=at(days=3))
    order.until(at(days=30))
    assert (order.stage, order.deadline("auto_confirm").state) == (OrderStage.IN_TRANSIT, DeadlineState.PAUSED)


def test_one_refused_parcel_of_two_is_left_out() -> None:
    """The other one's receipt is still confirmed by timeout; the trade has succeeded when the rest is paid back."""
    order = Order(line("1"), line("2"))
    order.pay()
    for number in ("1", "2"):
        order.consign(f"ZT{number}", number)
        order.scan("picked_up", f"ZT{number}")
    order.scan("refused", "ZT1", when=at(days=2))
    order.until(at(days=10))
    assert [bool(each.receipt_confirmed_at) for each in order.state.lines] == [False, True]
    assert order.stage == OrderStage.IN_TRANSIT
    order.refund("1")
    assert order.stage == OrderStage.COMPLETED


def test_lines_that_never_left_are_not_confirmed() -> None:
    """The clock passes with a line unshipped: it waits, and runs anew from that line's consignment."""
    order = Order(line("1"), line("2"))
    order.pay()
    order.consign("ZT1", "1")
    order.until(at(days=12))
    assert order.stage == OrderStage.AWAITING_SHIPMENT
    assert order.told("auto_confirm.waits") == ["Not confirmed by timeout: some lines have not been shipped yet"]
    assert order.deadline("auto_confirm").state is DeadlineState.ELAPSED
    order.consign("ZT2", "2", id_="ship-2")
    deadline = order.deadline("auto_confirm")
    assert (deadline.number, deadline.due_at, deadline.because.event_id) == (2, at(days=22), "ship-2")
    order.until(at(days=22))
    assert order.stage == OrderStage.COMPLETED


def test_an_extension_while_it_waits_counts_when_it_runs_anew() -> None:
    """Nothing runs before the last line is consigned; then the extension is added."""
    order = Order(line("1"), line("2"))
    order.pay()
    order.consign("ZT1", "1")
    order.until(at(days=12))
    order.act("extend_receipt", days=5)
    order.act("add_memo", text="memo:1")
    assert order.clock("auto_confirm") == (DeadlineState.ELAPSED, at(days=10))
    order.consign("ZT2", "2", when=at(days=14))
    assert order.clock("auto_confirm") == (DeadlineState.RUNNING, at(days=29))


def test_all_said_shipped_in_time_is_confirmed_from_the_first() -> None:
    """A second parcel does not put the clock off."""
    order = Order(line("1"), line("2"))
    order.pay()
    order.consign("ZT1", "1")
    order.consign("ZT2", "2", when=at(days=9))
    order.until(at(days=10))
    assert order.stage == OrderStage.COMPLETED


def test_a_closed_order_has_no_receipt() -> None:
    """Consigned after the closing, it starts no clock."""
    order = Order()
    order.until(at(days=3))
    order.consign()
    assert not order.has("auto_confirm")


def test_closing_cancels_it() -> None:
    """Consigned and never paid, and written off: with the order the clock ends."""
    order = Worked()
    order.consign()
    order.until(at(days=3))
    order.done("shipped_unpaid", "written_off", Role.FINANCE)
    assert order.deadline("auto_confirm").state is DeadlineState.CANCELLED
