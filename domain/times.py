"""Time as the rules need it: instants in UTC, and the China clock where a rule speaks of an hour or a day."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BeforeValidator, TypeAdapter

from domain.invalid import InvalidValue

CHINA = ZoneInfo("Asia/Shanghai")


YEARS = range(2000, 2200)
"""Times outside these are mistakes, and would leave no room to reckon with."""


FUTURE_TOLERANCE = timedelta(minutes=5)
"""How far ahead of us another's clock may be."""

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _instant(given: object) -> object:
    """A time as RFC 3339 writes it, or one that is read already, in UTC; there its year is looked at, once."""
    if isinstance(given, datetime) and given.tzinfo is UTC and given.year in YEARS:
        return given
    if isinstance(given, str) and _RFC_3339.fullmatch(given):
        given = datetime.fromisoformat(given.upper())
    if not isinstance(given, datetime):
        raise InvalidValue(
            "must be a time with its offset, such as 2026-11-11T00:00:30+08:00",
            "须为带时区的时间，例如 2026-11-11T00:00:30+08:00",
        )
    if given.tzinfo is None:
        return given  # to be refused
    # Within a day of the calendar's ends there may be no such moment in UTC.
    moment = given.astimezone(UTC) if given.year in range(YEARS.start - 1, YEARS.stop + 1) else given
    if moment.year not in YEARS:
        raise InvalidValue(
            f"the year must lie between {YEARS.start} and {YEARS.stop - 1}, in UTC",
            f"年份须在 {YEARS.start} 到 {YEARS.stop - 1} 之间（UTC）",
        )
    return moment


Instant = Annotated[AwareDatetime, BeforeValidator(_instant, json_schema_input_type=AwareDatetime)]
"""A moment with a zone, kept in UTC."""


def _day(given: object) -> object:
    """A day as RFC 3339 writes it, or one that is read already: no number of seconds, no time."""
    if isinstance(given, str) and _DAY.fullmatch(given):
        return date.fromisoformat(given)
    if type(given) is not date:
        raise InvalidValue("must be a day, such as 2026-11-11", "须为日期，例如 2026-11-11")
    return given


Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
"""A day of the calendar."""

_DURATION = TypeAdapter(timedelta)


def iso_duration(duration: timedelta) -> str:
    """`P3D` for three days, as it stands in timelines and deadline evidence."""
    return str(_DURATION.dump_python(duration, mode="json"))


def iso_instant(moment: datetime) -> str:
    """`2026-11-11T00:01:00Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def china_clock(moment: datetime) -> str:
    """`14 Nov 00:01` on the China clock: how English texts name a time."""
    local = moment.astimezone(CHINA)
    return f"{china_day(local)} {local:%H:%M}"


def china_day(day: date) -> str:
    """`14 Nov`."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def chinese_clock(moment: datetime) -> str:
    """`11月14日 00:01` on the China clock: how a buyer would write it."""
    local = moment.astimezone(CHINA)
    return f"{chinese_day(local)} {local:%H:%M}"


def chinese_day(day: date) -> str:
    """`11月14日`."""
    return f"{day.month}月{day.day}日"
