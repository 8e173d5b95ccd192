"""What is learnt after an order's end comes to the same as if it had been learnt in time."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.case.ledger import totals
from domain.order.money import money
from domain.order.state import Source
from domain.parcels.journey import places
from tests.domain.after_sale.made import shipped
from tests.domain.order.histories import Happening, History, bounded, histories, in_order
from tests.domain.orders import PLACED, Order, at, line
from tests.domain.people import Worked

HOURS = 150
FAR = PLACED + timedelta(days=60)
"""Long after everything has ended by itself."""

SCANS = ("parcel.picked_up", "parcel.scanned", "parcel.out_for_delivery")
"""Facts that come to the same whenever they are learnt: what a carrier had when. A delivery moves receipt itself."""


def standing(order: Order) -> tuple[object, ...]:
    """Money and goods."""
    parcels = sorted(places(order.state.parcels), key=lambda place: place[0])
    return {kind: amount for kind, amount in totals(order.state.ledger).items() if amount}, parcels


def told_late(history: History, late: Sequence[Happening]) -> Order:
    """These facts after the end, one a day; the others as they happened."""
    numbers = {happening.number for happening in late}
    order = history.lived([(when, one) for when, one in in_order(history) if one.number not in numbers], FAR)
    assume(order.state.over)
    for day, happening in enumerate(late, 1):
        order.until(FAR + timedelta(days=day))
        before, ended, times = standing(order), not order.state.open, order.state.reopened
        order.deliver(happening.as_fact())
        changed, taken_up = standing(order) != before, order.state.reopened > times
        assert taken_up or not (ended and changed), "not changed without being taken up"
    order.until(FAR + timedelta(days=60))
    return order


@bounded
@given(history=histories(HOURS), data=st.data())
def test_scans_after_the_end(history: History, data: st.DataObject) -> None:
    """Any of them, in any order: ledger and goods are those of the order that learnt of them in time."""
    scans = [one for one in history.happenings if one.type in SCANS and _announced(history, one)]
    late = data.draw(st.lists(st.sampled_from(scans), unique_by=lambda one: one.number, min_size=1)) if scans else []
    assert standing(told_late(history, late)) == standing(history.lived(in_order(history), FAR))


def _announced(history: History, scan: Happening) -> bool:
    """A scan of a parcel that nobody announces reaches no case."""
    return any(one.type == "parcel.consigned" and one.parcel == scan.parcel for one in history.happenings)


@pytest.mark.parametrize("source", [Source.SILENT, Source.CASH_ON_DELIVERY])
def test_goods_that_turn_back_after_the_end_are_watched(source: Source) -> None:
    """Paid for and completed by timeout, but not with the buyer: somebody calls, then the way back is watched."""
    order = Worked(line("1", "43.30"), source=source)
    if source is Source.SILENT:
        order.pay()
    order.consign()
    order.scan("picked_up", when=at(hours=3))
    order.scan("signed", when=at(days=2))
    if source is Source.CASH_ON_DELIVERY:
        order.pay()
    order.until(at(days=40))
    assert (order.stage, order.state.open) == ("completed", False)
    order.scan("refused", when=at(days=40))
    assert order.open_tasks() == ["refused_parcel"]
    order.done("refused_parcel", "returning")
    order.until(at(days=42, hours=1))
    assert order.open_tasks() == ["tracking_stalled"]
    order.scan("returned", when=at(days=43))
    assert order.open_tasks() == ["parcel_exception"]
    assert order.state.open


@pytest.mark.parametrize("outcome", ["refund", "reship"])
def test_goods_that_are_back_after_the_end_are_settled(outcome: str) -> None:
    """Completed by timeout, ended, and then back with the shop: its buyer's time to ask binds the buyer alone."""
    trade = shipped()
    trade.until(at(days=40))
    assert (trade.stage, trade.state.open) == ("completed", False)
    trade.scan("returned", when=at(days=40))
    trade.done("parcel_exception", outcome)
    assert trade.open_tasks() == []
    assert f"{money(trade.state).refunded}" == ("209.00" if outcome == "refund" else "0.00")
    assert trade.state.open is (outcome == "reship")
