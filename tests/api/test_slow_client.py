"""A client that takes nothing is cut off, one that has left is not answered; nothing is kept for either."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from sse_starlette import ServerSentEvent
from starlette.types import Message, Receive, Scope, Send

from api.changes import _Stream
from api.middleware import AccessMiddleware
from tests.patience import PATIENCE

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

    async with asyncio.timeout(PATIENCE):
        await _Stream(events(), send_timeout=0.1)(SCOPE, receive, send)
        await ended.wait()
    assert made == [0]


async def test_a_client_that_left_is_not_answered() -> None:
    """A browser that goes to another page while it still asks: no error of ours."""
    said: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("nobody is there")

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        said.append(message)

    not_asked: Any = None
    signs_in = SCOPE | {"method": "POST", "path": "/v1/sessions", "headers": [], "query_string": b""}
    await AccessMiddleware(app, not_asked, not_asked, 1000)(signs_in, receive, send)
    assert said == []
