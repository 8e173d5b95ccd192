"""What a report is: its columns, its query in words, and the days that it is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection

from domain.times import CHINA

Cell = str | int | Decimal | date | None
"""What stands in a report; None where there is nothing to tell."""

Row = dict[str, Cell]
"""One line of a report, by the names of its columns."""


class Measure(StrEnum):
    """What a column holds: how it is written follows from this.

    `month` is `2026-11`, `hour` `2026-11-11 14:00`; `share` lies between 0 and 1, four places; `hours` have one place,
    `score` two.
    """

    TEXT = "text"
    DAY = "day"
    MONTH = "month"
    HOUR = "hour"
    COUNT = "count"
    YUAN = "yuan"
    SHARE = "share"
    HOURS = "hours"
    SCORE = "score"


class Codes(StrEnum):
    """Which codes stand in a column of texts, for whoever wants to show what people call them."""

    CARRIER = "carrier"
    CLOCK = "clock"
    REASON = "reason"
    SERVICE = "service"


class Title(NamedTuple):
    """A few words for people, in each language."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `name` for machines, `title` for people; `codes` where it holds some that have titles themselves."""

    name: str
    title: Title
    means: str
    measure: Measure = Measure.COUNT
    codes: Codes | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the China clock, the first and the last included."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        """When it begins."""
        return datetime.combine(self.first, time(), CHINA)

    @property
    def end(self) -> datetime:
        """When it is over; that moment is not in it."""
        return datetime.combine(self.last + timedelta(days=1), time(), CHINA)


@dataclass(frozen=True, slots=True)
class ShopReport:
    """A report of one shop.

    Attributes:
        query: what is counted, in words: which rows, by which time, how sums and shares are made.
        rules: the rule ids that it carries out.
        rows: answers it, in the order of its first columns.
    """

    name: str
    title: Title
    query: str
    rules: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Connection, str, Period], list[Row]]


def share(part: int, whole: int) -> Decimal | None:
    """A part of a whole, four places; None of nothing."""
    return _rounded(Decimal(part) / whole, "0.0001") if whole else None


def average(total: int, count: int) -> Decimal | None:
    """What it comes to for each, two places; None for none."""
    return _rounded(Decimal(total) / count, "0.01") if count else None


def percentile(values: Sequence[timedelta], percent: int) -> Decimal | None:
    """The value below which so many of a hundred lie, in hours with one place; None of none.

    Between two values it lies on the straight line, so that the 50th is the median.
    """
    if not values:
        return None
    ordered = sorted(values)
    below, rest = divmod((len(ordered) - 1) * percent, 100)
    above = min(below + 1, len(ordered) - 1)
    found = ordered[below] + (ordered[above] - ordered[below]) * rest / 100
    return _rounded(Decimal(found // timedelta(seconds=1)) / 3600, "0.1")


def _rounded(value: Decimal, places: str) -> Decimal:
    return value.quantize(Decimal(places), ROUND_HALF_UP)
