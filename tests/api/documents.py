"""The OpenAPI document as it is served, with the sandbox's own routes beside the product's."""

from functools import cache
from typing import Any, cast

from temporalio.client import Client

from api.app import create_app
from runtime.settings import load_settings
from sandbox.clock import TestClock
from sandbox.partners.mounted import partner_routes
from sandbox.routes import sandbox_routes
from services.context import process_context
from store.database import Database
from tests.services.parts import Noon, NoTemporal


@cache
def document() -> dict[str, Any]:
    """Made without a server: nothing of it depends on what a process is connected to."""
    settings = load_settings(embedded=True)
    here = process_context(settings, Database(settings.database_url), cast(Client, NoTemporal()), Noon())
    return create_app(here, (sandbox_routes(cast(TestClock, Noon())), *partner_routes(here))).openapi()


def resolve(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """What a reference of the document leads to; else the node itself."""
    if "$ref" not in node:
        return node
    for name in node["$ref"].removeprefix("#/").split("/"):
        document = document[name]
    return document
