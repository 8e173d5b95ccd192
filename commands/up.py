"""`caseline up`: everything on one machine, on an embedded Temporal server and SQLite."""

import asyncio
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
from rich.console import Console

from commands.ready import check_ready
from runtime.embedded import DevServer
from runtime.ports import require_free
from runtime.processes import ChildProcess, Supervisor
from runtime.settings import Settings, variable
from runtime.temporal import connect, register_search_attributes
from sandbox.demo import DEMO_ROLES, seed_demo
from store.database import Database
from store.migrate import migrate

COMMANDS = {"worker": "worker", "api": "up-api"}
"""The commands of its processes."""


async def up(settings: Settings, console: Console) -> None:
    """Runs the Temporal server, a worker and the API until cancelled; starts again what dies."""
    for name, port in (("port", settings.port), ("worker_metrics_port", settings.worker_metrics_port)):
        if port:
            require_free(port, settings.host, variable(name))
    async with DevServer(settings.data_dir, settings.temporal_port, settings.temporal_ui_port) as server:
        await _prepare(settings)
        children = [
            ChildProcess(name, (sys.executable, "-m", "cli", command), settings.as_environment())
            for name, command in COMMANDS.items()
        ]
        async with (
            Supervisor(children, settings.data_dir / "logs") as supervisor,
            asyncio.TaskGroup() as running,
        ):
            running.create_task(server.keep_running())
            running.create_task(supervisor.watch())
            await _until_ready(settings)
            console.print("Caseline is up", style="bold")
            for name, value in _addresses(settings):
                console.print(f"  {name:<15}{value}", soft_wrap=True, highlight=False)


async def _prepare(settings: Settings) -> None:
    await register_search_attributes(await connect(settings))
    db = Database(settings.database_url)
    try:
        await db.write(migrate)
        await check_ready(db, settings)
        await seed_demo(db, datetime.now(UTC))
    finally:
        await db.close()


async def _until_ready(settings: Settings) -> None:
    async with httpx.AsyncClient() as client:
        while True:
            try:
                answer = await client.get(f"http://{settings.host}:{settings.port}/readyz")
                if answer.status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)


def _addresses(settings: Settings) -> Iterator[tuple[str, str]]:
    here = f"http://{settings.host}:{settings.port}"
    yield "Desk", f"{here}/desk/ (accounts demo-agent, demo-owner, …; the password is the account's name)"
    yield "API", here
    yield "API documents", f"{here}/docs"
    if settings.temporal_ui_port:
        yield "Temporal UI", f"http://127.0.0.1:{settings.temporal_ui_port}"
    yield "Data and logs", str(settings.data_dir.absolute())
    yield "Demo tokens", ", ".join(f"demo-{role}" for role in DEMO_ROLES)
    yield "Stop", "Ctrl-C; started again it goes on where it was"
