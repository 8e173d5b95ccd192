"""A real Caseline for tests: the dev server, `caseline api` and `caseline worker`, each a process of its own.

Any of them can be killed, stopped and started again; data and addresses stay. Fixture: `real_stack`.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import httpx
import pytest

from runtime.embedded import DevServer
from runtime.folders import last_lines
from runtime.groups import ended, signal_group, stop_group
from runtime.ports import free_port
from runtime.settings import Settings
from runtime.temporal import connect, register_search_attributes
from sandbox.demo import seed_demo
from store.database import Database
from tests.forked import Forked, Said, caseline
from tests.patience import PATIENCE

UPDATE_TIMEOUT = 3.0
FACT_LEASE = 3.0
RUNS = "worker_runs"


class Part(StrEnum):
    """The processes of a stack; `api` and `worker` are also the commands that start them."""

    TEMPORAL = "temporal"
    WORKER = "worker"
    API = "api"


class TunedServer(DevServer):
    """A dev server with values of its dynamic configuration, `name=value` each."""

    def __init__(self, folder: Path, port: int, tuning: Sequence[str]) -> None:
        super().__init__(folder, port, ui_port=0)
        self._tuning = tuning

    def _arguments(self) -> list[str]:
        return [*super()._arguments(), *(word for value in self._tuning for word in ("--dynamic-config-value", value))]


class RealStack:
    """One Caseline on a migrated database, with the demo tokens."""

    def __init__(self, folder: Path, database: Database, tuning: Sequence[str] = ()) -> None:
        self.folder, self.tuning = folder, tuning
        self.settings = Settings(
            temporal_address=f"127.0.0.1:{free_port()}",
            database_url=database.url.render_as_string(hide_password=False),
            port=free_port(),
            worker_metrics_port=0,
            update_timeout=UPDATE_TIMEOUT,
            fact_lease=FACT_LEASE,
            webhooks_private=True,
        )
        self.address = f"http://127.0.0.1:{self.settings.port}"
        self._server: DevServer | None = None
        self._processes: dict[Part, Forked] = {}

    async def start(self, *parts: Part) -> None:
        """Starts parts in order, Temporal before what needs it, and waits until each does its work."""
        running = self._times_logged(Part.WORKER, RUNS)
        for part in parts:
            if part is Part.TEMPORAL:
                port = int(self.settings.temporal_address.rpartition(":")[2])
                self._server = await TunedServer(self.folder / "temporal", port, self.tuning).__aenter__()
            else:
                self._processes[part] = Forked(part, env=self._environment(), out=self.log_of(part))
        if Part.WORKER in parts:
            await self.until_logged(Part.WORKER, RUNS, running + 1)
        if Part.API in parts:
            await self.until_ready()

    async def begin(self) -> None:
        """Starts everything on a fresh server."""
        await self.start(Part.TEMPORAL)
        await register_search_attributes(await connect(self.settings))
        await self.start(Part.WORKER, Part.API)

    async def kill(self, *parts: Part) -> None:
        """SIGKILL, to all of them before the first has been waited for."""
        for part in parts:
            signal_group(self._temporal().pid if part is Part.TEMPORAL else self._processes[part].pid, signal.SIGKILL)
        for part in parts:
            if part is Part.TEMPORAL:
                await self._temporal().ended()
                self._server = None
            else:
                await ended(self._processes.pop(part))

    async def stop(self, *parts: Part) -> None:
        """Stops parts in order, as an operator would; each must end well."""
        for part in parts:
            if part is Part.TEMPORAL:
                await self._temporal().__aexit__(None, None, None)
                self._server = None
                continue
            process = self._processes[part]
            signal_group(process.pid, signal.SIGTERM)
            async with asyncio.timeout(PATIENCE):
                code = await ended(process)
            del self._processes[part]
            assert code == 0, f"{part} ended with {code}: {last_lines(self.log_of(part))}"

    async def end(self) -> None:
        """Leaves nothing running, whatever state the parts are in."""
        for process in self._processes.values():
            await stop_group(process, PATIENCE)
        if self._server:
            await self._server.__aexit__(None, None, None)

    async def until_ready(self) -> None:
        """Waits until the API says that it is ready."""
        async with asyncio.timeout(PATIENCE), httpx.AsyncClient(base_url=self.address) as http:
            while True:
                try:
                    if (await http.get("/readyz")).status_code == 200:
                        return
                except httpx.TransportError:
                    self._check_lives(Part.API)
                await asyncio.sleep(0.1)

    async def until_logged(self, part: Part, event: str, times: int = 1) -> None:
        """Waits until a part has written an event to its log so many times."""
        async with asyncio.timeout(PATIENCE):
            while self._times_logged(part, event) < times:
                self._check_lives(part)
                await asyncio.sleep(0.1)

    async def command(self, *words: str) -> Said:
        """Runs another `caseline` command on the same settings."""
        return await asyncio.to_thread(caseline, *words, env=self._environment() | {"COLUMNS": "200"})

    def log_of(self, part: Part) -> Path:
        """The file that a part writes to."""
        return (
            self.folder / "temporal" / "logs" / "temporal.log" if part is Part.TEMPORAL else self.folder / f"{part}.log"
        )

    def _times_logged(self, part: Part, event: str) -> int:
        log = self.log_of(part)
        return log.read_text().count(f'"event": "{event}"') if log.exists() else 0

    def _check_lives(self, part: Part) -> None:
        assert self._processes[part].poll() is None, f"{part} has ended: {last_lines(self.log_of(part))}"

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **self.settings.as_environment()}

    def _temporal(self) -> DevServer:
        assert self._server, "Temporal does not run"
        return self._server


@asynccontextmanager
async def running_stack(folder: Path, database: Database, tuning: Sequence[str] = ()) -> AsyncIterator[RealStack]:
    """A stack that is ready; nothing of it is left running."""
    await seed_demo(database, datetime.now(UTC))
    stack = RealStack(folder, database, tuning)
    try:
        await stack.begin()
        yield stack
    finally:
        await stack.end()


@pytest.fixture
async def real_stack(database: Database, tmp_path: Path) -> AsyncIterator[RealStack]:
    """A running stack, once on SQLite and once on PostgreSQL."""
    async with running_stack(tmp_path, database) as stack:
        yield stack
