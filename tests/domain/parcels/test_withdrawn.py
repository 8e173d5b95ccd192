"""A report of a parcel is withdrawn: where it is, and what follows from that, is as if it had not been made."""

from tests.domain.after_sale.made import signed
from tests.domain.intercept.stopping import LATER, asked_back, on_its_way
from tests.domain.orders import at, shipped_order


def test_a_parcel_is_not_signed_for_after_all() -> None:
    """The order is in transit again, and its clocks with it; a report that nobody made changes nothing."""
    order = shipped_order()
    before = order.clock("auto_confirm")
    order.scan("signed", when=at(days=2), id_="sign-1")
    assert (order.stage, order.has("return_window")) == ("delivered", True)
    for event_id in ("sign-0", "sign-1"):
        stood = order.stage
        order.happened("parcel.withdrawn", {"carrier": "zto", "tracking_no": "ZT1", "event_id": event_id})
    assert (stood, order.stage) == ("delivered", "in_transit")
    assert (order.clock("auto_confirm"), order.clock("return_window")[0]) == (before, "cancelled")
    assert order.told("parcel.withdrawn") == ["zto/ZT1: a report of it was withdrawn"]
    order.scan("signed", when=at(days=3), id_="sign-2")
    assert order.clock("return_window") == ("running", at(days=10))


def test_a_return_is_on_its_way_after_all() -> None:
    """The seller's time to look at it begins when it really came."""
    trade = signed()
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.scan("signed", when=at(days=4))
    (mark,) = [one for one in ask.state.parcels[0].marks if one.says == "signed"]
    data = {"carrier": "yto", "tracking_no": "R1", "event_id": mark.by.id}
    ask.happened("parcel.withdrawn", data)
    ask.happened("parcel.withdrawn", data)
    assert [one.says for one in ask.state.parcels[0].marks] == []
    assert len(ask.told("parcel.withdrawn")) == 1


def test_a_parcel_that_is_stopped_is_not_signed_for_after_all() -> None:
    """The carrier's later answer is heard as if it had never been said."""
    trade = on_its_way(answer=LATER)
    (parcel,) = trade.stop(asked_back(trade))
    trade.reported("signed", when=at(hours=3))
    (mark,) = [one for one in parcel.state.parcel.marks if one.says == "signed"]
    trade.reported("withdrawn", when=at(hours=3.5), event_id=mark.by.id)
    parcel.answered(stopped=True, when=at(hours=4))
    assert parcel.stage == "intercepted"
