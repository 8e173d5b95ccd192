"""The OpenAPI document: what generators of clients, and people, find in it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from domain.case.ids import CaseKind
from domain.lives import LIVES
from tests.api.documents import document, resolve

DOCUMENT = document()
SCHEMAS = DOCUMENT["components"]["schemas"]
OPERATIONS = {operation["operationId"]: operation for path in DOCUMENT["paths"].values() for operation in path.values()}


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """The node and every object in it."""
    if isinstance(node, dict):
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(part)


def wrong(schema: dict[str, Any], value: Any) -> list[str]:
    """What of a value its schema does not allow."""
    whole = {**schema, "components": DOCUMENT["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(value)]


def test_what_receivers_of_webhooks_get_is_described() -> None:
    """A body and the headers that sign it; an answer of 2xx takes it, and no token is needed."""
    described = document()["webhooks"]
    assert {name: item["post"]["operationId"] for name, item in described.items()} == {
        "change": "receive_change",
        "test": "receive_test",
    }
    for item in described.values():
        assert set(item["post"]["requestBody"]["content"]) == {"application/cloudevents+json"}
        assert [one["name"] for one in item["post"]["parameters"]] == [
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
        ]
        assert set(item["post"]["responses"]) == {"204", "410", "4XX", "5XX"}
        assert item["post"]["security"] == []


def test_operations_are_called_by_what_they_do() -> None:
    """Short ids, each once: `open_case`, and `take_action_` with the action's name."""
    assert len(OPERATIONS) == sum(len(path) for path in DOCUMENT["paths"].values())
    assert all(re.fullmatch(r"[a-z][a-z_0-9]{3,40}", name) for name in OPERATIONS), sorted(OPERATIONS)
    actions = {action.name for life in LIVES.values() for action in life.actions}
    assert {f"take_action_{name}" for name in actions} | {"open_case", "list_cases"} <= OPERATIONS.keys()


def test_components_alone_have_titles() -> None:
    """A generator names a class by a title, so each is there once."""
    titled = [node["title"] for node in nodes(SCHEMAS) if isinstance(node.get("title"), str) and "type" in node]
    assert len(titled) == len(set(titled))
    assert {name: schema["title"] for name, schema in SCHEMAS.items()} == {name: name for name in SCHEMAS}
    assert "CasePage" in SCHEMAS
    assert all(name.isalnum() for name in SCHEMAS)


def test_each_kind_of_case_is_told_apart() -> None:
    """What the answers are told apart by is in each of them."""
    cases = SCHEMAS["CaseShown"]
    assert cases["discriminator"]["propertyName"] == "kind"
    assert len(cases["oneOf"]) == len(LIVES)
    assert all("kind" in resolve(DOCUMENT, case)["required"] for case in cases["oneOf"])


def test_money_is_text() -> None:
    """No amount is a number: floating point has no fen. A weight, a rate, a share is one."""
    numbers = {
        name for name, schema in SCHEMAS.items() for node in nodes(schema) if node.get("type") in ("number", ["number"])
    }
    assert numbers == {"CitedRate", "OrderLine", "ReportAnswered"}


def test_problems_and_parameters_stand_once() -> None:
    """Every route's errors are the same few components; so are `limit` and `case_id`."""
    for name, operation in OPERATIONS.items():
        errors = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
        assert all(answer.keys() == {"$ref"} for answer in errors.values()), name
        for error in errors.values():
            assert list(resolve(DOCUMENT, error)["content"]) == ["application/problem+json"]
    written_out = [one["name"] for operation in OPERATIONS.values() for one in operation["parameters"] if "name" in one]
    assert written_out.count("case_id") == 1, "what the inbox is filtered by is no part of an address"
    assert not {"limit", "cursor", "merchant", "Idempotency-Key"} & set(written_out)


def test_it_says_where_and_by_what_right() -> None:
    """The server is where the document was read; every operation has a tag that is explained, and needs a token."""
    assert DOCUMENT["servers"][0]["url"] == "/"
    explained = {tag["name"] for tag in DOCUMENT["tags"] if tag["description"]}
    assert {tag for operation in OPERATIONS.values() for tag in operation["tags"]} == explained
    open_to_all = {name for name, operation in OPERATIONS.items() if not operation["security"]}
    assert open_to_all == {"alive", "ready", "begin_session"}


@pytest.mark.parametrize("name", SCHEMAS)
def test_examples_of_fields_are_values_of_theirs(name: str) -> None:
    """An example that its own schema does not allow teaches wrong things."""
    for node in nodes(SCHEMAS[name]):
        examples = node.get("examples")
        for example in examples if isinstance(examples, list) else ():
            assert wrong(node, example) == [], (name, example)


def test_examples_of_bodies_and_answers_are_values_of_theirs() -> None:
    """Those of every action, the event, every problem."""
    tried = 0
    for media in nodes([DOCUMENT["paths"], DOCUMENT["components"]["responses"]]):
        if "schema" in media and ("example" in media or isinstance(media.get("examples"), dict)):
            given = [one["value"] for one in media.get("examples", {}).values()] or [media["example"]]
            for example in given:
                assert wrong(media["schema"], example) == []
                tried += 1
    assert tried > len(LIVES[CaseKind.ORDER].actions)
