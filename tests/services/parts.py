"""The parts of a process for tests of services: a database, a clock that stands, a Temporal that is away or answers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from inspect import isawaitable
from typing import Any, ParamSpec, TypeVar, cast

import pytest
from temporalio.client import Client
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.roles import Role
from runtime.settings import Settings
from services.context import Context, process_context
from store.database import Database, DatabaseAway
from store.tokens import Principal
from tests.patience import PATIENCE
from tests.store.scenes import NOON

P = ParamSpec("P")
T = TypeVar("T")

AGENT = Principal("demo", "demo-agent", (Role.AGENT,), ())
PAYMENT = Principal("demo", "demo-payment", (Role.PAYMENT,), ())
STRANGER = Principal("other", "other-agent", (Role.AGENT,), ())
TROUBLE = (DatabaseAway("away"), ZeroDivisionError("our own fault"))
"""What a loop may meet, and does not end by: something does not answer, or something of ours is wrong."""


@dataclass
class NoTemporal:
    """Stands for the client of a Temporal that is away; keeps what was tried."""

    started: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)

    async def start_workflow(self, _name: str, _start: object, *, id: str, **_: Any) -> None:  # noqa: A002 - the SDK's
        self.started.append(id)
        raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")

    @property
    def service_client(self) -> "NoTemporal":
        return self

    async def check_health(self) -> bool:
        raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")

    def get_workflow_handle(self, _case_id: str) -> "NoTemporal":
        return self

    async def signal(self, _name: str) -> None:
        raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")

    async def execute_update(self, _name: str, _asked: object, *, id: str, **_: Any) -> None:  # noqa: A002 - the SDK's
        self.updated.append(id)
        raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")

    async def execute_update_with_start_workflow(self, _name: str, _asked: object, **_: Any) -> None:
        raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")


@dataclass
class SomeTemporal(NoTemporal):
    """Stands for the client of a Temporal that answers.

    Attributes:
        ended: workflows that have run, and do not run again.
        signalled: by which names, whichever workflow it was.
    """

    ended: set[str] = field(default_factory=set)
    signalled: list[str] = field(default_factory=list)

    async def start_workflow(self, _name: str, _start: object, *, id: str, **how: Any) -> None:  # noqa: A002 - the SDK's
        self.started.append(id)
        if id in self.ended:
            raise WorkflowAlreadyStartedError(id, _name)
        if "start_signal" in how:
            self.signalled.append(how["start_signal"])

    async def signal(self, _name: str) -> None:
        self.signalled.append(_name)


@dataclass
class Noon:
    """A clock that stands, at noon or some time after it."""

    past: timedelta = timedelta()

    async def now(self) -> datetime:
        return NOON + self.past


@pytest.fixture
def temporal() -> NoTemporal:
    return NoTemporal()


@pytest.fixture
def here(database: Database, temporal: NoTemporal) -> Context:
    """The parts; nothing runs beside the services that the test calls."""
    settings = Settings(temporal_address="127.0.0.1:7233", database_url="sqlite:///unused.db")
    return process_context(settings, database, cast(Client, temporal), Noon())


def failing_first(work: Callable[P, T], *faults: Exception) -> Callable[P, T]:
    """The same work, the first tries of which fail: each by one of the faults."""
    left = iter(faults)

    def tried(*args: P.args, **kwargs: P.kwargs) -> T:
        for fault in left:
            raise fault
        return work(*args, **kwargs)

    return tried


@asynccontextmanager
async def running(loop: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """A loop that runs while this is entered; what ended it before that is raised."""
    task = asyncio.create_task(loop)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(probe: Callable[[], object]) -> None:
    """Waits until the probe holds, or what it promises does."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = probe()
            if await found if isawaitable(found) else found:
                return
            await asyncio.sleep(0.01)
