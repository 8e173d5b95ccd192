"""China's public holidays as the State Council orders them."""

from datetime import date, timedelta

import pytest

from domain.shop.calendar import is_day_off, is_make_up_day


def _days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=number) for number in range((last - first).days + 1)}


@pytest.mark.parametrize(
    ("year", "holidays", "make_up"),
    [
        (
            2025,
            ["0101-0101", "0128-0204", "0404-0406", "0501-0505", "0531-0602", "1001-1008"],
            ["0126", "0208", "0427", "0928", "1011"],
        ),
        (
            2026,
            ["0101-0103", "0215-0223", "0404-0406", "0501-0505", "0619-0621", "0925-0927", "1001-1007"],
            ["0104", "0214", "0228", "0509", "0920", "1010"],
        ),
    ],
)
def test_a_year_as_it_was_announced(year: int, holidays: list[str], make_up: list[str]) -> None:
    """The announced days and no others, weekends within a holiday counted in, and the days that make up for them."""

    def day(text: str) -> date:
        return date(year, int(text[:2]), int(text[2:]))

    announced = set().union(*(_days(day(span[:4]), day(span[5:])) for span in holidays))
    whole = _days(date(year, 1, 1), date(year, 12, 31))
    assert {one for one in whole if is_day_off(one)} == announced
    assert {one for one in whole if is_make_up_day(one)} == {day(one) for one in make_up}


@pytest.mark.parametrize("year", [1, 1949, 2101, 9999])
def test_years_that_nobody_knows_have_no_holidays(year: int) -> None:
    """They can be asked about all the same."""
    whole = _days(date(year, 1, 1), date(year, 12, 31))
    assert not any(is_day_off(day) or is_make_up_day(day) for day in whole)
