"""What an order makes of its parcels' journeys: lines follow parcels, and all clocks follow them."""

from __future__ import annotations

import pytest

from domain.order.shipping.handover import carried_by
from domain.order.state import OrderStage
from tests.domain.orders import at, line
from tests.domain.people import Worked


def on_its_way(*lines: str) -> Worked:
    """A paid order with a parcel for each line (one line, if none is named), all picked up after two hours."""
    order = Worked(*(line(name, "50.00") for name in lines or ("1",)))
    order.pay()
    for number in lines or ("1",):
        order.consign(f"ZT{number}", number, when=at(hours=1))
    for number in lines or ("1",):
        order.scan("picked_up", f"ZT{number}", when=at(hours=2))
    return order


def wrong(order: Worked, kind: str, parcel: str = "ZT1", *, days: float) -> None:
    order.happened("parcel.exception", {"carrier": "zto", "tracking_no": parcel, "kind": kind}, when=at(days=days))


@pytest.mark.parametrize("refusals", [1, 2])
def test_refused_and_delivered_after_all(refusals: int) -> None:
    """All clocks go on: its return window from the delivery, and receipt is confirmed by timeout."""
    order = on_its_way()
    for day in range(refusals):
        order.scan("refused", when=at(days=2 + day))
        assert order.deadline("auto_confirm").state == "paused"
    order.scan("signed", when=at(days=5))
    assert (order.stage, order.open_tasks()) == (OrderStage.DELIVERED, [])
    assert order.clock("return_window") == ("running", at(days=12))
    assert order.clock("auto_confirm") == ("running", at(days=13, hours=1))
    order.until(at(days=14))
    assert order.stage == OrderStage.COMPLETED


def test_each_refusal_is_somebodys_call() -> None:
    """Delivered again and refused again, it is asked about again; one call at a time."""
    order = on_its_way()
    order.scan("refused", when=at(days=2))
    order.scan("refused", when=at(days=2, hours=1))
    assert order.open_tasks() == ["refused_parcel"]
    order.done("refused_parcel", "redeliver")
    order.scan("refused", when=at(days=4))
    assert order.open_tasks() == ["refused_parcel"]


def test_what_came_back_is_signed_for_by_the_sender() -> None:
    """A later sign is the sender's own: nothing is delivered, and the task stays."""
    order = on_its_way()
    order.scan("refused", when=at(days=2))
    order.scan("returned", when=at(days=5))
    order.scan("signed", when=at(days=5, hours=1))
    order.until(at(days=40))
    assert (order.stage, order.has("return_window")) == (OrderStage.IN_TRANSIT, False)
    assert "parcel_exception" in order.open_tasks()


def test_a_line_that_came_back_is_never_confirmed() -> None:
    """Its task stays until it is refunded, though the other line's receipt is confirmed by timeout."""
    order = on_its_way("1", "2")
    order.scan("signed", "ZT1", when=at(days=2))
    order.scan("refused", "ZT2", when=at(days=2))
    order.scan("returned", "ZT2", when=at(days=4))
    order.until(at(days=30))
    assert [bool(each.receipt_confirmed_at) for each in order.state.lines] == [True, False]
    assert (order.stage, order.open_task("parcel_exception").variant) == (OrderStage.IN_TRANSIT, "back")
    order.refund("2")
    assert (order.stage, order.open_tasks()) == (OrderStage.COMPLETED, [])


def test_a_request_in_vain_leaves_the_goods_here() -> None:
    """The buyer asked, and withdrew: what came back is somebody's task again."""
    order = on_its_way()
    order.scan("returned", when=at(days=3))
    order.open_refund()
    assert order.open_tasks() == []
    order.open_refund(is_open=False)
    assert order.open_tasks() == ["parcel_exception"]


def test_returned_and_sent_again() -> None:
    """The line is with the parcel that carries it now, and has all its time; what becomes of the first is over."""
    order = on_its_way()
    order.scan("refused", when=at(days=2))
    order.scan("returned", when=at(days=4))
    order.consign("ZT9", when=at(days=5))
    assert order.open_tasks() == []
    assert [parcel.tracking_no for parcel in carried_by(order.state, order.line())] == ["ZT9"]
    assert order.clock("auto_confirm") == ("running", at(days=15))
    order.scan("picked_up", "ZT9", when=at(days=5, hours=1))
    order.scan("signed", "ZT9", when=at(days=7))
    order.scan("signed", "ZT1", when=at(days=8))
    assert (order.stage, order.clock("return_window")) == (OrderStage.DELIVERED, ("running", at(days=14)))


def test_sent_again_after_the_others_were_confirmed() -> None:
    """It has all its time from the day on which it left again."""
    order = on_its_way("1", "2")
    order.scan("returned", "ZT2", when=at(days=4))
    order.until(at(days=11))
    order.consign("ZT9", "2", when=at(days=12))
    order.scan("picked_up", "ZT9", when=at(days=12, hours=1))
    assert order.clock("auto_confirm") == ("running", at(days=22))
    order.until(at(days=23))
    assert order.stage == OrderStage.COMPLETED


def test_both_came_back() -> None:
    """Sent again and back again: the second is the task, and nobody has the goods."""
    order = on_its_way()
    order.scan("returned", when=at(days=4))
    order.consign("ZT9", "1", when=at(days=5))
    order.scan("returned", "ZT9", when=at(days=9))
    (task,) = order.state.open_work()
    assert (task.variant, task.values["tracking_no"]) == ("back", "ZT9")


@pytest.mark.parametrize("lines", [("1",), ("1", "2")])
def test_a_wrong_sign_before_the_true_one(lines: tuple[str, ...]) -> None:
    """The window counts from the true one; the task is over with it, and nothing ran meanwhile."""
    order = on_its_way(*lines)
    for number in lines:
        order.scan("signed", f"ZT{number}", when=at(days=2))
    assert order.clock("return_window") == ("running", at(days=9))
    wrong(order, "wrong_sign", days=3)
    assert (order.deadline("return_window").state, order.open_tasks()) == ("cancelled", ["parcel_exception"])
    order.scan("signed", when=at(days=5))
    assert (order.clock("return_window"), order.open_tasks()) == (("running", at(days=12)), [])


def test_a_wrong_sign_learnt_of_late() -> None:
    """The true one was known before it: the same."""
    order = on_its_way()
    order.scan("signed", when=at(days=2))
    order.scan("signed", when=at(days=5))
    wrong(order, "wrong_sign", days=3)
    assert order.clock("return_window") == ("running", at(days=12))


def test_lost_and_found() -> None:
    """A scan brings it to light: the task is over, receipt and tracking go on."""
    order = on_its_way()
    wrong(order, "lost", days=3)
    assert order.deadline("auto_confirm").state == "paused"
    order.scan("scanned", when=at(days=4))
    assert "parcel_exception" not in order.open_tasks()
    assert order.clock("auto_confirm") == ("running", at(days=11, hours=1))
    assert order.clock("tracking_stall", "zto/ZT1") == ("running", at(days=6))


def test_signed_before_it_was_said_to_be_shipped() -> None:
    """The seller's word came late: the carrier's own record counts."""
    order = Worked(line("1"))
    order.pay()
    order.until(at(days=3))
    order.consign(when=at(days=2, hours=1))
    order.scan("picked_up", when=at(hours=3))
    order.scan("signed", when=at(days=2))
    assert (order.stage, order.clock("return_window")) == (OrderStage.DELIVERED, ("running", at(days=9)))
