"""Interceptions count in units too: as many as are asked for are enough, and what came back was never the buyer's."""

from __future__ import annotations

from domain.roles import Role
from tests.domain.after_sale.made import signed
from tests.domain.intercept.stopping import STOPPED, Stopping
from tests.domain.order.test_units import places
from tests.domain.orders import at, line

ONE = [{"line_id": "1", "quantity": 1}]


def test_one_unit_of_two_is_stopped() -> None:
    """Each is in a parcel of its own: with one stopped the refund goes, and the order lives on with the other."""
    trade = Stopping(line("1", "100.00", quantity=2), freight="0.00", answer=STOPPED)
    trade.pay()
    for parcel in ("ZT1", "ZT2"):
        trade.consign(parcel, units={"1": 1}, when=at(hours=1))
        trade.reported("picked_up", f"zto/{parcel}")
    ask = trade.ask("refund_only", reason="other", lines=ONE)
    trade.stop(ask, "zto/ZT2")
    trade.run_errands()
    assert (ask.stage, ask.got()) == ("succeeded", {"refund": "50.00"})
    assert places(trade) == {"shipped": 1, "returning": 1}
    trade.reported("returned", "zto/ZT2")
    trade.reported("signed", "zto/ZT1")
    assert (trade.stage, places(trade)) == ("delivered", {"delivered": 1, "returned": 1})
    assert "parcel_exception" not in trade.open_tasks()
    trade.until(at(days=12))
    assert trade.stage == "completed"


def test_what_did_not_come_back_takes_nothing_out_of_stock() -> None:
    """Two were reserved for an exchange and one came: one is sent, and the other is free again."""
    trade = signed(line("1", "90.00", quantity=3), freight="0.00")
    trade.warehouse.units = {"RED": 2}
    trade.set_up(exchange_stock={"reserve": True})
    ask = trade.ask("exchange", reason="wrong_item", wanted_sku="RED", lines=[{"line_id": "1", "quantity": 2}])
    assert trade.warehouse.free("RED") == 0
    ask.act("agree")
    ask.send_back()
    ask.act("inspect_return", Role.WAREHOUSE, conforming=True, lines=ONE)
    ask.send_replacement()
    trade.run_errands()
    assert (trade.warehouse.units, trade.warehouse.free("RED")) == ({"RED": 1}, 1)
