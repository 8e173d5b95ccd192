"""What the inbox is measured on: PostgreSQL as it is installed, an embedded Temporal server, a worker and the API.

The API serves real HTTP from this process, so that a bare query can go over the very same connection pool.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from api.app import create_app
from bench.databases import Kind, running_database
from commands.serve import serve_http
from runtime.clock import SystemClock
from runtime.embedded import DevServer
from runtime.ports import free_port
from runtime.processes import ChildProcess, Supervisor
from runtime.settings import LogLevel, Settings
from runtime.temporal import connect, register_search_attributes
from sandbox.demo import seed_demo
from services.context import process_context
from store.database import Database
from store.migrate import migrate

UPDATE_TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class InboxSetup:
    """The running parts: `db` is the API's own, with its pool; `http` calls the API as `demo-agent`."""

    db: Database
    http: httpx.AsyncClient


@asynccontextmanager
async def running_setup() -> AsyncIterator[InboxSetup]:
    """Starts every part on a migrated database, and leaves neither processes nor files behind."""
    with (
        tempfile.TemporaryDirectory(prefix="caseline-bench-") as name,
        running_database(Kind.POSTGRESQL, Path(name)) as url,
    ):
        folder = Path(name)
        async with DevServer(folder, free_port(), ui_port=0) as server:
            settings = Settings(
                temporal_address=server.address,
                database_url=url,
                port=free_port(),
                worker_metrics_port=0,
                data_dir=folder,
                update_timeout=UPDATE_TIMEOUT,
                log_level=LogLevel.WARNING,
            )
            async with _served(settings) as setup:
                yield setup


@asynccontextmanager
async def _served(settings: Settings) -> AsyncIterator[InboxSetup]:
    db = Database(settings.database_url)
    try:
        await db.write(migrate)
        await seed_demo(db, datetime.now(UTC))
        temporal = await connect(settings)
        await register_search_attributes(temporal)
        worker = ChildProcess("worker", (sys.executable, "-m", "cli", "worker"), settings.as_environment())
        app = create_app(process_context(settings, db, temporal, SystemClock()))
        async with Supervisor([worker], settings.data_dir / "logs"):
            serves = asyncio.Event()
            serving = asyncio.create_task(serve_http(app, settings, serves.set))
            try:
                await asyncio.wait({serving, asyncio.create_task(serves.wait())}, return_when=asyncio.FIRST_COMPLETED)
                headers = {"Authorization": "Bearer demo-agent"}
                address = f"http://{settings.host}:{settings.port}"
                async with httpx.AsyncClient(base_url=address, timeout=60, headers=headers) as http:
                    yield InboxSetup(db, http)
            finally:
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)
    finally:
        await db.close()
