"""Real HTTP for the partners' tests: an app served on this machine, and a partner that answers what it is told."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from socket import AF_INET, SOCK_STREAM, socket

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

SECRET = "whsec_dGVzdHMtc2hhcmUtdGhpcy1zZWNyZXQtYW1vbmc="
NOON = datetime(2026, 11, 11, 4, tzinfo=UTC)


@dataclass
class FakeClock:
    """A clock that tests move."""

    at: datetime = NOON

    async def now(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class ScriptedPartner:
    """Answers what is queued, then 200 and `answer`; remembers what it was asked."""

    answer: bytes = b"{}"
    queue: deque[Response] = field(default_factory=deque)
    calls: list[tuple[str, bytes]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self.calls.append((scope["path"], await request.body()))
        self.headers.append(dict(request.headers))
        response = self.queue.popleft() if self.queue else Response(self.answer, media_type="application/json")
        await response(scope, receive, send)


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """The address of an app, served until the end."""
    with socket(AF_INET, SOCK_STREAM) as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", ws="none", date_header=False))
        serving = asyncio.create_task(server._serve([listening]))  # serve() would take over the test run's signals
        try:
            while not server.started:  # noqa: ASYNC110 - uvicorn has a flag, no event
                await asyncio.sleep(0.01)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


@asynccontextmanager
async def breaking_off() -> AsyncIterator[str]:
    """The address of a server that reads what comes and closes the connection without an answer."""

    async def break_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.close()

    async with await asyncio.start_server(break_off, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
