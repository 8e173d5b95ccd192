"""The sandbox: API, worker and time-skipping server in one process, on a temporary database."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI

from api.app import create_app
from domain.own_editions import register_own
from runtime.embedded import TestServer
from runtime.partners import PLATFORM_GATEWAYS
from runtime.ports import free_port
from runtime.settings import Settings
from runtime.temporal import connect, register_search_attributes, sandbox_runtime
from sandbox.clock import TestClock
from sandbox.demo import seed_demo
from sandbox.partners.mounted import partner_routes
from sandbox.platforms.routes import platform_routes
from sandbox.routes import sandbox_routes
from services.context import Context, process_context
from store.database import Database
from store.migrate import migrate
from worker import case_worker, partner_worker, webhook_worker


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox, to be served or used directly."""

    app: FastAPI
    here: Context
    clock: TestClock


@asynccontextmanager
async def running_sandbox(settings: Settings) -> AsyncIterator[Sandbox]:
    """Everything but the HTTP server itself; nothing is left behind, neither processes nor files."""
    with tempfile.TemporaryDirectory(prefix="caseline-sandbox-") as folder:
        async with TestServer(settings.data_dir / "sandbox", free_port()) as server:
            ours = settings.model_copy(
                update={
                    "temporal_address": server.address,
                    "temporal_ui_url": None,
                    "database_url": f"sqlite:///{folder}/caseline.db",
                    "files_url": f"file://{folder}/files",
                    "platforms_url": f"http://127.0.0.1:{settings.port}{PLATFORM_GATEWAYS}",
                }
            )
            if ours.policies_dir:
                register_own(ours.policies_dir)
            db = Database(ours.database_url)
            try:
                await db.write(migrate)
                client = await connect(ours, runtime=sandbox_runtime())
                await register_search_attributes(client)
                clock = TestClock(client, db)
                await seed_demo(db, await clock.now())
                here = process_context(ours, db, client, clock)
                app = create_app(here, (sandbox_routes(clock), *partner_routes(here), *platform_routes(here)))
                async with (
                    case_worker(client, db, sandboxed=ours.workflow_sandbox, cached=ours.worker_cached_cases),
                    partner_worker(client, db, ours, clock),
                    webhook_worker(client, db, ours, clock),
                ):
                    yield Sandbox(app, here, clock)
            finally:
                await db.close()
