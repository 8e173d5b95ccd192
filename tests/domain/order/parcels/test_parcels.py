"""Parcels: what is in them, what their scans say, and which scans matter."""

from __future__ import annotations

import pytest

from domain.parcels.journey import Where, first_scan_at, journey, last_scan_at, status_of_parcel
from domain.parcels.scans import wakes
from domain.roles import Role
from tests.domain.orders import Order, at, line, shipped_order


def contents(order: Order) -> dict[str, list[str]]:
    """The lines in each parcel."""
    return {parcel.tracking_no: list(parcel.units) for parcel in order.state.parcels}


def three_lines() -> Order:
    """A paid order of three lines."""
    order = Order(line("1"), line("2"), line("3"))
    order.pay()
    return order


def test_no_lines_named_means_the_rest() -> None:
    """All that are in no parcel yet."""
    order = three_lines()
    order.consign("ZT1", "2")
    order.consign("ZT2")
    order.consign("ZT3")
    assert contents(order) == {"ZT1": ["2"], "ZT2": ["1", "3"], "ZT3": []}


def test_the_rest_is_what_was_left_when_it_was_consigned() -> None:
    """Two consignments learnt in the wrong order: the parcels hold what they held when they left."""
    order = three_lines()
    order.until(at(hours=6))
    order.consign("ZT2", when=at(hours=5))
    assert contents(order) == {"ZT2": ["1", "2", "3"]}
    order.consign("ZT1", "2", when=at(hours=4))
    assert contents(order) == {"ZT2": ["1", "3"], "ZT1": ["2"]}


def test_at_the_very_same_time_the_named_lines_come_first() -> None:
    """One batch, in any order."""
    order = three_lines()
    order.consign("ZT2")
    order.consign("ZT1", "2")
    assert contents(order) == {"ZT2": ["1", "3"], "ZT1": ["2"]}


def test_a_parcel_consigned_twice_holds_both() -> None:
    """It left when it was first said to."""
    order = three_lines()
    order.consign("ZT1", "1", when=at(hours=2))
    order.consign("ZT1", "3", when=at(hours=4))
    order.consign("ZT1", "1", when=at(hours=1))
    (parcel,) = order.state.parcels
    assert (parcel.units, parcel.consigned_at) == ({"1": 1, "3": 1}, at(hours=1))


def test_goods_that_the_order_does_not_have() -> None:
    """Told when the order was not open yet, it cannot be rejected: the timeline says what is strange."""
    order = three_lines()
    order.consign("ZT1", "1", "9")
    order.consign("ZT2", "8")
    order.consign("ZT3", units={"2": 4})
    assert contents(order) == {"ZT1": ["1"], "ZT2": [], "ZT3": ["2"]}
    assert order.told("parcel.consigned") == [
        "Said shipped: zto/ZT1 with line 1; The order has no line 9",
        "Said shipped: zto/ZT2 with line none; The order has no line 8",
        "Said shipped: zto/ZT3 with line 2; There is 1 unit of line 2 in the order, not 4",
    ]


def test_line_ids_alone_are_the_units_that_are_left() -> None:
    """Of a line whose other units left before, the rest; what is left of nothing is nothing."""
    order = Order(line("1", quantity=5), line("2", quantity=2))
    order.pay()
    order.consign("ZT1", units={"1": 2}, when=at(hours=1))
    order.consign("ZT2", "1", when=at(hours=2))
    order.consign("ZT3", units={"1": 1, "2": 1}, when=at(hours=3))
    order.consign("ZT4", when=at(hours=4))
    assert [parcel.units for parcel in order.state.parcels] == [{"1": 2}, {"1": 3}, {"2": 1}, {"2": 1}]


def test_what_came_back_can_be_sent_again() -> None:
    """It is in the parcel that carries it now, whether the carrier said that it came back before that or after."""
    order = shipped_order()
    order.scan("returned", when=at(days=4))
    order.consign("ZT2", "1", when=at(days=5))
    order.consign("ZT3", "1", when=at(days=2))
    assert [(parcel.tracking_no, parcel.units) for parcel in order.state.parcels] == [
        ("ZT1", {"1": 1}),
        ("ZT2", {}),
        ("ZT3", {"1": 1}),
    ]


def test_a_parcel_of_an_order_that_is_refunded_holds_its_goods() -> None:
    """It names none, and nothing was to leave: something did."""
    order = Order(line("1", quantity=2))
    order.pay()
    order.refund("1")
    order.consign("ZT1", when=at(hours=1))
    assert [parcel.units for parcel in order.state.parcels] == [{"1": 2}]


def test_what_was_refunded_and_leaves_all_the_same() -> None:
    """A parcel that names it holds it: what is not named stays."""
    order = Order(line("1", quantity=2), line("2"))
    order.pay()
    order.refund("1")
    order.consign("ZT1", when=at(hours=1))
    order.consign("ZT2", units={"1": 1}, when=at(hours=2))
    assert [parcel.units for parcel in order.state.parcels] == [{"2": 1}, {"1": 1}]
    assert (order.line("1").cancelled, order.line("1").to_ship) == (1, 1)


def test_the_rest_leaves_out_what_was_refunded() -> None:
    """A refunded line does not ship; one refunded after it left stays in its parcel."""
    order = three_lines()
    order.refund("1")
    order.consign("ZT1", when=at(hours=1))
    assert contents(order) == {"ZT1": ["2", "3"]}
    order.refund("2")
    order.consign("ZT2", "3", when=at(hours=2))
    assert contents(order) == {"ZT1": ["2", "3"], "ZT2": []}


def test_the_status_is_the_latest_scan() -> None:
    """By the carrier's time, not by when we learnt it."""
    order = shipped_order()
    order.scan("out_for_delivery", when=at(days=2))
    order.scan("scanned", when=at(days=1))
    (parcel,) = order.state.parcels
    assert status_of_parcel(parcel) == ("out_for_delivery", at(days=2))
    assert (first_scan_at(parcel), last_scan_at(parcel)) == (at(hours=1), at(days=2))


def test_a_scan_older_than_the_sellers_word_counts() -> None:
    """The carrier had it before the seller said so."""
    order = Order()
    order.pay()
    order.until(at(hours=6))
    order.consign()
    order.scan("picked_up", when=at(hours=2))
    (parcel,) = order.state.parcels
    assert (status_of_parcel(parcel)[0], first_scan_at(parcel)) == ("picked_up", at(hours=2))


def test_refused_and_returned_keep_their_times() -> None:
    """The first time each happened."""
    order = shipped_order()
    order.scan("refused", when=at(days=3))
    order.scan("returned", when=at(days=5))
    order.scan("returned", when=at(days=6))
    (parcel,) = order.state.parcels
    assert [(leg.where, leg.since) for leg in journey(parcel)[-2:]] == [
        (Where.COMING_BACK, at(days=3)),
        (Where.RETURNED, at(days=5)),
    ]


def test_a_scan_of_another_parcel_changes_nothing() -> None:
    """A fact that strayed here touches no parcel."""
    order = shipped_order()
    before = order.state.parcels[0].model_copy(deep=True)
    order.scan("signed", "ZT9")
    assert order.state.parcels == [before]
    order.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT9", "kind": "lost"})
    assert order.state.parcels == [before]


def test_a_changed_parcel_carries_its_version() -> None:
    """So that the store writes it again."""
    order = Order(line("1"), line("2"))
    order.consign("ZT1", "1")
    order.consign("ZT2", "2")
    order.scan("picked_up", "ZT1")
    assert [parcel.version for parcel in order.state.parcels] == [4, 3]
    order.consign("ZT2", "2", when=at())
    assert [parcel.version for parcel in order.state.parcels] == [4, 5]


def test_the_place_of_a_scan_is_told() -> None:
    """Where the parcel was; who signed is a reference at most."""
    order = shipped_order()
    data = {"carrier": "zto", "tracking_no": "ZT1", "location": "武汉", "signed_by": "memo:1"}
    order.happened("parcel.signed", data, when=at(days=2))
    told = next(told for told in order.state.story if told.type == "parcel.signed")
    assert told.data == {"carrier": "zto", "tracking_no": "ZT1", "location": "武汉"}
    assert (told.summary, told.actor.role) == ("zto/ZT1 signed for", Role.CARRIER)


@pytest.mark.parametrize(
    ("status", "first_scan", "watched", "matters"),
    [
        ("picked_up", False, False, True),
        ("signed", False, False, True),
        ("refused", False, False, True),
        ("returned", False, False, True),
        ("scanned", False, False, False),
        ("out_for_delivery", False, False, False),
        ("scanned", True, False, True),
        ("out_for_delivery", False, True, True),
    ],
)
def test_which_scans_wake_the_case(status: str, first_scan: bool, watched: bool, matters: bool) -> None:
    """Those that can change a stage or a deadline: four kinds, a parcel's first, and any while it stalls."""
    assert wakes(f"parcel.{status}", first_scan=first_scan, watched=watched) is matters
