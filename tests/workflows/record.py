"""`python -m tests.workflows.record`: plays every path and keeps its history, for the replay tests.

Run it when a workflow changes on purpose, guarded by a patch; the histories kept before must still replay.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from commands.serve import serve_http
from runtime.ports import free_port
from runtime.settings import load_settings, sandbox_partners
from sandbox.run import Sandbox, running_sandbox
from tests.sandbox_server import Shop
from tests.workflows.paths import PATHS

HISTORIES = Path(__file__).parent / "histories"


@asynccontextmanager
async def served_sandbox() -> AsyncIterator[tuple[Sandbox, str]]:
    """A sandbox in this process, so that its Temporal client is at hand, and its address."""
    port = free_port()
    settings = load_settings(embedded=True).model_copy(update={"port": port} | sandbox_partners(port))
    async with running_sandbox(settings) as sandbox:
        ready = asyncio.Event()
        serving = asyncio.create_task(serve_http(sandbox.app, settings, ready.set))
        try:
            await ready.wait()
            yield sandbox, f"http://{settings.host}:{settings.port}"
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)


def play(address: str, path: str) -> str:
    """Plays one path; answers the case id."""
    with httpx.Client(base_url=address, timeout=60) as http:
        return PATHS[path](Shop(http)).case_id


async def record_all(names: list[str]) -> None:
    """Records the named paths, or all."""
    HISTORIES.mkdir(exist_ok=True)
    async with served_sandbox() as (sandbox, address):
        for name in names or PATHS:
            case_id = await asyncio.to_thread(play, address, name)
            history = await sandbox.temporal.get_workflow_handle(case_id).fetch_history()
            (HISTORIES / f"{name}.json").write_text(history.to_json(), encoding="utf-8")
            print(f"{name}: {len(history.events)} events")


if __name__ == "__main__":
    asyncio.run(record_all(sys.argv[1:]))
