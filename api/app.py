"""The HTTP API, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi_offline import FastAPIOffline
from prometheus_fastapi_instrumentator import Instrumentator

from api import (
    accounts,
    actions,
    automation,
    campaigns,
    cases,
    changes,
    desk,
    events,
    files,
    health,
    holds,
    inbound,
    intercepts,
    knowledge,
    memos,
    merchants,
    openapi,
    parcels,
    policies,
    problems,
    reports,
    search,
    sessions,
    sources,
    staffing,
    stages,
    stock,
    told,
    wall,
    webhooks,
    work_items,
)
from api.middleware import DOCUMENT_FILES, AccessMiddleware
from api.routing import name_operation
from services.background import background
from services.context import Context

ROUTERS = (
    sessions.router,
    accounts.router,
    cases.router,
    search.router,
    stages.router,
    changes.router,
    webhooks.router,
    parcels.router,
    files.router,
    memos.router,
    actions.router,
    events.router,
    inbound.router,
    campaigns.router,
    policies.router,
    work_items.router,
    knowledge.router,
    staffing.router,
    merchants.router,
    sources.router,
    automation.router,
    stock.router,
    intercepts.router,
    holds.router,
    reports.router,
    wall.router,
)


def create_app(here: Context, more_routers: tuple[APIRouter, ...] = ()) -> FastAPI:
    """The API over its parts; while it serves, it also delivers accepted facts and recovers after crashes."""
    app = described_app(more_routers)
    app.state.context = here
    desk.install(app)
    problems.install(app)
    app.add_middleware(AccessMiddleware, db=here.db, callers=here.callers, max_body_bytes=here.settings.max_body_bytes)
    Instrumentator().instrument(app)
    return app


def described_app(more_routers: tuple[APIRouter, ...] = ()) -> FastAPI:
    """The routes and what OpenAPI says of them, without anything behind them."""
    app = FastAPIOffline(
        title=openapi.TITLE,
        version="1",
        lifespan=_lifespan,
        redirect_slashes=False,
        generate_unique_id_function=name_operation,
        static_url=DOCUMENT_FILES,
    )
    for router in (*ROUTERS, health.router, *more_routers):
        app.router.routes.extend(router.routes)  # one list: what is included is looked through twice, layer by layer
    app.webhooks.include_router(told.router)
    app.openapi = lambda: openapi.document_api(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with background(app.state.context):
        yield
