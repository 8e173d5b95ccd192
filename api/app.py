"""The HTTP API, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi_offline import FastAPIOffline
from prometheus_fastapi_instrumentator import Instrumentator

from api import (
    actions,
    automation,
    campaigns,
    cases,
    desk,
    documented,
    events,
    health,
    holds,
    intercepts,
    knowledge,
    memos,
    merchants,
    parcels,
    policies,
    problems,
    reports,
    staffing,
    stock,
    work_items,
)
from api.middleware import DOCUMENT_FILES, AccessMiddleware
from services.background import background
from services.context import Context

ROUTERS = (
    cases.router,
    parcels.router,
    memos.router,
    actions.router,
    events.router,
    campaigns.router,
    policies.router,
    work_items.router,
    knowledge.router,
    staffing.router,
    merchants.router,
    automation.router,
    stock.router,
    intercepts.router,
    holds.router,
    reports.router,
)

DESCRIPTION = """
Orders and after-sale cases as durable workflows. Open a case, report facts, take steps; every deadline says why it is
due when it is. Money in yuan as decimal strings, times as RFC 3339, durations as ISO 8601.
"""


def create_app(here: Context, more_routers: tuple[APIRouter, ...] = ()) -> FastAPI:
    """The API over its parts; while it serves, it also delivers accepted facts and recovers after crashes."""
    app = described_app(more_routers)
    app.state.context = here
    desk.install(app)
    problems.install(app)
    app.add_middleware(AccessMiddleware, db=here.db, max_body_bytes=here.settings.max_body_bytes)
    Instrumentator().instrument(app)
    return app


def described_app(more_routers: tuple[APIRouter, ...] = ()) -> FastAPI:
    """The routes and what OpenAPI says of them, without anything behind them."""
    app = FastAPIOffline(
        title="Caseline",
        version="1",
        description=DESCRIPTION,
        lifespan=_lifespan,
        redirect_slashes=False,
        static_url=DOCUMENT_FILES,
    )
    for router in (*ROUTERS, health.router, *more_routers):
        app.include_router(router)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with background(app.state.context):
        yield


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The document, with the models that only bodies read by hand name."""
    if not app.openapi_schema:
        document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = document["components"]["schemas"]
        for model in events.SCHEMAS:
            schemas[model.__name__] = model.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"]["schemas"] = {**documented.ACTION_SCHEMAS, **schemas}
        app.openapi_schema = document
    return app.openapi_schema
