"""A relay for tests, and the Temporal that it delivers to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any, cast

import pytest
from temporalio.client import Client

from domain.case.fact import Fact
from runtime.clock import SystemClock
from services.relay import Relay
from store import leases
from store.database import Database
from tests.patience import PATIENCE

LEASE = timedelta(seconds=20)
Signalled = Callable[[str, Fact], Awaitable[None]]


def case_of(order_id: str) -> str:
    return f"order:demo:taobao:{order_id}"


class Temporal:
    """Stands for the client: keeps what each case was signalled, and does what the test wants before that."""

    def __init__(self) -> None:
        self.heard: dict[str, list[str]] = {}
        self.before: Signalled | None = None

    def get_workflow_handle(self, case_id: str) -> "Handle":
        return Handle(self, case_id)

    async def start_workflow(self, _name: str, _start: object, *, id: str, **input_: Any) -> None:  # noqa: A002 - the SDK's
        facts = ", ".join(fact.id for fact in input_["start_signal_args"])
        self.heard.setdefault(id, []).append(f"started with {facts}")


class Handle:
    """One workflow of that client."""

    def __init__(self, temporal: Temporal, case_id: str) -> None:
        self.temporal, self.case_id = temporal, case_id

    async def signal(self, _name: str, fact: Fact) -> None:
        if self.temporal.before:
            await self.temporal.before(self.case_id, fact)
        self.temporal.heard.setdefault(self.case_id, []).append(fact.id)


@pytest.fixture
def no_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """The relay finds nothing by itself: it knows only of what it is told."""
    monkeypatch.setattr(leases, "waiting_cases", lambda *_: [])


@asynccontextmanager
async def running_relay(db: Database, temporal: Temporal) -> AsyncIterator[Relay]:
    """A relay that runs while this is entered, and is then told to stop."""
    relay = Relay(db, cast(Client, temporal), SystemClock(), LEASE)
    running = asyncio.create_task(relay.run())
    try:
        yield relay
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def until_delivered(db: Database) -> None:
    """Waits until every fact is delivered, and marked so."""
    async with asyncio.timeout(PATIENCE):
        while await db.read(leases.undelivered):  # noqa: ASYNC110 - rows, not events
            await asyncio.sleep(0.01)
