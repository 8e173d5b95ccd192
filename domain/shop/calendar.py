"""China's public holidays, and the weekend days on which the country works to make up for them."""

from datetime import date, timedelta

from holidays import country_holidays

# Made whole at the start: afterwards the library is not asked again, which would read files and change what it holds.
_KNOWN = country_holidays("CN", years=range(2000, 2101))
_OFF = frozenset(_KNOWN)
_MAKE_UP = frozenset(_KNOWN.weekend_workdays)

_BESIDE = (timedelta(days=1), timedelta(days=-1))


def is_make_up_day(day: date) -> bool:
    """Whether it is a Saturday or Sunday that the State Council made a working day."""
    return day in _MAKE_UP


def is_day_off(day: date) -> bool:
    """Whether it belongs to a public holiday.

    The library leaves out the weekends within a holiday and beside it, because most people are off then anyway; the
    State Council counts them in, and so does this. Of years that nobody knows yet no day is off.
    """
    return day in _OFF or (_is_weekend(day) and any(_joins(day, step) for step in _BESIDE))


def _joins(day: date, step: timedelta) -> bool:
    """Whether on that side nothing but the weekend lies between it and a day off."""
    beside = day + step
    return beside in _OFF or (_is_weekend(beside) and beside + step in _OFF)


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5 and day not in _MAKE_UP
