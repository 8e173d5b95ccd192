"""Requests that nobody should send: every route of the document, one place of each made hostile at a time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.api.documents import resolve

TEXTS = [
    "a\x00b",
    "\ud800",
    "",
    "x" * 300,
    "💥" * 300,
    "../..",
    "%00",
    "1E2",
    "１",
    "2000-01-01T00:00:00+14:00",
    "NULL",
]
VALUES: list[Any] = [
    *TEXTS, None, True, -1, 0, 2**31, 2**63, 10**40, 0.5, 1e308, float("inf"), float("nan"), [], {}, [None], [[]],
    {"a": 1}, ["x"] * 5000, {"\ud800": 1}, {"a\x00": 1}, {"currency": "USD"},
]  # fmt: skip
BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"0",
    b'"x"',
    b"\xff\xfe\x00",
    b"[" * 9000,
    b'{"a":' * 500 + b"1" + b"}" * 500,
    b'{"a":1,"a":2}',
]
TYPES = ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]


@dataclass(frozen=True, slots=True)
class Attack:
    """One request; what is hostile in it is somewhere in one of its parts."""

    method: str
    route: str
    path: str
    body: bytes | None = None
    content_type: str = "application/json"
    key: str | None = None


def attacks(document: dict[str, Any], known: dict[str, str]) -> Iterator[Attack]:
    """Every route with a hostile value in each place in turn; `known` are path parameters that name something."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield from _of(document, method.upper(), path, operation, known)


def _of(
    document: dict[str, Any], method: str, path: str, operation: dict[str, Any], known: dict[str, str]
) -> Iterator[Attack]:
    parameters = [resolve(document, one) for one in operation["parameters"]]
    names = [one["name"] for one in parameters if one["in"] == "path"]
    good = path.format_map({name: quote(known.get(name, "x"), safe="") for name in names})
    body = _example(document, operation)
    sent = json.dumps(body).encode() if body is not None else None
    yield Attack(method, path, good, sent)
    for name in names:
        for text in TEXTS:
            others = {one: quote(known.get(one, "x"), safe="") for one in names}
            hostile = quote(text.encode("utf-8", "surrogatepass"), safe="")
            yield Attack(method, path, path.format_map(others | {name: hostile}), sent)
    for one in parameters:
        if one["in"] == "query":
            for text in [*TEXTS, "-1", str(2**70), "cursor", "W10", "bnVsbA"]:
                hostile = quote(text.encode("utf-8", "surrogatepass"), safe="")
                yield Attack(method, path, f"{good}?{one['name']}={hostile}", sent)
    if sent is None:
        return
    yield from (Attack(method, path, good, raw) for raw in BODIES)
    yield from (Attack(method, path, good, sent, content_type) for content_type in TYPES)
    yield from (Attack(method, path, good, sent, key=key) for key in ("k", "\xff" * 200, "k" * 201))
    for changed in _mutated(body):
        yield Attack(method, path, good, json.dumps(changed).encode())


def _mutated(value: Any) -> Iterator[Any]:
    """The value with one of its parts hostile, each in turn; and with a part too many."""
    yield from VALUES
    if isinstance(value, dict):
        yield value | {"nonsense": 1}
        for name, part in value.items():
            yield {other: kept for other, kept in value.items() if other != name}
            yield from (value | {name: changed} for changed in _mutated(part))
    elif isinstance(value, list) and value:
        yield value * 300
        yield from ([changed, *value[1:]] for changed in _mutated(value[0]))


def _example(document: dict[str, Any], operation: dict[str, Any]) -> Any:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    if "example" in content:
        return content["example"]
    for example in content.get("examples", {}).values():
        return example["value"]
    return _made(document, content["schema"])


def _made(document: dict[str, Any], schema: dict[str, Any]) -> Any:
    """Something of the schema: its example, its default, or what its type makes of nothing."""
    schema = resolve(document, schema)
    if examples := schema.get("examples"):
        return examples[0]
    if "properties" in schema:
        return {name: _made(document, part) for name, part in schema["properties"].items()}
    if "anyOf" in schema:
        return _made(document, schema["anyOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    if "default" in schema:
        return schema["default"]
    plain: dict[str, Any] = {"string": "x", "integer": 1, "number": 1, "boolean": True, "array": [], "object": {}}
    return plain.get(schema.get("type", ""))
