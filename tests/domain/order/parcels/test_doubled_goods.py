"""One unit that is said to be in two parcels at once is somebody's task: they say which one holds it."""

from __future__ import annotations

import pytest

from domain.case.work import WorkItem
from domain.errors import ActionRefused
from tests.domain.after_sale.made import paid, shipped, signed
from tests.domain.after_sale.trade import Trade
from tests.domain.order.test_units import places
from tests.domain.orders import at, line

HOUR = at(hours=2)


def doubled() -> Trade:
    """One unit in two parcels, neither of which the carrier has."""
    trade = paid()
    trade.consign("ZT1", "1", when=at(hours=1))
    trade.consign("ZT2", "1", when=HOUR)
    return trade


def asked(trade: Trade) -> list[WorkItem]:
    return [item for item in trade.state.work_items if item.type == "doubled_goods"]


def units(trade: Trade) -> dict[str, dict[str, int]]:
    """What each parcel carries now."""
    return {parcel.tracking_no: parcel.carries for parcel in trade.state.parcels}


def test_it_is_asked_about_at_once() -> None:
    """The parcel that left first carries it until somebody has looked."""
    trade = doubled()
    assert [item.matter for item in asked(trade)] == ["zto/ZT2"]
    assert units(trade) == {"ZT1": {"1": 1}, "ZT2": {}}
    assert places(trade) == {"shipped": 1}


def test_the_other_number_was_wrong() -> None:
    """This parcel carries it, and its scans count."""
    trade = doubled()
    trade.done("doubled_goods", "this_one")
    assert units(trade) == {"ZT1": {}, "ZT2": {"1": 1}}
    trade.scan("picked_up", parcel="ZT2", when=at(hours=3))
    trade.scan("signed", parcel="ZT2", when=at(days=2))
    assert (trade.stage, trade.open_tasks()) == ("delivered", [])


def test_this_number_was_wrong() -> None:
    """Nothing changes for the one that carries it."""
    trade = doubled()
    trade.done("doubled_goods", "other_one")
    assert (units(trade)["ZT1"], trade.open_tasks()) == ({"1": 1}, [])


def test_both_left() -> None:
    """One of them is stopped; signed for, the buyer is asked for it."""
    trade = doubled()
    trade.done("doubled_goods", "both_left")
    assert trade.open_tasks() == ["stop_parcel"]
    trade.scan("signed", parcel="ZT2", when=at(days=2))
    assert [item.variant for item in trade.state.open_work() if item.type == "stop_parcel"] == ["delivered"]


def test_one_unit_in_two_boxes() -> None:
    """That is all there is to it."""
    trade = doubled()
    trade.done("doubled_goods", "one_unit")
    trade.scan("picked_up", parcel="ZT2", when=at(hours=3))
    assert trade.open_tasks() == []


def test_what_the_carrier_has_did_leave() -> None:
    """No number that was scanned was wrong."""
    trade = doubled()
    trade.scan("picked_up", when=at(hours=3))
    with pytest.raises(ActionRefused, match="The carrier has zto/ZT1"):
        trade.done("doubled_goods", "this_one")


@pytest.mark.parametrize("what", ["lost", "returned"])
def test_it_is_over_once_the_other_is_gone(what: str) -> None:
    """The second parcel then carries what was sent again."""
    trade = doubled()
    if what == "lost":
        trade.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "lost"}, when=at(hours=1))
    else:
        trade.scan("returned", when=at(hours=1))
    assert [item.state for item in asked(trade)] == ["superseded"]


def test_more_units_than_are_left() -> None:
    """Two of three are out, and a parcel with two more is reported."""
    trade = paid(line("1", "300.00", quantity=3))
    trade.consign("ZT1", units={"1": 2}, when=at(hours=1))
    trade.consign("ZT2", units={"1": 2}, when=HOUR)
    assert "doubled_goods" in trade.open_tasks()


@pytest.mark.parametrize("again", [{"1": 1}, None], ids=["named", "unnamed"])
def test_a_parcel_that_is_reported_again(again: dict[str, int] | None) -> None:
    """The same number is the same parcel."""
    trade = paid()
    trade.consign("ZT1", units={"1": 1}, when=at(hours=1))
    trade.consign("ZT1", units=again, when=HOUR)
    assert trade.open_tasks() == []


def test_what_a_request_has_sent_is_no_second_one() -> None:
    """An exchange is sent in a parcel that the ERP reports as any other."""
    trade = signed()
    ask = trade.ask("exchange", reason="wrong_item", wanted_sku="RED")
    ask.act("agree")
    trade.consign("ZT2", "1", when=at(days=5))
    assert "doubled_goods" not in trade.open_tasks()


def test_a_second_parcel_after_the_goods_left() -> None:
    """Reported without its goods, it holds something all the same."""
    trade = shipped()
    trade.consign("ZT2", when=at(days=1))
    assert "doubled_goods" in trade.open_tasks()
