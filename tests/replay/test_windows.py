"""The time in which a fact must be reported: no clock of its case runs out between its time and its report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from replay.windows import ReportWindow
from tests.replay.lived import order, windows_of

PLACED = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def after(hours: float) -> datetime:
    return PLACED + timedelta(hours=hours)


def test_an_opening_may_wait_until_the_payment_deadline() -> None:
    """Three days: then the case would have to close, so it must be open by then."""
    assert windows_of(order("A1", PLACED)) == [ReportWindow(None, PLACED, after(72))]


def test_a_payment_may_wait_for_the_clock_it_starts_and_the_one_it_ends() -> None:
    """Paid after 20 hours, the alert is due 48 hours later; after 40, the payment deadline comes first."""
    assert windows_of(order("A1", PLACED, paid_at=after(20)))[1] == ReportWindow(None, after(20), after(68))
    assert windows_of(order("A1", PLACED, paid_at=after(40)))[1] == ReportWindow(None, after(40), after(72))


def test_a_pick_up_may_not_be_told_before_the_clocks_that_it_missed() -> None:
    """Paid at once and picked up after 80 hours: the ship deadline has passed at 72, the next clock is the stall's."""
    found = windows_of(order("A1", PLACED, paid_at=PLACED, picked_up_at=after(80)))
    assert found[-1] == ReportWindow(after(72), after(80), after(128))


def test_once_a_case_has_ended_nothing_is_urgent() -> None:
    """Closed as unpaid after three days, a payment on the fourth can be told at any time."""
    assert windows_of(order("A1", PLACED, paid_at=after(90)))[1] == ReportWindow(after(72), after(90), None)


def test_a_scan_of_a_parcel_that_was_announced_late_is_heard_with_the_announcement() -> None:
    """Picked up after 5 hours, said shipped after 60: the stall clock that starts then has run out at 53."""
    found = windows_of(order("A1", PLACED, paid_at=PLACED, consigned_at=after(60), picked_up_at=after(5)))
    assert [window.at for window in found[2:]] == [after(60), after(60)]
