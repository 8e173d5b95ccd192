"""Each example becomes what stands beside it, and that is what the API takes."""

from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.registry import CONNECTORS
from connectors.translation import Enquiry
from domain.case.ids import CaseKind
from domain.events import read_event
from domain.lives import LIVES
from domain.order.opening import OpenOrder
from domain.roles import Actor, Role
from tests.connectors.examples import ALL, BECOMES, FOLDER, listed, load, names

KINDS = (CaseKind.ORDER, CaseKind.AFTER_SALE)
ACTIONS = {action.name: action for kind in KINDS for action in LIVES[kind].actions}
EVERYBODY = {role: Actor(role=role, account="everybody") for role in Role}
NOW = datetime(2027, 1, 1, tzinfo=UTC)
PERSONAL = ("13900000", "13800000", "王某", "李某", "陈小姐", "天河路")


def tellings(of: str, connector: str, name: str) -> list[Any]:
    """What is told of an example."""
    _, become = BECOMES[of]
    became = become(connector, name)
    told: list[Any] = became.get("told", []) if isinstance(became, dict) else became
    return told


@pytest.mark.parametrize(("of", "connector", "name"), ALL)
def test_an_example_becomes_what_stands_beside_it(of: str, connector: str, name: str) -> None:
    """`python -m tests.connectors.examples` writes it anew."""
    beside, become = BECOMES[of]
    assert become(connector, name) == load(FOLDER / connector / f"{name}.{beside}.json")


@pytest.mark.parametrize(("of", "connector", "name"), ALL)
def test_what_is_told_is_what_the_api_takes(of: str, connector: str, name: str) -> None:
    """Openings, facts with their data and senders, steps with their inputs and roles."""
    for one in tellings(of, connector, name):
        if "opening" in one:
            OpenOrder.model_validate(one["opening"])
        for event in one.get("facts", []):
            read_event(event, "demo", EVERYBODY, NOW)
        for step in one.get("steps", []):
            action = ACTIONS[step["action"]]
            assert step["role"] in action.roles, step
            action.input.model_validate(step.get("input", {}))


@pytest.mark.parametrize(("of", "connector", "name"), ALL)
def test_no_fact_is_personal(of: str, connector: str, name: str) -> None:
    """Nor is a note, a timeout or a reference: names and numbers stay in openings and inputs."""
    for one in tellings(of, connector, name):
        rest = {key: value for key, value in one.items() if key not in ("opening", "steps")}
        assert [word for word in PERSONAL if word in str(rest)] == []


def test_every_connector_has_examples() -> None:
    """Those of the registry, and no folder too many; every list and every question for a track among them."""
    assert {connector for connector, _ in names()} == set(CONNECTORS)
    lists = {(name, one) for name, known in CONNECTORS.items() for one in (known.calls.lists if known.calls else ())}
    assert set(names("list")) == lists
    assert {connector for connector, _ in names("query")} == {name for name, one in CONNECTORS.items() if one.watching}


@pytest.mark.parametrize(("connector", "name"), names("list"))
def test_what_is_listed_can_be_asked_for(connector: str, name: str) -> None:
    """By a call of the platform's own."""
    calls = CONNECTORS[connector].calls
    assert calls
    changed = listed(connector, name)["changed"]
    assert bool(changed) is (name not in calls.whole)
    for one in changed:
        assert calls.ask(Enquiry.model_validate(one))
