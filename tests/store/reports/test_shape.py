"""Days, shares and percentiles of reports."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from store.reports.shape import Period, average, percentile, share

LENGTHS = st.lists(st.timedeltas(timedelta(), timedelta(days=400)), min_size=1, max_size=30)


def hours(*values: float) -> list[timedelta]:
    return [timedelta(hours=value) for value in values]


def test_a_period_goes_from_midnight_to_midnight_in_china() -> None:
    """Both days whole: sixteen o'clock UTC is midnight."""
    period = Period(date(2026, 11, 11), date(2026, 11, 12))
    assert period.start == datetime(2026, 11, 10, 16, tzinfo=UTC)
    assert period.end == datetime(2026, 11, 12, 16, tzinfo=UTC)


def test_percentiles_lie_on_the_line_between_two_values() -> None:
    """The median of four, the ninetieth of eleven and of two, one alone, and none."""
    assert percentile(hours(8, 1, 2, 4), 50) == Decimal("3.0")
    assert percentile(hours(*range(11)), 90) == Decimal("9.0")
    assert percentile(hours(0, 10), 90) == Decimal("9.0")
    assert percentile(hours(7), 90) == Decimal("7.0")
    assert percentile([], 50) is None


@given(LENGTHS)
def test_the_fiftieth_is_the_median(lengths: list[timedelta]) -> None:
    """To a twentieth of an hour, to which it is rounded."""
    found = percentile(lengths, 50)
    middle = median(length.total_seconds() for length in lengths) / 3600
    assert found is not None
    assert abs(float(found) - middle) < 0.051


@given(LENGTHS)
def test_a_higher_percentile_is_no_less(lengths: list[timedelta]) -> None:
    """And none lies beyond the longest."""
    found = [percentile(lengths, percent) or Decimal(0) for percent in (0, 50, 90, 100)]
    assert found == sorted(found)
    assert float(found[-1]) <= max(lengths) / timedelta(hours=1) + 0.051


def test_shares_and_averages_of_nothing_are_none() -> None:
    """Nothing is divided by nothing; halves are rounded up."""
    assert (share(0, 0), average(0, 0)) == (None, None)
    assert (share(1, 3), share(1, 32), average(9, 8)) == (Decimal("0.3333"), Decimal("0.0313"), Decimal("1.13"))
