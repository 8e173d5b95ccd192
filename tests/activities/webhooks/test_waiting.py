"""What `Retry-After` says."""

from datetime import UTC, datetime

import pytest

from activities.webhooks.waiting import retry_after

NOW = datetime(2026, 11, 11, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("Wed, 11 Nov 2026 04:01:30 GMT", 90),
        ("Wed, 11 Nov 2026 04:01:30 -0000", 90),
        ("Wed, 11 Nov 2026 03:00:00 GMT", 0),
        ("9" * 400, 999_999_999),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("１２", None),
    ],
)
def test_seconds_or_a_date(value: str, seconds: float | None) -> None:
    """At least 0, and nothing where it cannot be read."""
    assert retry_after(value, NOW) == seconds
