"""What the sides run on: one embedded server, one database, and a process for each part that is measured."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import httpx
import psutil
from sqlalchemy import Engine
from temporalio.client import Client

from bench.counted import counted
from bench.databases import Kind, plain_engine, running_database
from bench.floor_worker import make_table
from bench.service.tables import METADATA
from runtime.embedded import DevServer
from runtime.ports import free_port
from runtime.processes import ChildProcess, Supervisor
from runtime.settings import CACHED_CASES, LogLevel, Settings
from runtime.temporal import connect, register_search_attributes
from sandbox.demo import seed_demo
from store.database import Database
from store.migrate import migrate

POLICIES = Path(__file__).parent / "policies"
EDITION = "bench-short-window"
UPDATE_TIMEOUT = 60.0
"""Seconds: a confirmation on a machine that is busy with something else is slow, not lost."""


class Part(StrEnum):
    """A process that is started; `temporal` and `driver` are measured beside them, and `database` on PostgreSQL."""

    WORKER = "worker"
    API = "api"
    FLOOR_WORKER = "floor-worker"
    SERVICE = "service"


MODULES: Mapping[Part, tuple[str, ...]] = {
    Part.WORKER: ("cli", "worker"),
    Part.API: ("cli", "api"),
    Part.FLOOR_WORKER: ("bench.floor_worker",),
    Part.SERVICE: ("bench.service",),
}


@dataclass(frozen=True, slots=True)
class Setup:
    """The running parts.

    Attributes:
        temporal: a client of the server, as a hand-written caller has it.
        api, service: the addresses; `worker_metrics`: of the worker's Prometheus metrics.
        engine: on the database that all of them share.
        folder: in which the embedded server's data and the SQLite file lie.
        processes: everything whose CPU is read, by name.
        supervisor: starts a part again that was killed.
    """

    temporal: Client
    api: str
    service: str
    engine: Engine
    folder: Path
    processes: Mapping[str, psutil.Process]
    supervisor: Supervisor

    def cpu_seconds(self) -> dict[str, float]:
        """User and system time of every part so far; PostgreSQL's is that of all its processes."""
        return {name: _with_children(process) for name, process in self.processes.items()}

    def transactions(self) -> dict[str, int]:
        """How many every part has begun so far."""
        return {part: counted(self.folder / f"{part}.count") for part in Part}

    def memory(self, part: Part) -> int:
        """Resident bytes."""
        return int(self.processes[part].memory_info().rss)


@asynccontextmanager
async def running_setup(
    kind: Kind, parts: Collection[Part] = tuple(Part), cached: int = CACHED_CASES
) -> AsyncIterator[Setup]:
    """Starts those parts, the worker with so many cases in memory, and leaves neither processes nor files behind."""
    with tempfile.TemporaryDirectory(prefix="caseline-bench-") as name, running_database(kind, Path(name)) as url:
        folder = Path(name)
        async with DevServer(folder, free_port(), ui_port=0) as server:
            settings = Settings(
                temporal_address=server.address,
                database_url=url,
                port=free_port(),
                worker_metrics_port=0,
                worker_cached_cases=cached,
                policies_dir=POLICIES,
                data_dir=folder,
                update_timeout=UPDATE_TIMEOUT,
                log_level=LogLevel.WARNING,
                webhooks_private=True,
            )
            service = settings.model_copy(update={"port": free_port()})
            await _prepare(settings)
            engine = plain_engine(url)
            METADATA.create_all(engine)
            children = [_child(part, service if part is Part.SERVICE else settings, folder) for part in parts]
            async with Supervisor(children, folder / "logs") as running:
                addresses = {Part.API: _address(settings), Part.SERVICE: _address(service)}
                for part in addresses.keys() & set(parts):
                    await _until_ready(addresses[part])
                pids = {str(part): running.pid(part) for part in parts}
                pids |= {"temporal": server.pid, "driver": os.getpid()}
                yield Setup(
                    temporal=await Client.connect(server.address),
                    api=addresses[Part.API],
                    service=addresses[Part.SERVICE],
                    engine=engine,
                    folder=folder,
                    processes={name: psutil.Process(pid) for name, pid in pids.items()} | _postmaster(kind, url),
                    supervisor=running,
                )
            engine.dispose()


async def _prepare(settings: Settings) -> None:
    await register_search_attributes(await connect(settings))
    db = Database(settings.database_url)
    try:
        await db.write(migrate)
        await seed_demo(db, datetime.now(UTC))
    finally:
        await db.close()
    make_table(settings.database_url)


def _child(part: Part, settings: Settings, folder: Path) -> ChildProcess:
    argv = (sys.executable, "-m", "bench.counted", f"{folder}/{part}.count", *MODULES[part])
    return ChildProcess(part, argv, settings.as_environment())


def _address(settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port}"


async def _until_ready(address: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(60):
        while True:
            try:
                if (await client.get(f"{address}/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)


def _postmaster(kind: Kind, url: str) -> dict[str, psutil.Process]:
    """PostgreSQL's first process; its id is the first line of a file beside the data."""
    if kind is Kind.SQLITE:
        return {}
    pidfile = Path(url.partition("host=")[2]) / "data" / "postmaster.pid"
    return {"database": psutil.Process(int(pidfile.read_text().split()[0]))}


def _with_children(process: psutil.Process) -> float:
    own = process.cpu_times()
    living = [child.cpu_times() for child in process.children(recursive=True)] if process.pid != os.getpid() else []
    ended = own.children_user + own.children_system if process.pid != os.getpid() else 0.0
    return sum(times.user + times.system for times in (own, *living)) + ended
