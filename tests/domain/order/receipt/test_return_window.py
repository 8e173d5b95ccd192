"""The return window: seven days from the carrier's signed time; with it the case ends."""

from __future__ import annotations

import pytest

from domain.case.deadline import DeadlineState
from domain.order.state import OrderStage
from domain.roles import Role
from tests.domain.orders import Order, at, line, shipped_order
from tests.domain.people import Worked


@pytest.mark.rule("S2-96")
def test_168_hours_from_the_signed_time() -> None:
    """The carrier's time, however late we learn it."""
    order = shipped_order()
    order.until(at(days=3))
    order.scan("signed", when=at(days=2))
    deadline = order.deadline("return_window")
    assert (deadline.started_at, deadline.due_at) == (at(days=2), at(days=9))
    assert (deadline.because.event_type, deadline.because.rule, deadline.because.value) == (
        "parcel.signed",
        "after_sale.return_window",
        "PT168H",
    )


@pytest.mark.rule("S2-96")
def test_several_parcels_count_from_the_last() -> None:
    """Nothing runs before the last parcel is signed for."""
    order = Order(line("1"), line("2"))
    order.pay()
    for number in ("1", "2"):
        order.consign(f"ZT{number}", number)
    order.scan("signed", "ZT1", when=at(days=2))
    assert not order.has("return_window")
    order.scan("signed", "ZT2", when=at(days=4))
    assert order.deadline("return_window").due_at == at(days=11)


def test_a_line_that_has_not_left_keeps_it_from_running() -> None:
    """One line signed for, the other in no parcel yet: the goods have not been received."""
    order = Order(line("1"), line("2"))
    order.pay()
    order.consign("ZT1", "1")
    order.scan("signed", "ZT1", when=at(days=2))
    assert not order.has("return_window")


def test_an_earlier_signature_that_is_learnt_late_moves_it() -> None:
    """A parcel signed for more than once counts from the first time."""
    order = shipped_order()
    order.scan("signed", when=at(days=3))
    order.scan("signed", when=at(days=2))
    order.scan("signed", when=at(days=4))
    deadline = order.deadline("return_window")
    assert (deadline.due_at, [change.change for change in deadline.changes]) == (at(days=9), ["moved"])


def test_never_signed_it_runs_from_completion() -> None:
    """Confirmed by timeout without a signature; a signature learnt later prevails."""
    order = shipped_order()
    order.until(at(days=11))
    deadline = order.deadline("return_window")
    assert (deadline.due_at, deadline.because.event_type) == (at(days=17, hours=1), "order.completed")
    order.scan("signed", when=at(days=9))
    deadline = order.deadline("return_window")
    assert (deadline.due_at, deadline.because.event_type) == (at(days=16), "parcel.signed")


@pytest.mark.rule("S2-100")
def test_a_finished_trade_stays_open_for_after_sale() -> None:
    """Completed on the third day, the case ends when the seven days from signing have passed."""
    order = shipped_order()
    order.scan("signed", when=at(days=2))
    order.act("confirm_receipt", Role.BUYER)
    assert (order.stage, order.state.open) == (OrderStage.COMPLETED, True)
    order.until(at(days=8, hours=23))
    assert order.state.open
    order.until(at(days=9))
    assert not order.state.open
    assert order.deadline("return_window").state is DeadlineState.ELAPSED
    assert order.told("case.ended") == ["The case has ended: completed"]


@pytest.mark.rule("S2-62")
def test_after_signing_a_buyer_may_do_nothing() -> None:
    """The return window passes, later the timeout confirms: only then the case ends."""
    order = shipped_order()
    order.scan("signed", when=at(days=1))
    assert order.against("confirm_receipt", Role.BUYER) == [], "or confirm"
    order.until(at(days=9))
    assert (order.stage, order.state.open) == (OrderStage.DELIVERED, True)
    assert order.told("return_window.elapsed") == ["The return window has ended"]
    order.until(at(days=10, hours=1))
    assert (order.stage, order.state.open) == (OrderStage.COMPLETED, False)


def test_virtual_goods_run_from_completion() -> None:
    """Nobody signs for them."""
    order = Order(line(virtual=True))
    order.pay()
    order.consign()
    order.act("confirm_receipt", Role.BUYER)
    assert order.deadline("return_window").due_at == at(days=7)


def test_a_closed_order_has_none() -> None:
    """There was no trade, so there is nothing to return within a time."""
    order = Worked()
    order.consign()
    order.scan("signed", when=at(days=1))
    order.until(at(days=3))
    order.done("shipped_unpaid", "written_off", Role.FINANCE)
    assert order.deadline("return_window").state is DeadlineState.CANCELLED
