"""Calls to receivers over real HTTP: signed, bounded, to checked addresses, and never led elsewhere."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from standardwebhooks import Webhook
from starlette.responses import Response, StreamingResponse

from activities.webhooks import receiver
from activities.webhooks.connecting import CheckedBackend
from activities.webhooks.receiver import MOST_ANSWERED, Receivers
from domain.webhooks.event import WebhookEvent, trial_event
from runtime import addresses
from tests.activities.serving import NOON, SECRET, ScriptedPartner, served

OTHER_SECRET = "whsec_YW5vdGhlci1zZWNyZXQtb2YtYS1yZWNlaXZlci0wMA=="
EVENT = trial_event("test-1", "demo", NOON)


async def posted(url: str, event: WebhookEvent = EVENT, *, private: bool = True) -> Any:
    receivers = Receivers(private=private)
    try:
        return await receivers.post(url, [SECRET, OTHER_SECRET], event)
    finally:
        await receivers.close()


async def test_both_secrets_sign() -> None:
    """Whoever knows either can check it with the library; the body is a CloudEvent."""
    partner = ScriptedPartner()
    async with served(partner) as address:
        attempt = await posted(f"{address}/hook?key=1")
    assert (attempt.delivered, attempt.status) == (True, 200)
    ((path, body),), (headers,) = partner.calls, partner.headers
    assert path == "/hook"
    assert headers["content-type"].startswith("application/cloudevents+json")
    assert headers["host"] == address.removeprefix("http://")
    assert headers["webhook-id"] == json.loads(body)["id"] == "test-1"
    for secret in (SECRET, OTHER_SECRET):
        Webhook(secret).verify(body, headers)


async def test_a_redirect_is_not_followed() -> None:
    """It counts as not taken, and where it leads is never called."""
    elsewhere, partner = ScriptedPartner(), ScriptedPartner()
    async with served(elsewhere) as there, served(partner) as address:
        partner.queue.append(Response(status_code=307, headers={"Location": there}))
        attempt = await posted(address)
    assert (attempt.status, attempt.error) == (307, "http_307")
    assert elsewhere.calls == []


async def test_it_says_how_long_it_wants_to_be_left_alone() -> None:
    """Where it did not take the event; what else it says is nobody's business."""
    partner = ScriptedPartner()
    async with served(partner) as address:
        partner.queue.append(Response(status_code=429, headers={"Retry-After": "120"}))
        partner.queue.append(Response(status_code=204, headers={"Retry-After": "120"}))
        assert (await posted(address)).retry_after == 120
        assert (await posted(address)).retry_after is None


async def test_an_address_that_is_not_public_is_not_called() -> None:
    """By its number or by a name for it, unless that is allowed."""
    partner = ScriptedPartner()
    async with served(partner) as address:
        for url in (address, address.replace("127.0.0.1", "localhost")):
            assert (await posted(url, private=False)).error == "not_public"
            assert (await posted(url)).delivered
    assert len(partner.calls) == 2


async def test_the_address_that_was_checked_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that stands for a public address when it is checked and for another one later is looked up once."""
    partner, asked = ScriptedPartner(), []
    loop = asyncio.get_running_loop()
    truly = loop.getaddrinfo

    async def changing(host: Any, port: Any, **options: Any) -> Any:
        if host == "turncoat.example":
            asked.append(host)
            return await truly("127.0.0.1" if len(asked) == 1 else "127.0.0.9", port, **options)
        return await truly(host, port, **options)

    async with served(partner) as address:
        monkeypatch.setattr(loop, "getaddrinfo", changing)
        monkeypatch.setattr(addresses, "is_public", lambda found: found == "127.0.0.1")
        url = address.replace("127.0.0.1", "turncoat.example")
        assert (await posted(url, private=False)).delivered
        assert asked == ["turncoat.example"]
        assert partner.headers[0]["host"] == url.removeprefix("http://"), "the name is kept"
        assert (await posted(url, private=False)).error == "not_public"


async def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """No such name, no listener, no answer in time: each says so."""
    assert (await posted("http://nobody.invalid/")).error == "no_such_host"
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert (await posted(f"http://127.0.0.1:{unused.getsockname()[1]}")).error == "no_connection"
        unused.listen()
        monkeypatch.setattr(receiver, "CALL_WITHIN", 0.2)
        assert (await posted(f"http://127.0.0.1:{unused.getsockname()[1]}")).error == "timeout"


async def test_a_connection_that_is_gone_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the library then raises counts as no connection: the receiver did not take it, and is seen to be away."""

    async def gone(*_: object, **__: object) -> None:
        raise AttributeError("'NoneType' object has no attribute 'getpeername'")

    monkeypatch.setattr(CheckedBackend, "connect_tcp", gone)
    assert (await posted("http://127.0.0.1:9/")).error == "no_connection"


async def test_an_endless_answer_is_not_read() -> None:
    """The status counts; what follows is cut off."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b"x" * MOST_ANSWERED
            await asyncio.sleep(0.01)

    partner = ScriptedPartner()
    partner.queue.append(StreamingResponse(endless()))
    async with served(partner) as address:
        attempt = await posted(address)
    assert attempt.delivered
