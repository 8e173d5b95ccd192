"""Receipt is confirmed by timeout unit by unit: of a line, what came back or is in dispute holds up nothing else."""

from __future__ import annotations

from domain.roles import Role
from tests.domain.after_sale.made import paid, signed
from tests.domain.after_sale.trade import Trade
from tests.domain.order.test_units import places
from tests.domain.orders import at, line

ONE = [{"line_id": "1", "quantity": 1}]


def two_parcels(units: int) -> Trade:
    """All units of a line but one in a parcel that is signed for, the last one in another."""
    trade = paid(line("1", f"{30 * units}.00", quantity=units), freight="0.00")
    trade.consign("ZT1", units={"1": units - 1}, when=at(hours=1))
    trade.consign("ZT2", units={"1": 1}, when=at(hours=1))
    for parcel in ("ZT1", "ZT2"):
        trade.scan("picked_up", parcel, when=at(hours=2))
    trade.scan("signed", "ZT1", when=at(days=2))
    return trade


def test_a_unit_that_came_back_holds_up_no_other() -> None:
    """Its task stays until it is paid back; then the trade has succeeded with what was confirmed before."""
    trade = two_parcels(2)
    trade.scan("returned", "ZT2", when=at(days=3))
    trade.until(at(days=12))
    assert trade.deadline("auto_confirm").state == "elapsed"
    assert trade.told("auto_confirm.in_part") == ["Receipt confirmed by timeout, but for line 1"]
    assert (trade.stage, places(trade), "parcel_exception" in trade.open_tasks()) == (
        "in_transit",
        {"delivered": 1, "returned": 1},
        True,
    )
    trade.done("parcel_exception", "refund")
    trade.run_errands()
    assert (trade.stage, places(trade)) == ("completed", {"delivered": 1, "returned": 1})
    assert (str(trade.state.requests[0].refunded), "parcel_exception" in trade.open_tasks()) == ("30.00", False)


def test_a_unit_that_is_sent_again_gets_all_of_its_time() -> None:
    """The others were confirmed before it left."""
    trade = two_parcels(3)
    trade.scan("returned", "ZT2", when=at(days=3))
    trade.until(at(days=12))
    trade.consign("ZT3", units={"1": 1}, when=at(days=13))
    assert "parcel_exception" not in trade.open_tasks()
    assert (trade.stage, places(trade)) == ("in_transit", {"delivered": 2, "shipped": 1})
    assert trade.clock("auto_confirm") == ("running", at(days=23))
    trade.until(at(days=24))
    assert (trade.stage, places(trade)) == ("completed", {"delivered": 3})


def test_a_unit_in_dispute_holds_up_no_other() -> None:
    """It went back and is paid: nothing is left to confirm."""
    trade = signed(line("1", "90.00", quantity=3), freight="0.00")
    trade.until(at(days=6))
    ask = trade.ask("return_refund", reason="quality", lines=ONE)
    ask.act("agree")
    trade.until(at(days=11))
    assert (trade.stage, trade.deadline("auto_confirm").state) == ("delivered", "elapsed")
    ask.send_back()
    ask.inspect()
    assert (trade.stage, places(trade)) == ("completed", {"delivered": 2, "returned": 1})


def test_a_dispute_given_up_leaves_its_unit_the_rest_of_its_time() -> None:
    """What was left when it was asked for, from then on."""
    trade = signed(line("1", "90.00", quantity=3), freight="0.00")
    trade.until(at(days=6))
    ask = trade.ask("return_refund", reason="quality", lines=ONE)
    ask.act("agree")
    trade.until(at(days=12))
    ask.act("withdraw", Role.BUYER)
    left = at(days=10, hours=1) - at(days=6)
    assert trade.clock("auto_confirm") == ("running", at(days=12) + left)


def test_a_dispute_over_every_unit_stops_the_clock() -> None:
    """Also where two requests share the line."""
    trade = signed(line("1", "90.00", quantity=3), freight="0.00")
    trade.until(at(days=3))
    trade.ask("refund_only", reason="quality", lines=ONE)
    assert trade.deadline("auto_confirm").state == "running"
    trade.ask("refund_only", reason="quality", lines=[{"line_id": "1", "quantity": 2}])
    assert trade.deadline("auto_confirm").state == "paused"


def test_a_unit_sent_again_makes_up_for_no_other() -> None:
    """Three are lost, one is sent again: two are still somebody's task, and never confirmed."""
    trade = paid(line("1", "90.00", quantity=3), freight="0.00")
    trade.consign(when=at(hours=1))
    trade.scan("picked_up", when=at(hours=2))
    trade.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "lost"}, when=at(days=2))
    ask = trade.ask("reship", reason="not_received", lines=ONE)
    ask.act("agree")
    ask.send_replacement()
    assert places(trade) == {"shipped": 1, "lost": 2}
    ask.act("confirm_replacement", Role.BUYER)
    trade.until(at(days=30))
    assert (trade.stage, places(trade)) == ("in_transit", {"delivered": 1, "lost": 2})
    assert "parcel_exception" in trade.open_tasks()
    trade.done("parcel_exception", "refund")
    trade.run_errands()
    assert (str(trade.state.requests[1].refunded), places(trade)) == ("60.00", {"delivered": 1, "lost": 2})
    assert trade.stage == "completed"
