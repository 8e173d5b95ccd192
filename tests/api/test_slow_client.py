"""A client of the stream that takes nothing is cut off; nothing is kept for it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from sse_starlette import ServerSentEvent
from starlette.types import Message

from api.changes import _Stream

SCOPE: dict[str, Any] = {"type": "http", "method": "GET"}


async def test_a_client_that_takes_nothing_is_cut_off() -> None:
    """Once it has taken too long for one event; what makes the events is ended with it."""
    made, ended = [], asyncio.Event()

    async def events() -> AsyncIterator[ServerSentEvent]:
        try:
            for number in range(1000):
                made.append(number)
                yield ServerSentEvent("x", id=str(number))
        finally:
            ended.set()

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        if message.get("body"):
            await asyncio.Event().wait()

    async with asyncio.timeout(5):
        await _Stream(events(), send_timeout=0.1)(SCOPE, receive, send)
        await ended.wait()
    assert made == [0]
