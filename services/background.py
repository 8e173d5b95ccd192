"""What a process does beside answering: it delivers facts, takes in platforms' messages, recovers after crashes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.context import Context
from services.inbound import take_in_for_ever
from services.pulling import pull_all
from services.recovery import recover_for_ever
from services.waking import wake_for_ever


@asynccontextmanager
async def background(here: Context) -> AsyncIterator[None]:
    """Delivers, takes in, recovers and wakes while it is entered."""
    running = [
        asyncio.create_task(here.relay.run(), name="relay"),
        asyncio.create_task(take_in_for_ever(here), name="messages"),
        asyncio.create_task(pull_all(here.db, here.temporal), name="pulls"),
        asyncio.create_task(recover_for_ever(here.db, here.temporal, here.clock), name="recovery"),
        asyncio.create_task(wake_for_ever(here.db, here.temporal, here.clock), name="waking"),
    ]
    try:
        yield
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
