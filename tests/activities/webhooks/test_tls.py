"""TLS to receivers: the address is the one that was checked, the name is the one that the certificate has to bear."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from activities.webhooks.receiver import Receivers
from domain.webhooks.event import trial_event
from runtime import addresses
from tests.activities.serving import NOON, SECRET

CERTIFICATES = Path(__file__).parent / "certificates"
"""Of `shop.example`, signed by itself; nobody else trusts it."""
NAME = "shop.example"
EVENT = trial_event("test-1", "demo", NOON)


@asynccontextmanager
async def serving_tls(named: list[str | None], heads: list[str]) -> AsyncIterator[int]:
    """The port of a server that takes everything, and keeps by which name it was called and what was asked."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    def by_name(_: ssl.SSLObject, name: str | None, __: ssl.SSLContext) -> None:
        named.append(name)

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / "shop.example.pem", CERTIFICATES / "shop.example.key")
    context.sni_callback = by_name
    async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture(autouse=True)
async def everybody_stands_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name is that of this machine, which counts as public."""
    loop = asyncio.get_running_loop()
    truly = loop.getaddrinfo

    async def found(host: Any, port: Any, **options: Any) -> Any:
        return await truly("127.0.0.1", port, **options)

    monkeypatch.setattr(loop, "getaddrinfo", found)
    monkeypatch.setattr(addresses, "is_public", lambda _: True)


async def posted(url: str, *, trusted: bool = True) -> str | None:
    """Why it was not taken; None if it was."""
    tls = ssl.create_default_context(cafile=CERTIFICATES / "shop.example.pem") if trusted else None
    receivers = Receivers(private=False, tls=tls)
    try:
        return (await receivers.post(url, [SECRET], EVENT)).error
    finally:
        await receivers.close()


async def test_the_name_is_kept() -> None:
    """It is named when the connection begins, compared with the certificate, and said again in the request."""
    named: list[str | None] = []
    heads: list[str] = []
    async with serving_tls(named, heads) as port:
        assert await posted(f"https://{NAME}:{port}/hook") is None
    assert named == [NAME]
    assert f"host: {NAME}:{port}" in heads[0].lower()


async def test_a_certificate_of_somebody_else_is_not_taken() -> None:
    """Neither one for another name, nor one that nobody vouches for: nothing is sent."""
    named: list[str | None] = []
    heads: list[str] = []
    async with serving_tls(named, heads) as port:
        assert await posted(f"https://other.example:{port}/hook") == "no_connection"
        assert await posted(f"https://{NAME}:{port}/hook", trusted=False) == "no_connection"
    assert heads == []
