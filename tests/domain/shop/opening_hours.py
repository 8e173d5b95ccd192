"""Hours and shifts for the tests: office hours of the group after-sale, and hypothesis strategies for any others."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.intervals import Interval
from domain.roles import Group
from domain.shop.hours import GroupHours, OnHolidays, Shift, Weekday, WorkingHours
from domain.times import CHINA

GROUP = Group.AFTERSALE
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]
OFFICE = {
    "days": WEEKDAYS,
    "intervals": [{"from": "13:00", "to": "18:00"}, {"from": "09:00", "to": "12:00"}],
}


def hours(*shifts: Mapping[str, Any], holidays: str = "closed") -> WorkingHours:
    """The hours of the group after-sale; of no other."""
    return WorkingHours.model_validate({"groups": {GROUP: {"shifts": shifts, "holidays": holidays}}})


def interval(start: str, end: str) -> Interval:
    return Interval.model_validate({"from": start, "to": end})


def at(text: str) -> datetime:
    """`2026-10-01 09:00` on the China clock."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def _interval(ends: tuple[int, int]) -> Interval:
    first, last = sorted(ends)
    return Interval(start=timedelta(minutes=first), end=timedelta(minutes=last))


minutes = st.integers(0, 24 * 60)
intervals = st.tuples(minutes, minutes).filter(lambda ends: ends[0] != ends[1]).map(_interval)
shifts = st.builds(
    Shift,
    days=st.lists(st.sampled_from(Weekday), min_size=1, unique=True).map(tuple),
    intervals=st.lists(intervals, min_size=1, max_size=3).map(tuple),
)
group_hours = st.builds(
    GroupHours, shifts=st.lists(shifts, max_size=3).map(tuple), holidays=st.sampled_from(OnHolidays)
)
any_hours = st.builds(WorkingHours, groups=st.dictionaries(st.just(GROUP), group_hours))


def _moments(first: int, last: int) -> st.SearchStrategy[datetime]:
    begin, end = datetime(first, 1, 1, tzinfo=CHINA), datetime(last, 1, 1, tzinfo=CHINA)
    return st.timedeltas(timedelta(0), end - begin).map(lambda passed: begin + passed)


moments = st.one_of(_moments(2025, 2028), _moments(1995, 2250))
"""In years that the calendar knows, in years that it estimates, and in years of which it knows nothing."""
