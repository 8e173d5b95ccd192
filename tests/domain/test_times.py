"""Times that come from outside."""

from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.times import Instant


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31T23:59:59-10:00",
        "0001-01-01T00:00:00+08:00",
        "2000-01-01T00:00:00+14:00",
        "2026-11-11T00:00:00",
        "2026-11-11",
        "1762790400",
        "２０２６-11-11T00:00:00Z",
        "2026-11-11T00:00:00+99:00",
        1762790400,
        1762790400.5,
        True,
        None,
    ],
)
def test_times_beyond_reckoning_are_refused(text: object) -> None:
    """A year far away in UTC, a time without a zone, or none as RFC 3339 writes it, is invalid input and no crash."""
    with pytest.raises(ValidationError):
        TypeAdapter(Instant).validate_python(text)


@pytest.mark.parametrize("text", ["2026-11-11T00:00:30+08:00", "2026-11-10t16:00:30z", "2026-11-10 16:00:30.000+00:00"])
def test_a_moment_is_kept_in_utc(text: str) -> None:
    """However its offset is written."""
    assert TypeAdapter(Instant).validate_python(text) == datetime(2026, 11, 10, 16, 0, 30, tzinfo=UTC)


def test_the_years_ends_are_in_utc() -> None:
    """The first and the last moment, wherever they are read."""
    read = TypeAdapter(Instant).validate_python
    assert read("1999-12-31T19:00:00-05:00").year == 2000
    assert read("2200-01-01T07:59:59+08:00").year == 2199
