"""The OpenAPI document, put together so that people read it and generators of clients take it as it is.

FastAPI writes everything out at each route. Here what many routes share stands once, among the components: the
problems, the parameters. Operations are named by what they do (`open_case`), pages by what is on them (`CasePage`),
and only components have titles, each its own.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api import documented

Node = dict[str, Any]

TITLE = "Caseline"
DESCRIPTION = """
Orders and after-sale cases as durable workflows. Open a case, report facts, take steps; every deadline says why it is
due when it is. Money in yuan as decimal strings, times as RFC 3339, durations as ISO 8601.
"""

TAGS = {
    "sessions": "Signing in with account and password, and who one is",
    "accounts": "The shop's people",
    "cases": "Orders, requests, holds, interceptions, complaints, unread messages: how they stand, and why",
    "actions": "What may be done with a case now, why not something else, and doing it",
    "changes": "What changed, version by version, in one order",
    "webhooks": "Who is told what changes",
    "events": "Facts that outside systems report",
    "work items": "What people are to do",
    "memos": "What the shop's people wrote",
    "interceptions": "Parcels stopped on their way, and what that costs",
    "holds": "Goods that are not to be shipped for now",
    "merchants": "What a shop sets up",
    "campaigns": "Sales with rules of their own",
    "stock": "What is there to be sent in exchange",
    "policies": "The marketplaces' rules, edition by edition",
    "reports": "What a shop's figures come to",
    "operations": "For those who run Caseline",
    "sandbox": "The test clock and the scripted partners of `caseline sandbox`",
}

WITHOUT_SCHEMAS = ("example", "examples", "default", "enum", "const", "mapping")
"""Keywords whose content is values: a title in there is somebody's word."""


def document_api(app: FastAPI) -> Node:
    """The document of all that an app serves; made once."""
    if not app.openapi_schema:
        app.openapi_schema = _document(app)
    return app.openapi_schema


def _document(app: FastAPI) -> Node:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION,
        routes=app.routes,
        webhooks=app.webhooks.routes,
        servers=[{"url": "/", "description": "Where this document was read"}],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    served = {tag for operation in _operations(document) for tag in operation["tags"]}
    document["tags"] = [{"name": tag, "description": what} for tag, what in TAGS.items() if tag in served]
    document["components"]["schemas"] |= documented.SCHEMAS
    document = _with_pages_named(document)
    components = document["components"]
    components["responses"] = dict(documented.SHARED_PROBLEMS.values())
    components["parameters"] = _shared_parameters(document)
    for operation in _operations(document):
        _refer(operation, components["parameters"])
    _drop_titles([document["paths"], document["webhooks"]])
    _drop_titles(components)
    for name, schema in components["schemas"].items():
        schema["title"] = name
    return document


def _with_pages_named(document: Node) -> Node:
    """The document with generic models under their titles: `CasePage`, not `PageShown_CaseShown_`; forms likewise."""
    written = json.dumps(document)
    for name, schema in document["components"]["schemas"].items():
        if not name.isalnum():
            called = schema["title"] if schema["title"].isalnum() else name.title().replace("_", "")
            written = written.replace(json.dumps(name), json.dumps(called))
            written = written.replace(f'/{name}"', f'/{called}"')
    renamed: Node = json.loads(written)
    return renamed


def _operations(document: Node) -> Iterator[Node]:
    for item in document["paths"].values():
        yield from item.values()


def _shared_parameters(document: Node) -> Node:
    """Parameters that several operations have alike, by a name; of two that are called the same, the more common."""
    used = Counter(
        json.dumps(parameter) for operation in _operations(document) for parameter in operation.get("parameters", [])
    )
    shared: Node = {}
    for written, times in used.most_common():
        parameter = json.loads(written)
        if times > 1:
            shared.setdefault(parameter["name"], parameter)
    return shared


def _refer(operation: Node, parameters: Node) -> None:
    """Replaces what stands among the components by references to it."""
    operation["parameters"] = [
        {"$ref": f"#/components/parameters/{one['name']}"} if parameters.get(one["name"]) == one else one
        for one in operation.get("parameters", [])
    ]
    for status, (name, _) in documented.SHARED_PROBLEMS.items():
        if str(status) in operation["responses"]:
            operation["responses"][str(status)] = {"$ref": f"#/components/responses/{name}"}


def _drop_titles(node: Any) -> None:
    """Drops titles that only repeat a field's name."""
    if isinstance(node, list):
        for part in node:
            _drop_titles(part)
    elif isinstance(node, dict):
        if isinstance(node.get("title"), str):
            del node["title"]
        for keyword, part in node.items():
            if keyword not in WITHOUT_SCHEMAS:
                _drop_titles(part)
