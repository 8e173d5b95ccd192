"""What is done about one parcel's goods leaves those of another: what came back and what was lost are two matters."""

from __future__ import annotations

import pytest

from domain.case.work import WorkItem
from domain.order.money import money
from tests.domain.after_sale.made import paid
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.order.test_units import places
from tests.domain.orders import at, line


def back_and_lost(units: int = 2) -> Trade:
    """ZT1 came back, and ZT2 was lost after that; further units have not left."""
    trade = paid(line("1", f"{units * 30}.00", quantity=units), freight="0.00")
    for parcel in ("ZT1", "ZT2"):
        trade.consign(parcel, units={"1": 1}, when=at(hours=1))
        trade.scan("picked_up", parcel)
    trade.scan("refused", "ZT1", when=at(days=1))
    trade.scan("returned", "ZT1", when=at(days=1, hours=1))
    lost = {"carrier": "zto", "tracking_no": "ZT2", "kind": "lost"}
    trade.happened("parcel.exception", lost, when=at(days=1, hours=2))
    return trade


def about(trade: Trade, parcel: str) -> list[WorkItem]:
    """The open tasks about goods of a parcel that are to be sent again or paid back."""
    tasks = (item for item in trade.state.open_work() if item.type == "parcel_exception")
    return [item for item in tasks if item.matter.startswith(f"zto/{parcel}@")]


@pytest.mark.parametrize("units", [2, 3])
@pytest.mark.parametrize(("done", "left"), [("ZT1", "ZT2"), ("ZT2", "ZT1")])
def test_one_is_paid_back_and_the_other_is_left(units: int, done: str, left: str) -> None:
    """Whichever it is, and whatever has not left yet is still to be shipped."""
    trade = back_and_lost(units)
    trade.complete(about(trade, done)[0], "refund")
    assert f"{money(trade.state).refunded}" == "30.00"
    assert (len(about(trade, done)), len(about(trade, left))) == (0, 1)
    assert places(trade).get("not_shipped", 0) == units - 2
    trade.complete(about(trade, left)[0], "refund")
    assert (f"{money(trade.state).refunded}", about(trade, left)) == ("60.00", [])
    assert (trade.stage == "closed") is (units == 2)


@pytest.mark.parametrize(("done", "left"), [("ZT1", {"lost": 1}), ("ZT2", {"returned": 1})])
def test_one_is_sent_again_and_the_other_is_where_it_was(done: str, left: dict[str, int]) -> None:
    """The replacement takes the place of its own parcel's goods."""
    trade = back_and_lost()
    trade.complete(about(trade, done)[0], "reship")
    Request(trade, trade.state.requests[0].case_id).send_replacement("zto/ZT9")
    assert places(trade) == {"shipped": 1, **left}
