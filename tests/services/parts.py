"""The parts of a process for tests of services: a database, a Temporal that is away, a clock that stands at noon."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import pytest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.roles import Role
from runtime.settings import Settings
from services.context import Context, process_context
from store.database import Database
from store.tokens import Principal
from tests.store.scenes import NOON

AGENT = Principal("demo", "demo-agent", (Role.AGENT,), ())
PAYMENT = Principal("demo", "demo-payment", (Role.PAYMENT,), ())
STRANGER = Principal("other", "other-agent", (Role.AGENT,), ())


@dataclass
class NoTemporal:
    """Stands for the client of a Temporal that is away; keeps what was tried."""

    started: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)

    async def start_workflow(self, _name: str, _start: object, *, id: str, **_: Any) -> None:  # noqa: A002 - the SDK's
        self.started.append(id)
        raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")

    def get_workflow_handle(self, _case_id: str) -> "NoTemporal":
        return self

    async def signal(self, _name: str) -> None:
        raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")

    async def execute_update(self, _name: str, _asked: object, *, id: str, **_: Any) -> None:  # noqa: A002 - the SDK's
        self.updated.append(id)
        raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")


class Noon:
    """A clock that stands."""

    async def now(self) -> datetime:
        return NOON


@pytest.fixture
def temporal() -> NoTemporal:
    return NoTemporal()


@pytest.fixture
def here(database: Database, temporal: NoTemporal) -> Context:
    """The parts; nothing runs beside the services that the test calls."""
    settings = Settings(temporal_address="127.0.0.1:7233", database_url="sqlite:///unused.db")
    return process_context(settings, database, cast(Client, temporal), Noon())
