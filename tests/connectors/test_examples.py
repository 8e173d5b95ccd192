"""Each example becomes what stands beside it, and that is what the API takes."""

from datetime import UTC, datetime

import pytest

from connectors.registry import CONNECTORS
from domain.case.ids import CaseKind
from domain.events import read_event
from domain.lives import LIVES
from domain.order.opening import OpenOrder
from domain.roles import Actor, Role
from tests.connectors.examples import FOLDER, load, names, told

KINDS = (CaseKind.ORDER, CaseKind.AFTER_SALE)
ACTIONS = {action.name: action for kind in KINDS for action in LIVES[kind].actions}
EVERYBODY = {role: Actor(role=role, account="everybody") for role in Role}
NOW = datetime(2027, 1, 1, tzinfo=UTC)
PERSONAL = ("13900000", "13800000", "王某", "李某", "陈小姐", "天河路")


@pytest.mark.parametrize(("connector", "name"), names())
def test_an_example_becomes_what_stands_beside_it(connector: str, name: str) -> None:
    """`python -m tests.connectors.examples` writes it anew."""
    assert told(connector, name) == load(FOLDER / connector / f"{name}.told.json")


@pytest.mark.parametrize(("connector", "name"), names())
def test_what_is_told_is_what_the_api_takes(connector: str, name: str) -> None:
    """Openings, facts with their data and senders, steps with their inputs and roles."""
    for one in told(connector, name):
        if "opening" in one:
            OpenOrder.model_validate(one["opening"])
        for event in one.get("facts", []):
            read_event(event, "demo", EVERYBODY, NOW)
        for step in one.get("steps", []):
            action = ACTIONS[step["action"]]
            assert step["role"] in action.roles, step
            action.input.model_validate(step.get("input", {}))


@pytest.mark.parametrize(("connector", "name"), names())
def test_no_fact_is_personal(connector: str, name: str) -> None:
    """Nor is a note, a timeout or a reference: names and numbers stay in openings and inputs."""
    for one in told(connector, name):
        rest = {key: value for key, value in one.items() if key not in ("opening", "steps")}
        assert [word for word in PERSONAL if word in str(rest)] == []


def test_every_connector_has_examples() -> None:
    """Those of the registry, and no folder too many."""
    assert {connector for connector, _ in names()} == set(CONNECTORS)
