"""How long a receiver is left alone that did not take an event."""

from datetime import timedelta

import pytest

from domain.webhooks.pauses import FIRST, LAST_CALL, LONGEST_ASKED, first_pause, longer_pause

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("asked", "pause"),
    [(None, FIRST), (0, timedelta(seconds=1)), (2, timedelta(seconds=2)), (7200, 2 * HOUR), (1e12, LONGEST_ASKED)],
)
def test_the_first_pause(asked: float | None, pause: timedelta) -> None:
    """Ours, or what the receiver asked for, within reason."""
    assert first_pause(asked) == pause


@pytest.mark.parametrize(
    ("asked", "failures", "pause"),
    [
        (None, 1, None),
        (2, 1, None),
        (60, 1, timedelta(minutes=1)),
        (60, 4, None),
        (3600, 40, None),
        (7200, 40, 2 * HOUR),
        (10_000_000, 40, DAY),
    ],
)
def test_a_longer_pause(asked: float | None, failures: int, pause: timedelta | None) -> None:
    """What the receiver asked for where it is longer than the doubled pause that is due; never a shorter one."""
    assert longer_pause(asked, failures, 3 * DAY) == pause


def test_no_pause_outlasts_the_time_of_trying() -> None:
    """The last attempt comes before the webhook is given up."""
    assert longer_pause(86400, 20, 5 * HOUR) == 5 * HOUR - LAST_CALL
    assert longer_pause(86400, 20, timedelta(minutes=1)) is None
