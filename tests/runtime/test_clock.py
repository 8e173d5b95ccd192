"""The machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime

from runtime.clock import SystemClock


async def test_the_present_has_its_zone() -> None:
    """Now lies between the moments before and after asking, and is in UTC."""
    before = datetime.now(UTC)
    now = await SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC
