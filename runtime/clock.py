"""What time it is, asked of whoever knows: the machine, or the sandbox's test clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time; the sandbox's has to ask its server, so asking is awaited."""

    async def now(self) -> datetime:
        """The present, in UTC with its zone."""
        ...


class SystemClock:
    """The machine's own time."""

    async def now(self) -> datetime:
        """The present, in UTC with its zone."""
        return datetime.now(UTC)  # noqa: TID251
