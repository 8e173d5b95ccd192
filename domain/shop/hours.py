"""When people are at work: groups' hours and holidays, people's shifts; what falls inside and what waits (S2-27).

All rules are about the clock of Asia/Shanghai; whatever zone a moment comes in, results are in UTC. No clock is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
)

from domain.intervals import Interval
from domain.invalid import InvalidValue
from domain.roles import Group
from domain.shop.calendar import is_day_off, is_make_up_day
from domain.times import CHINA

SEARCHED = timedelta(days=400)
"""How far ahead is looked for somebody at work: the same week of next year is in it."""
SHORTEST = timedelta(minutes=1)
"""What must be left of a call window for a call to be due in it."""

_MIDNIGHT, _DAY = timedelta(0), timedelta(days=1)


class Weekday(StrEnum):
    """The days of the week, Monday first."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


_WEEK = tuple(Weekday)


class OnHolidays(StrEnum):
    """Whether a group works on public holidays."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time; its end is no longer in it."""

    start: datetime
    end: datetime


class Setting(BaseModel):
    """A part of what a shop sets up about its people."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)


class Shift(Setting):
    """The same intervals on several days of the week."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1, examples=[["mon", "tue", "wed", "thu", "fri"]])]
    intervals: Annotated[tuple[Interval, ...], Field(min_length=1, max_length=12)]

    @field_validator("days")
    @classmethod
    def _each_once(cls, days: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
        if len(set(days)) < len(days):
            raise InvalidValue("names each day of the week once", "每个星期几只列一次")
        return days


Shifts = Annotated[tuple[Shift, ...], Field(max_length=50)]


def on(shifts: Sequence[Shift], weekday: Weekday) -> list[Interval]:
    """The intervals of a day of the week, those that touch or overlap made one; without shifts the whole day."""
    if not shifts:
        return [_WHOLE_DAY]
    found = (interval for shift in shifts if weekday in shift.days for interval in shift.intervals)
    merged: list[Interval] = []
    for one in sorted(found, key=lambda interval: interval.start):
        if merged and one.start <= merged[-1].end:
            merged[-1] = Interval(start=merged[-1].start, end=max(merged[-1].end, one.end))
        else:
            merged.append(one)
    return merged


_WHOLE_DAY = Interval(start=_MIDNIGHT, end=_DAY)


class GroupHours(Setting):
    """When a group works: in its shifts, round the clock where it has none, and on holidays or not.

    Attributes:
        holidays: `closed`: nobody works on public holidays, and on a Saturday that makes up for one they work as on a
            Friday, on such a Sunday as on a Monday.
    """

    shifts: Shifts = ()
    holidays: OnHolidays = OnHolidays.OPEN

    def weekday(self, day: date) -> Weekday | None:
        """As which day of the week the group works on that day; None: not at all."""
        own = _WEEK[day.weekday()]
        if self.holidays is OnHolidays.OPEN:
            return own
        if is_make_up_day(day):
            return Weekday.FRI if own is Weekday.SAT else Weekday.MON
        return None if is_day_off(day) else own

    def intervals(self, day: date) -> list[Interval]:
        """When it works on that day, the first interval first."""
        weekday = self.weekday(day)
        return [] if weekday is None else on(self.shifts, weekday)


_ALWAYS = GroupHours()


class WorkingHours(Setting):
    """The section `working-hours` of a shop's settings; a group without an entry is always at work."""

    groups: Mapping[Group, GroupHours] = Field(
        default={},
        examples=[{"aftersale": {"shifts": [{"days": ["mon"], "intervals": [{"from": "09:00", "to": "18:00"}]}]}}],
    )

    def of(self, group: Group) -> GroupHours:
        """A group's hours."""
        return self.groups.get(group, _ALWAYS)

    def at_work(self, group: Group, at: datetime) -> bool:
        """Whether the group works at that moment; at the end of an interval it has stopped."""
        now = at.astimezone(CHINA)
        return any(one.start <= now - midnight(now.date()) < one.end for one in self.of(group).intervals(now.date()))

    def due(self, group: Group, start: datetime, within: timedelta) -> datetime:
        """When a group has had that much working time, counted from `start`.

        Working time that runs out just when the group stops is due then, not when it starts again. Closed time puts
        the moment off by at most `SEARCHED`: what would be due later still is due at the last working moment before.
        """
        begin = start.astimezone(CHINA)
        latest = begin + within + SEARCHED
        left, last = within, latest
        for open_ in _open_windows(self.of(group), begin, latest):
            if left <= open_.end - open_.start:
                return (open_.start + left).astimezone(UTC)
            left, last = left - (open_.end - open_.start), open_.end
        return last.astimezone(UTC)

    def next_window(self, group: Group, windows: Sequence[Interval], after: datetime) -> Window:
        """What is next of the call windows and lies in the group's working time, at least `SHORTEST` long (S2-27).

        A window that runs at `after` counts from then on. Where the group is not at work in any window within
        `SEARCHED`, the next window counts all the same: buyers may be called then and at no other time, and a task
        that shows when they may is better than one that is never due.

        Raises:
            ValueError: there are no windows at all.
        """
        if not windows:
            raise ValueError("calls need a window")
        begin = after.astimezone(CHINA)
        found = _first(self.of(group), windows, begin) or _first(_ALWAYS, windows, begin)
        assert found, "a day holds every window"
        return found


def midnight(day: date) -> datetime:
    """The beginning of a day in China."""
    return datetime.combine(day, time.min, CHINA)


def _days(begin: datetime, until: datetime) -> Iterator[date]:
    return (begin.date() + timedelta(days=number) for number in range((until.date() - begin.date()).days + 1))


def _open_windows(hours: GroupHours, begin: datetime, until: datetime) -> Iterator[Window]:
    """When a group works between two moments, in order."""
    for day in _days(begin, until):
        for one in hours.intervals(day):
            start, end = max(begin, midnight(day) + one.start), min(until, midnight(day) + one.end)
            if start < end:
                yield Window(start, end)


def _first(hours: GroupHours, windows: Sequence[Interval], begin: datetime) -> Window | None:
    """The first part of a window in which the group works."""
    for day in _days(begin, begin + SEARCHED):
        for window in sorted(windows, key=lambda window: window.start):
            for one in hours.intervals(day):
                start = max(begin, midnight(day) + max(window.start, one.start))
                end = midnight(day) + min(window.end, one.end)
                if end - start >= SHORTEST:
                    return Window(start.astimezone(UTC), end.astimezone(UTC))
    return None
