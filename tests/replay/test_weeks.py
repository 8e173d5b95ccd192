"""Shifting by whole weeks: hours and weekdays stay, and so do the real hours between an order's times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from replay.orders import RecordedOrder
from replay.weeks import WEEK, first_week, shifted

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from([SAO_PAULO, NEW_YORK, ZoneInfo("Asia/Shanghai"), ZoneInfo("Australia/Lord_Howe")])


def moments(first_year: int, last_year: int) -> st.SearchStrategy[datetime]:
    first, last = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year, 12, 31, tzinfo=UTC)
    return st.integers(int(first.timestamp()), int(last.timestamp())).map(lambda at: datetime.fromtimestamp(at, UTC))


def order(placed_at: datetime, paid_at: datetime) -> RecordedOrder:
    return RecordedOrder(order_id="A1", line=2, amount=Decimal(1), placed_at=placed_at, paid_at=paid_at)


def test_the_week_of_play_is_the_next_one_that_lies_ahead() -> None:
    """From any day, even a Monday, it is the Monday after, at midnight in the zone of the log."""
    monday = datetime(2026, 11, 30, tzinfo=SAO_PAULO)
    assert first_week(datetime(2026, 11, 24, 12, tzinfo=UTC), SAO_PAULO) == monday
    assert first_week(datetime(2026, 11, 23, 3, tzinfo=UTC), SAO_PAULO) == monday
    assert first_week(datetime(2026, 11, 23, 2, 59, tzinfo=UTC), SAO_PAULO) == monday - WEEK


@given(
    zone=ZONES,
    placed_in_utc=moments(2015, 2025),
    now=moments(2026, 2027),
    later=st.timedeltas(timedelta(), timedelta(days=60)),
)
def test_an_order_keeps_its_weekday_its_hour_and_its_real_hours(
    zone: ZoneInfo, placed_in_utc: datetime, now: datetime, later: timedelta
) -> None:
    """Whatever the season: placed in the week of play at the same wall clock, paid as many real hours later."""
    placed_at = placed_in_utc.astimezone(zone)
    monday = first_week(now, zone)
    moved = shifted(order(placed_at, (placed_at.astimezone(UTC) + later).astimezone(zone)), monday)
    there = moved.placed_at.astimezone(zone)
    assert moved.paid_at is not None
    assert moved.paid_at - moved.placed_at == later
    assert there.weekday() == placed_at.weekday()
    assert monday.date() <= there.date() < monday.date() + WEEK
    wall_clock = datetime.combine(there.date(), placed_at.time().replace(fold=0))
    if exists(wall_clock, zone):
        assert there.replace(tzinfo=None, fold=0) == wall_clock


def exists(wall_clock: datetime, zone: ZoneInfo) -> bool:
    """Whether summer time does not skip it."""
    there = wall_clock.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None, fold=0) == wall_clock


def test_an_order_that_lived_through_summer_time_keeps_its_72_hours() -> None:
    """Clocks in Brazil went forward on 2017-10-15: 72.5 hours by the wall clock were 71.5, and stay 71.5."""
    recorded = order(
        datetime(2017, 10, 13, 12, 0, tzinfo=SAO_PAULO),
        datetime(2017, 10, 16, 12, 30, tzinfo=SAO_PAULO),
    )
    moved = shifted(recorded, datetime(2026, 11, 30, tzinfo=SAO_PAULO))
    assert moved.paid_at is not None
    assert moved.placed_at.astimezone(SAO_PAULO) == datetime(2026, 12, 4, 12, 0, tzinfo=SAO_PAULO)
    assert moved.paid_at - moved.placed_at == timedelta(hours=71.5)
