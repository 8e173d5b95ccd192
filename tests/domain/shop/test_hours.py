"""Working hours: what counts, what pauses, and the windows in which buyers may be called."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.intervals import Interval
from domain.roles import Group
from domain.shop.hours import SEARCHED, Shift, WorkingHours
from domain.times import CHINA
from tests.domain.shop.opening_hours import (
    GROUP,
    OFFICE,
    WEEKDAYS,
    any_hours,
    at,
    hours,
    interval,
    intervals,
    moments,
)

CALLS = (interval("11:00", "12:00"), interval("16:00", "17:00"))
HOUR = timedelta(hours=1)
BLINK = timedelta(microseconds=1)
withins = st.timedeltas(timedelta(0), timedelta(days=30))


@pytest.mark.parametrize(
    ("start", "within", "due"),
    [
        ("2026-11-11 10:00", 1, "2026-11-11 11:00"),
        ("2026-11-11 11:30", 1, "2026-11-11 13:30"),
        ("2026-11-11 17:00", 1, "2026-11-11 18:00"),
        ("2026-11-11 17:30", 1, "2026-11-12 09:30"),
        ("2026-11-11 20:00", 0, "2026-11-12 09:00"),
        ("2026-11-13 17:00", 9, "2026-11-16 18:00"),
        ("2026-09-30 17:00", 2, "2026-10-08 10:00"),
        ("2026-10-09 17:00", 2, "2026-10-10 10:00"),
        ("2026-09-18 17:00", 2, "2026-09-20 10:00"),
    ],
)
def test_only_working_time_counts(start: str, within: int, due: str) -> None:
    """It pauses at noon, at night, over the weekend and in the Golden Week, and runs on make-up days."""
    assert hours(OFFICE).due(GROUP, at(start), within * HOUR) == at(due)


def test_a_group_without_an_entry_is_always_at_work() -> None:
    """Nothing pauses for it: that is how a shop begins, and what holidays `open` without shifts means too."""
    start = at("2026-10-01 03:00")
    for always, group in (
        (WorkingHours(), GROUP),
        (hours(OFFICE), Group.OWNER),
        (hours(holidays="open"), GROUP),
    ):
        assert always.at_work(group, start)
        assert always.due(group, start, 50 * HOUR) == start + 50 * HOUR


def test_hours_are_half_open() -> None:
    """Somebody is at work from the first moment of an interval, and no longer at its last."""
    office = hours(OFFICE)
    assert [
        office.at_work(GROUP, at(f"2026-11-11 {time}"))
        for time in ("08:59:59", "09:00", "11:59:59", "12:00", "13:00", "17:59:59", "18:00")
    ] == [False, True, True, False, True, True, False]
    assert office.at_work(GROUP, at("2026-11-11 09:00").astimezone(UTC))


def test_holidays_close_only_where_the_shop_says_so() -> None:
    """In the Golden Week a group that is open works by its shifts; make-up days are nothing special to it."""
    during, make_up = at("2026-10-01 10:00"), at("2026-10-10 10:00")
    assert (hours(OFFICE).at_work(GROUP, during), hours(OFFICE).at_work(GROUP, make_up)) == (False, True)
    open_ = hours(OFFICE, holidays="open")
    assert (open_.at_work(GROUP, during), open_.at_work(GROUP, make_up)) == (True, False)


def test_the_whole_golden_week_is_closed_also_to_those_who_work_weekends() -> None:
    """Its Sunday is part of it, though the calendar lists no day off for a Sunday."""
    every_day = hours({"days": [*WEEKDAYS, "sat", "sun"], "intervals": [{"from": "00:00", "to": "24:00"}]})
    assert [every_day.at_work(GROUP, at(f"2026-10-0{day} 10:00")) for day in range(1, 9)] == [False] * 7 + [True]


def test_a_make_up_day_counts_as_the_weekday_beside_it() -> None:
    """A Saturday as a Friday, a Sunday as a Monday."""
    shifts = [
        {"days": [day], "intervals": [{"from": start, "to": "18:00"}]}
        for day, start in (("mon", "08:00"), ("fri", "10:00"), ("sat", "12:00"), ("sun", "14:00"))
    ]
    group = hours(*shifts)
    for day, opens in (("2026-10-10", "10:00"), ("2026-09-20", "08:00"), ("2026-10-17", "12:00")):
        assert group.due(GROUP, at(f"{day} 00:00"), timedelta(0)) == at(f"{day} {opens}")


def test_a_night_shift_is_two_intervals() -> None:
    """To 24:00 and on from 00:00; time runs through midnight."""
    night = hours(
        {"days": ["fri"], "intervals": [{"from": "22:00", "to": "24:00"}]},
        {"days": ["sat"], "intervals": [{"from": "00:00", "to": "06:00"}]},
    )
    assert night.due(GROUP, at("2026-11-13 20:00"), 3 * HOUR) == at("2026-11-14 01:00")
    assert night.due(GROUP, at("2026-11-13 20:00"), 2 * HOUR) == at("2026-11-14 00:00")


def test_overlapping_shifts_count_once() -> None:
    """Two people at once make no hour longer."""
    both = hours(OFFICE, {"days": ["wed"], "intervals": [{"from": "11:00", "to": "14:00"}]})
    assert both.due(GROUP, at("2026-11-11 09:00"), 6 * HOUR) == at("2026-11-11 15:00")


def test_closed_time_puts_off_for_no_longer_than_is_looked_ahead() -> None:
    """An hour a week and a week of work to do: due at the last working moment within the time that is searched."""
    saturdays = hours({"days": ["sat"], "intervals": [{"from": "02:00", "to": "03:00"}]}, holidays="open")
    start, within = at("2026-11-09 00:00"), timedelta(days=7)
    due = saturdays.due(GROUP, start, within)
    assert due.astimezone(CHINA).strftime("%a %H:%M") == "Sat 03:00"
    assert start + within + SEARCHED - timedelta(days=7) < due <= start + within + SEARCHED


@pytest.mark.rule("S2-27")
@pytest.mark.parametrize(
    ("after", "start", "end"),
    [
        ("2026-11-11 10:00", "2026-11-11 11:00", "2026-11-11 12:00"),
        ("2026-11-11 11:20", "2026-11-11 11:20", "2026-11-11 12:00"),
        ("2026-11-11 11:59", "2026-11-11 11:59", "2026-11-11 12:00"),
        ("2026-11-11 11:59:01", "2026-11-11 16:00", "2026-11-11 17:00"),
        ("2026-11-11 17:00", "2026-11-12 11:00", "2026-11-12 12:00"),
    ],
)
def test_calls_are_due_from_11_to_12_and_from_16_to_17(after: str, start: str, end: str) -> None:
    """The window that runs with a minute left at least, else the next; in whatever order they are given."""
    for windows in (CALLS, CALLS[::-1]):
        window = WorkingHours().next_window(GROUP, windows, at(after))
        assert (window.start, window.end) == (at(start), at(end))


@pytest.mark.rule("S2-27")
@pytest.mark.parametrize(
    ("after", "start", "end"),
    [
        ("2026-11-11 10:00", "2026-11-11 11:30", "2026-11-11 12:00"),
        ("2026-11-11 12:00", "2026-11-11 16:00", "2026-11-11 16:30"),
        ("2026-09-30 16:30", "2026-10-08 11:30", "2026-10-08 12:00"),
        ("2026-10-09 17:00", "2026-10-10 11:30", "2026-10-10 12:00"),
    ],
)
def test_calls_wait_for_somebody_at_work(after: str, start: str, end: str) -> None:
    """Only the part of a window that lies in the group's hours; over the Golden Week, and on the make-up day."""
    window = hours({"days": WEEKDAYS, "intervals": [{"from": "11:30", "to": "16:30"}]}).next_window(
        GROUP, CALLS, at(after)
    )
    assert (window.start, window.end) == (at(start), at(end))


@pytest.mark.rule("S2-27")
def test_a_group_that_is_never_at_work_in_a_window_is_shown_the_plain_one() -> None:
    """The task has a due time that buyers can live with, rather than none."""
    night = hours({"days": WEEKDAYS, "intervals": [{"from": "00:00", "to": "06:00"}]})
    window = night.next_window(GROUP, CALLS, at("2026-10-01 11:30"))
    assert (window.start, window.end) == (at("2026-10-01 11:30"), at("2026-10-01 12:00"))
    with pytest.raises(ValueError, match="window"):
        night.next_window(GROUP, (), at("2026-10-01 11:30"))


@pytest.mark.rule("S2-27")
@given(any_hours, moments)
def test_no_call_is_due_outside_the_windows(group: WorkingHours, after: datetime) -> None:
    """Whatever the clock, the holiday and the hours: from 11 to 12 or from 16 to 17, a minute at least, not before."""
    window = group.next_window(GROUP, CALLS, after)
    assert window.start >= after
    assert window.end - window.start >= timedelta(minutes=1)
    start, last = window.start.astimezone(CHINA), (window.end - BLINK).astimezone(CHINA)
    assert start.hour == last.hour
    assert start.hour in (11, 16)
    assert last - start < HOUR


@given(any_hours, st.lists(intervals, min_size=1, max_size=3), moments)
def test_a_call_is_due_while_the_group_works_or_never_could_be(
    group: WorkingHours, windows: list[Interval], after: datetime
) -> None:
    """The window found lies whole in working time, and no part of one that comes sooner does; else none ever does."""
    found = group.next_window(GROUP, windows, after)
    if group.at_work(GROUP, found.start):
        assert group.due(GROUP, found.start, found.end - found.start) == found.end
    inside = [group.at_work(GROUP, found.start), group.at_work(GROUP, found.end - BLINK)]
    assert inside in ([True, True], [False, False])
    if inside == [False, False]:
        plain = WorkingHours().next_window(GROUP, windows, after)
        assert found == plain


@given(any_hours, moments, withins)
def test_nothing_is_due_in_closed_time(group: WorkingHours, start: datetime, within: timedelta) -> None:
    """A due time lies in working time or is the moment at which it ends, and never before the plain one."""
    due = group.due(GROUP, start, within)
    assert due >= start + within
    assert group.at_work(GROUP, due) or group.at_work(GROUP, due - BLINK)


@given(any_hours, moments, st.timedeltas(timedelta(0), timedelta(days=9)), withins, withins)
def test_who_starts_later_or_has_longer_is_not_due_sooner(
    group: WorkingHours, start: datetime, later: timedelta, one: timedelta, other: timedelta
) -> None:
    """Due times keep the order of their beginnings and of their lengths."""
    short, long = sorted((one, other))
    assert group.due(GROUP, start, short) <= group.due(GROUP, start, long)
    assert group.due(GROUP, start, short) <= group.due(GROUP, start + later, short)


@given(any_hours, moments, withins, withins)
def test_working_time_adds_up(group: WorkingHours, start: datetime, one: timedelta, other: timedelta) -> None:
    """Two terms one after the other end when their sum does, as far ahead as is looked."""
    whole, step = group.due(GROUP, start, one + other), group.due(GROUP, start, one)
    if whole < start + SEARCHED - timedelta(days=30):
        assert group.due(GROUP, step, other) in (whole, group.due(GROUP, whole, timedelta(0)))


@given(moments, withins)
def test_nothing_pauses_for_who_always_works(start: datetime, within: timedelta) -> None:
    """Without an entry the plain time is due."""
    assert WorkingHours().due(GROUP, start, within) == start + within


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"from": "12:00", "to": "09:00"}, "to"),
        ({"from": "12:00", "to": "12:00"}, "to"),
        ({"from": "9:00", "to": "12:00"}, "from"),
        ({"from": "09:00", "to": "24:01"}, "to"),
        ({"from": "09:00", "to": 720}, "to"),
        ({"from": "09:00"}, "to"),
    ],
)
def test_an_interval_ends_after_it_begins(wrong: dict[str, object], field: str) -> None:
    """On the clock from 00:00 to 24:00; what is wrong is named as it was written."""
    with pytest.raises(ValidationError) as refused:
        Interval.model_validate(wrong)
    assert {problem["loc"][0] for problem in refused.value.errors()} == {field}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"days": [], "intervals": [{"from": "09:00", "to": "12:00"}]}, "days"),
        ({"days": ["mon", "mon"], "intervals": [{"from": "09:00", "to": "12:00"}]}, "days"),
        ({"days": ["monday"], "intervals": [{"from": "09:00", "to": "12:00"}]}, "days"),
        ({"days": ["mon"], "intervals": []}, "intervals"),
    ],
)
def test_a_shift_has_days_and_intervals(wrong: dict[str, object], field: str) -> None:
    """Each day once."""
    with pytest.raises(ValidationError) as refused:
        Shift.model_validate(wrong)
    assert {problem["loc"][0] for problem in refused.value.errors()} == {field}


@given(any_hours)
def test_hours_are_read_back_as_they_were_written(group: WorkingHours) -> None:
    """Through JSON and through what the store keeps."""
    assert WorkingHours.model_validate_json(group.model_dump_json()) == group
    assert WorkingHours.model_validate(group.model_dump(mode="json")) == group
