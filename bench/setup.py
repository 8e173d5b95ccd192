"""What both sides run on: one embedded server, one SQLite file, and a process for each part that is measured."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil
from temporalio.client import Client

from bench.floor_worker import make_table
from runtime.embedded import DevServer
from runtime.ports import free_port
from runtime.processes import ChildProcess, Supervisor
from runtime.settings import LogLevel, Settings
from runtime.temporal import connect, register_search_attributes
from sandbox.demo import seed_tokens
from store.database import Database
from store.migrate import migrate

POLICIES = Path(__file__).parent / "policies"
EDITION = "bench-short-window"

WORKER, FLOOR_WORKER, API = "worker", "floor-worker", "api"
UPDATE_TIMEOUT = 60.0
"""Seconds: a confirmation on a machine that is busy with something else is slow, not lost."""


@dataclass(frozen=True, slots=True)
class Setup:
    """The running parts.

    Attributes:
        temporal: a client of the server, as a hand-written caller has it.
        address: of the API.
        database: the SQLite file.
        processes: everything whose CPU is read, by name: `temporal`, `worker`, `floor-worker`, `api`, `driver`.
    """

    temporal: Client
    address: str
    database: Path
    processes: Mapping[str, psutil.Process]


@asynccontextmanager
async def running_setup() -> AsyncIterator[Setup]:
    """Starts every part, and leaves neither processes nor files behind."""
    with tempfile.TemporaryDirectory(prefix="caseline-bench-") as name:
        folder = Path(name)
        async with DevServer(folder, free_port(), ui_port=0) as server:
            settings = Settings(
                temporal_address=server.address,
                database_url=f"sqlite:///{folder}/caseline.db",
                port=free_port(),
                worker_metrics_port=0,
                policies_dir=POLICIES,
                data_dir=folder,
                update_timeout=UPDATE_TIMEOUT,
                log_level=LogLevel.WARNING,
            )
            await _prepare(settings)
            async with Supervisor(_children(settings), folder / "logs") as children:
                address = f"http://{settings.host}:{settings.port}"
                await _until_ready(address)
                pids = {name: children.pid(name) for name in (WORKER, FLOOR_WORKER, API)}
                pids |= {"temporal": server.pid, "driver": os.getpid()}
                yield Setup(
                    temporal=await Client.connect(server.address),
                    address=address,
                    database=folder / "caseline.db",
                    processes={name: psutil.Process(pid) for name, pid in pids.items()},
                )


async def _prepare(settings: Settings) -> None:
    await register_search_attributes(await connect(settings))
    db = Database(settings.database_url)
    try:
        await db.write(migrate)
        await make_table(db)
        await seed_tokens(db, datetime.now(UTC))
    finally:
        await db.close()


def _children(settings: Settings) -> list[ChildProcess]:
    modules = {WORKER: ("cli", "worker"), FLOOR_WORKER: ("bench.floor_worker",), API: ("cli", "api")}
    environment = settings.as_environment()
    return [ChildProcess(name, (sys.executable, "-m", *module), environment) for name, module in modules.items()]


async def _until_ready(address: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(60):
        while True:
            try:
                if (await client.get(f"{address}/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
