"""Signs of life of a delivery: a worker that dies is replaced after seconds, not after the time of a whole call."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from temporalio import activity

BEAT_EVERY = timedelta(seconds=2)
"""Also what the worker passes on to the server: a third of the silence by which a worker counts as dead."""


@asynccontextmanager
async def beating() -> AsyncIterator[None]:
    """Gives signs of life while it is entered."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(BEAT_EVERY.total_seconds())

    alive = asyncio.create_task(beat(), name="beating")
    try:
        yield
    finally:
        alive.cancel()
