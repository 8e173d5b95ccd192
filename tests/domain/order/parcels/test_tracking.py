"""Tracking: does the carrier have the parcel, and does it move?"""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.case.deadline import DeadlineState
from domain.roles import Role
from tests.domain.orders import Order, at, line, shipped_order, work

ZT1 = "zto/ZT1"


def consigned() -> Order:
    """An order paid when placed and said shipped an hour later."""
    order = Order()
    order.pay()
    order.consign(when=at(hours=1))
    return order


@pytest.mark.rule("S2-80", "S2-81")
def test_said_shipped_but_no_trace() -> None:
    """Three days after the seller's word there is no scan: a suspected fake shipment, for somebody to look into."""
    order = consigned()
    assert order.clock("tracking_start", ZT1) == (DeadlineState.RUNNING, at(days=3, hours=1))
    order.until(at(days=3))
    assert "suspected_fake_shipment" not in order.open_tasks()
    order.until(at(days=3, hours=1))
    assert "suspected_fake_shipment" in order.open_tasks()
    assert order.deadline("tracking_start", ZT1).state is DeadlineState.ELAPSED


@pytest.mark.rule("S2-82")
def test_what_to_do_about_a_suspected_fake_shipment() -> None:
    """The task says: call the carrier with the waybill, keep the proof, talk to the buyer; shipped, or not."""
    order = consigned()
    order.until(at(days=3, hours=1))
    task = order.task("suspected_fake_shipment")
    suspected = work(task.type)
    assert tuple(suspected.outcomes_for(task.variant)) == ("shipped", "not_shipped")
    script = suspected.script_for(task.variant).en
    assert all(word in script for word in ("Call the carrier", "waybill", "proof", "buyer"))


@pytest.mark.rule("S2-80")
@pytest.mark.parametrize("status", ["picked_up", "scanned", "signed"])
def test_any_scan_is_a_trace(status: str) -> None:
    """The carrier's own record meets the clock."""
    order = consigned()
    order.scan(status, when=at(days=2))
    assert order.deadline("tracking_start", ZT1).state is DeadlineState.MET


@pytest.mark.parametrize("scanned", [at(hours=1), at(hours=20), at(days=3, hours=3)])
def test_the_suspicion_settles_itself_with_a_scan(scanned: datetime) -> None:
    """Learnt late or come late, even stamped with the very moment of the seller's word."""
    order = consigned()
    order.until(at(days=3, hours=4))
    assert "suspected_fake_shipment" in order.open_tasks()
    order.scan("picked_up", when=scanned)
    assert order.task("suspected_fake_shipment").state == "superseded"


def test_a_late_trace_does_not_meet_the_clock() -> None:
    """`met` says in time: the deadline stays elapsed, though the suspicion is over."""
    order = consigned()
    order.scan("picked_up", when=at(days=3, hours=2))
    assert order.deadline("tracking_start", ZT1).state is DeadlineState.ELAPSED


def test_late_evidence_of_a_trace_meets_the_clock() -> None:
    """A scan inside the three days, reported after them."""
    order = consigned()
    order.until(at(days=4))
    order.scan("picked_up", when=at(days=2))
    assert order.deadline("tracking_start", ZT1).state is DeadlineState.MET


def test_each_parcel_has_its_own_clock() -> None:
    """One parcel's scan says nothing of the other."""
    order = Order(line("1"), line("2"))
    order.pay()
    order.consign("ZT1", "1")
    order.consign("ZT2", "2")
    order.scan("picked_up", "ZT1")
    order.until(at(days=3, hours=1))
    suspected = order.task("suspected_fake_shipment")
    assert suspected.matter.startswith("zto/ZT2@")
    assert order.deadline("tracking_start", "zto/ZT2").state is DeadlineState.ELAPSED


@pytest.mark.rule("S2-56")
def test_no_news_for_two_days() -> None:
    """Somebody asks the carrier and tells the buyer."""
    order = shipped_order()
    assert order.clock("tracking_stall", ZT1) == (DeadlineState.RUNNING, at(days=2, hours=1))
    order.until(at(days=2))
    assert order.open_tasks() == []
    order.until(at(days=2, hours=1))
    assert order.open_tasks() == ["tracking_stalled"]
    deadline = order.deadline("tracking_stall", ZT1)
    assert (deadline.because.event_type, deadline.because.rule) == ("parcel.picked_up", "tracking.stall_after")


@pytest.mark.rule("S2-56")
def test_each_scan_gives_two_more_days() -> None:
    """The clock runs from the last scan."""
    order = shipped_order()
    order.scan("scanned", when=at(days=1))
    assert order.clock("tracking_stall", ZT1) == (DeadlineState.RUNNING, at(days=3))
    order.scan("scanned", when=at(hours=5))
    assert order.deadline("tracking_stall", ZT1).due_at == at(days=3), (
        "an older scan that is learnt late changes nothing"
    )


def test_a_parcel_that_moves_again() -> None:
    """The task settles itself, and what was heard above of its lateness; a new clock runs, and makes a new task."""
    order = shipped_order()
    order.scan("scanned", when=at(days=4))
    assert [(item.type, item.state) for item in order.state.work_items] == [
        ("tracking_stalled", "superseded"),
        ("escalation", "superseded"),
    ]
    deadline = order.deadline("tracking_stall", ZT1)
    assert (deadline.number, deadline.state, deadline.due_at) == (2, DeadlineState.RUNNING, at(days=6))
    order.until(at(days=6))
    assert order.open_tasks() == ["tracking_stalled"]
    assert [item.type for item in order.state.work_items].count("tracking_stalled") == 2


def test_a_scan_that_was_there_all_along() -> None:
    """Learnt after the clock had passed: the same clock runs again, from that scan."""
    order = shipped_order()
    order.until(at(days=2, hours=5))
    order.scan("scanned", when=at(days=2))
    deadline = order.deadline("tracking_stall", ZT1)
    assert (deadline.number, deadline.state, deadline.due_at) == (1, DeadlineState.RUNNING, at(days=4))
    assert order.open_tasks() == []


@pytest.mark.parametrize("status", ["signed", "returned"])
def test_a_parcel_that_has_arrived_does_not_stall(status: str) -> None:
    """Signed for or back with the seller: nothing more is waited for."""
    order = shipped_order()
    order.scan(status, when=at(days=1))
    order.until(at(days=6))
    assert order.deadline("tracking_stall", ZT1).state is DeadlineState.MET
    assert "tracking_stalled" not in [item.type for item in order.state.work_items]


def test_a_refused_parcel_is_on_its_way_back() -> None:
    """Somebody asks the buyer why, or those above hear of it; and it must keep moving until it is back."""
    order = shipped_order()
    order.scan("refused", when=at(days=1))
    assert order.open_tasks() == ["refused_parcel"]
    order.until(at(days=3))
    assert order.open_tasks() == ["refused_parcel", "escalation", "tracking_stalled"]


def test_a_lost_parcel_is_no_longer_tracked() -> None:
    """The carrier says it is lost: waiting for scans is over. What else goes wrong leaves the clock alone."""
    order = shipped_order()
    parcel = {"carrier": "zto", "tracking_no": "ZT1"}
    order.happened("parcel.exception", {**parcel, "kind": "weather"}, when=at(days=1))
    assert order.deadline("tracking_stall", ZT1).state is DeadlineState.RUNNING
    order.happened("parcel.exception", {**parcel, "kind": "lost"})
    assert order.deadline("tracking_stall", ZT1).state is DeadlineState.CANCELLED
    assert order.told("parcel.exception") == ["zto/ZT1: weather", "zto/ZT1: lost"]


def test_tracking_ends_with_the_order() -> None:
    """Receipt confirmed: nobody needs to chase the parcel, and open tasks about it settle."""
    order = shipped_order()
    order.until(at(days=3))
    assert order.open_tasks() == ["tracking_stalled"]
    order.scan("scanned")
    order.until(at(days=6))
    order.act("confirm_receipt", Role.BUYER)
    assert order.open_tasks() == []
    moving = shipped_order()
    moving.act("confirm_receipt", Role.BUYER)
    assert moving.deadline("tracking_stall", ZT1).state is DeadlineState.CANCELLED
    late = consigned()
    late.act("confirm_receipt", Role.BUYER)
    assert late.deadline("tracking_start", ZT1).state is DeadlineState.CANCELLED


def test_a_parcels_clocks_name_the_events_that_started_them() -> None:
    """The seller's word starts `tracking_start`, the latest scan `tracking_stall`, the signing the return window."""
    order = Order()
    order.pay()
    order.consign(id_="ship-1")
    order.scan("picked_up", when=at(hours=2), id_="scan-1")
    order.scan("signed", when=at(hours=30), id_="scan-2")
    named = {
        kind: (because.event_type, because.event_id)
        for kind, subject in (("tracking_start", "zto/ZT1"), ("tracking_stall", "zto/ZT1"), ("return_window", ""))
        if (because := order.deadline(kind, subject).because)
    }
    assert named == {
        "tracking_start": ("parcel.consigned", "ship-1"),
        "tracking_stall": ("parcel.signed", "scan-2"),
        "return_window": ("parcel.signed", "scan-2"),
    }
