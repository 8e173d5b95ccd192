"""The kinds of value an edition holds, and how they read in JSON."""

from __future__ import annotations

import re
from datetime import time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Annotated, Self

from pydantic import AfterValidator, Field, PlainSerializer, PlainValidator, WithJsonSchema

from domain.intervals import Interval
from domain.invalid import InvalidValue

_ISO = re.compile(r"P(?:(\d+)W|(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)", re.ASCII)
_HOUR_MINUTE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
# Far beyond any marketplace term, yet adding it to a date never overflows.
_LONGEST = timedelta(days=3650)


class Duration(timedelta):
    """A length of time that remembers how it was written: ``str(Duration("P3D"))`` is ``P3D``, not ``PT72H``.

    It adds to and compares with dates and other timedeltas as usual; arithmetic gives plain timedeltas.
    Only weeks, days, hours, minutes and seconds are allowed, since months and years have no fixed length.

    Raises:
        ValueError: The text is no such ISO 8601 duration, or it is longer than ten years.
    """

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Self:
        """The duration that the text says."""
        match = _ISO.fullmatch(text)
        if match is None:
            raise InvalidValue(
                "must be an ISO 8601 duration such as P3D or PT72H", "须为 ISO 8601 时长，例如 P3D 或 PT72H"
            )
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        try:
            self = super().__new__(cls, weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        except OverflowError:
            raise InvalidValue("must not be longer than ten years", "不能超过十年") from None
        if self > _LONGEST:
            raise InvalidValue("must not be longer than ten years", "不能超过十年")
        self.text = text
        return self

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Duration({self.text!r})"

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (self.text,)


def _duration(raw: object) -> Duration:
    return raw if isinstance(raw, Duration) else Duration(raw if isinstance(raw, str) else "")


def _positive(duration: Duration) -> Duration:
    if not duration:
        raise InvalidValue("must be longer than nothing", "须大于零")
    return duration


def _rate(raw: object) -> Decimal:
    """A number told as text, an integer or a decimal; a float (from JSON) is taken as it prints."""
    try:
        rate = Decimal(str(raw))
    except InvalidOperation:
        raise ValueError("must be a number such as 0.05") from None
    if not rate.is_finite() or not 0 <= rate <= 1:
        raise ValueError("must be between 0 and 1")
    return rate


def _time_of_day(raw: object) -> time:
    if isinstance(raw, time) and raw == time(raw.hour, raw.minute):
        return raw
    match = _HOUR_MINUTE.fullmatch(raw) if isinstance(raw, str) else None
    if match is None:
        raise ValueError("must be a time of day such as 16:00")
    return time(int(match[1]), int(match[2]))


def _days(days: tuple[int, ...]) -> tuple[int, ...]:
    if not days:
        raise ValueError("must hold at least one number of days")
    if list(days) != sorted(set(days)):
        raise ValueError("must be in ascending order, each number of days once")
    return days


LengthOfTime = Annotated[
    Duration,
    PlainValidator(_duration),
    PlainSerializer(str, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "duration", "examples": ["P3D"]}),
]
"""A duration that may be nothing (``PT0S``)."""

Term = Annotated[LengthOfTime, AfterValidator(_positive)]
"""A duration within which something must happen; never nothing."""

Rate = Annotated[
    Decimal,
    PlainValidator(_rate),
    PlainSerializer(float, return_type=float, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1, "examples": [0.05]}),
]
"""A share from 0 to 1."""

TimeOfDay = Annotated[
    time,
    PlainValidator(_time_of_day),
    PlainSerializer(lambda at: at.strftime("%H:%M"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d\d:\d\d$", "examples": ["16:00"]}),
]
"""A time of day in Asia/Shanghai, hours and minutes."""

Count = Annotated[int, Field(strict=True, ge=0, le=1000)]
"""A whole number of points or times."""

Days = Annotated[tuple[Annotated[int, Field(strict=True, ge=1, le=365)], ...], AfterValidator(_days)]
"""Numbers of days to choose from, ascending; at least one."""

Flag = Annotated[bool, Field(strict=True)]

Name = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
"""A carrier or category, in lower case."""

Windows = Annotated[tuple[Interval, ...], Field(min_length=1, max_length=12)]
"""Parts of the day, on the clock of Asia/Shanghai."""

Names = Annotated[tuple[Name, ...], Field(max_length=100)]
