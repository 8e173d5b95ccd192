"""`python -m tests.workflows.record`: plays every path and keeps its histories, for the replay tests.

The order's is `PATH.json`, those of its requests are `PATH.1.json` and so on.

Run it when a workflow changes on purpose; the histories kept before must still replay (docs/changing.md). One that was
released stays as it is: the new way is a path of its own.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import httpx

from commands.serve import serve_http
from runtime.partners import sandbox_partners
from runtime.ports import free_port
from runtime.settings import load_settings
from sandbox.run import Sandbox, running_sandbox
from tests.sandbox_server import Shop
from tests.workflows.complaint_paths import COMPLAINTS_WITHOUT_PAYMENTS
from tests.workflows.hold_paths import WITHOUT_ERP
from tests.workflows.impatient import impatient_server
from tests.workflows.paths import PATHS
from tests.workflows.pull_path import pulled
from tests.workflows.released import HISTORIES, released
from tests.workflows.scripted_receiver import ScriptedReceiver, running_webhook, wake_until_new_run
from tests.workflows.service_paths import WITHOUT_PAYMENTS
from tests.workflows.webhook_path import webhook

WITHOUT = {"payments_url": (*WITHOUT_PAYMENTS, *COMPLAINTS_WITHOUT_PAYMENTS), "erp_url": WITHOUT_ERP}
"""The paths that are played where a partner says no to everything."""

BESIDE: Mapping[Callable[[Shop], str], str] = {webhook: "webhook", pulled: "pull:demo"}
"""Lives that are no cases, and how the ids of their workflows begin."""
GOES_ON = "webhook_goes_on"
"""The history of a webhook's run that goes on in a new one."""

NO_PARTNER = "/sandbox/partner-systems/none"
"""Where no partner stands: the answer is 404, which is a no."""


@asynccontextmanager
async def served_sandbox(*without: str) -> AsyncIterator[tuple[Sandbox, str]]:
    """A sandbox in this process, so that its Temporal client is at hand, and its address.

    `without` names the partners' settings (`payments_url`) behind which nothing stands.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    partners = sandbox_partners(port) | dict.fromkeys(without, address + NO_PARTNER)
    settings = load_settings(embedded=True).model_copy(update={"port": port, "webhooks_private": True} | partners)
    async with running_sandbox(settings) as sandbox:
        ready = asyncio.Event()
        serving = asyncio.create_task(serve_http(sandbox.app, settings, ready.set))
        try:
            await ready.wait()
            yield sandbox, address
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)


def play(address: str, path: str) -> dict[str, bool]:
    """Plays one path; answers the cases that took part, the order first, and whether each is still open."""
    with httpx.Client(base_url=address, timeout=60) as http:
        shop = Shop(http)
        order = PATHS[path](shop).snapshot()
        requests = [shop.get(f"/v1/cases/{child['case_id']}") for child in order["children"]]
        return {case["case_id"]: case["open"] for case in (order, *requests)}


async def record(sandbox: Sandbox, address: str, name: str) -> None:
    """Plays a path and keeps the history of every case that took part; ended ones to their end."""
    _refuse_released(name)
    cases = await asyncio.to_thread(play, address, name)
    for number, (case_id, still_open) in enumerate(cases.items()):
        case = sandbox.here.temporal.get_workflow_handle(case_id)
        if not still_open:
            await case.result()
        history = await case.fetch_history()
        file = HISTORIES / (f"{name}.{number}.json" if number else f"{name}.json")
        file.write_text(history.to_json(), encoding="utf-8")
        print(f"{file.stem}: {len(history.events)} events")


async def record_beside(life: Callable[[Shop], str]) -> None:
    """Plays the life of what is no case, a webhook or a source, and keeps its history."""
    name = life.__name__
    _refuse_released(name)
    async with served_sandbox() as (sandbox, address):
        id_ = await asyncio.to_thread(_play_beside, address, life)
        run = sandbox.here.temporal.get_workflow_handle(f"{BESIDE[life]}:{id_}")
        await run.result()
        history = await run.fetch_history()
        (HISTORIES / f"{name}.json").write_text(history.to_json(), encoding="utf-8")
        print(f"{name}: {len(history.events)} events")


async def record_webhook_going_on() -> None:
    """Wakes a webhook until it goes on in a new run, and keeps the history of the first."""
    _refuse_released(GOES_ON)
    receiver = ScriptedReceiver()
    async with impatient_server() as server, running_webhook(server.client, receiver) as run:
        await wake_until_new_run(server.client, run, receiver)
        first = server.client.get_workflow_handle(run.id, run_id=run.first_execution_run_id)
        history = await first.fetch_history()
        (HISTORIES / f"{GOES_ON}.json").write_text(history.to_json(), encoding="utf-8")
        print(f"{GOES_ON}: {len(history.events)} events")


def _play_beside(address: str, life: Callable[[Shop], str]) -> str:
    with httpx.Client(base_url=address, timeout=60) as http:
        return life(Shop(http))


def _refuse_released(name: str) -> None:
    if kept := [file for file in released() if file.split(".")[0] == name]:
        sys.exit(f"{kept[0]} is released and stays as it is: give the new way of {name} a name of its own")


async def record_all(names: list[str]) -> None:
    """Records the named paths, or all."""
    HISTORIES.mkdir(exist_ok=True)
    for life in BESIDE:
        if not names or life.__name__ in names:
            await record_beside(life)
    if not names or GOES_ON in names:
        await record_webhook_going_on()
    lacking = {path.__name__: partner for partner, paths in WITHOUT.items() for path in paths}
    for partner in (None, *WITHOUT):
        chosen = [name for name in names or PATHS if name in PATHS and lacking.get(name) == partner]
        if not chosen:
            continue
        async with served_sandbox(*([partner] if partner else [])) as (sandbox, address):
            for name in chosen:
                await record(sandbox, address, name)


if __name__ == "__main__":
    asyncio.run(record_all(sys.argv[1:]))
