"""How long a receiver that did not take an event is left alone; Temporal's retries keep to it."""

from datetime import timedelta

FIRST = timedelta(seconds=5)
"""After the first failure; each further pause is twice as long."""
LONGEST = timedelta(hours=1)
"""What pauses grow to."""
GIVEN_UP_AFTER = timedelta(days=3)
LONGEST_ASKED = timedelta(days=1)
"""What a receiver may ask for (`Retry-After`); one that asks for more is asked again after that."""
LEAST_ASKED = timedelta(seconds=1)
LAST_CALL = timedelta(minutes=5)
"""The last attempt comes so long before the webhook is given up, also where the receiver asked for more."""


def first_pause(asked: float | None) -> timedelta:
    """The pause after an event was not taken for the first time, of which the receiver may have asked for a length."""
    return FIRST if asked is None else _within_reason(asked)


def longer_pause(asked: float | None, failures: int, left: timedelta) -> timedelta | None:
    """The pause that a receiver asked for, where the pause that is due by itself is shorter; else None.

    Args:
        asked: seconds.
        failures: how often the event was not taken behind the first time.
        left: until the webhook is given up.
    """
    if asked is None:
        return None
    due = min(FIRST * 2 ** min(failures, 20), LONGEST)
    pause = min(_within_reason(asked), left - LAST_CALL)
    return pause if pause > due else None


def _within_reason(asked: float) -> timedelta:
    return max(timedelta(seconds=min(asked, LONGEST_ASKED.total_seconds())), LEAST_ASKED)
