"""The two processes of production: the API and the worker, any number of each."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import structlog
import uvicorn
from fastapi import APIRouter, FastAPI

from api.app import create_app
from commands.ready import check_ready
from runtime.clock import SystemClock
from runtime.memory import keep_for_good
from runtime.ports import require_free
from runtime.settings import Settings, variable
from runtime.temporal import client_runtime, connect, register_search_attributes, worker_runtime
from services.context import Context, process_context
from store.database import Database
from worker import case_worker, partner_worker, webhook_worker

log = structlog.get_logger(__name__)


MoreRoutes = Callable[[Context], tuple[APIRouter, ...]]


def _none(_: Context) -> tuple[APIRouter, ...]:
    return ()


async def serve_api(settings: Settings, more_routes: MoreRoutes = _none) -> None:
    """Serves the HTTP API until cancelled; also delivers accepted facts and recovers after crashes.

    Args:
        settings: of the process.
        more_routes: what an embedded mode serves beside the product.
    """
    require_port(settings)
    db = Database(settings.database_url)
    try:
        await check_ready(db, settings)
        client = await connect(settings, runtime=client_runtime(settings))
        await register_search_attributes(client)
        here = process_context(settings, db, client, SystemClock())
        app = create_app(here, more_routes(here))
        ready = partial(log.info, "api_serves", host=settings.host, port=settings.port)
        await serve_http(app, settings, ready, here.following.close)
    finally:
        await db.close()


async def serve_worker(settings: Settings) -> None:
    """Runs cases until cancelled."""
    db = Database(settings.database_url)
    try:
        await check_ready(db, settings)
        client = await connect(settings, runtime=worker_runtime(settings))
        await register_search_attributes(client)
        async with (
            case_worker(client, db, sandboxed=settings.workflow_sandbox, cached=settings.worker_cached_cases),
            partner_worker(client, db, settings, SystemClock()),
            webhook_worker(client, db, settings, SystemClock()),
        ):
            keep_for_good()
            log.info("worker_runs", temporal=settings.temporal_address)
            await asyncio.Event().wait()
    finally:
        await db.close()


def require_port(settings: Settings) -> None:
    """Raises PortTaken, naming the setting that chooses another; asked before anything slow is begun, too."""
    require_free(settings.port, settings.host, variable("port"))


async def serve_http(
    app: FastAPI, settings: Settings, ready: Callable[[], None], stopping: Callable[[], None] = lambda: None
) -> None:
    """Serves an app until cancelled, then lets running requests finish; `stopping` ends those that never would."""
    require_port(settings)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn has a flag, no event
            await asyncio.sleep(0.02)
        keep_for_good()
        ready()
        await asyncio.shield(serving)
    finally:
        stopping()
        server.should_exit = True
        await serving


class _Server(uvicorn.Server):
    """Leaves signals to the command, which stops everything in order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
