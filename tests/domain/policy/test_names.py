"""What people call steps, clocks and the fields and choices of their forms."""

from typing import Any

from domain.case.live import CLOCKS_OF_EVERY_CASE
from domain.lives import LIVES
from domain.policy.action_names import ACTIONS
from domain.policy.choice_names import CHOICES
from domain.policy.clock_names import CLOCKS
from domain.policy.field_names import FIELDS
from domain.shop.setting_names import TITLES
from domain.shop.settings import SECTIONS


def test_every_step_has_a_name() -> None:
    """Of every kind of case, and none too many."""
    assert set(ACTIONS) == {action.name for life in LIVES.values() for action in life.actions}


def test_every_clock_has_a_name() -> None:
    """Of every kind of case, and none too many."""
    declared = {clock.kind for life in LIVES.values() for clock in life.clocks}
    assert set(CLOCKS) == declared | set(CLOCKS_OF_EVERY_CASE)


def _asked_for() -> list[dict[str, Any]]:
    """Every part of what steps, outcomes and settings ask for."""
    asked = [action.input for life in LIVES.values() for action in life.actions]
    asked += [outcome.data for life in LIVES.values() for task in life.tasks for outcome in task.outcomes]
    schemas = [model.model_json_schema() for model in (*asked, *SECTIONS.values())]
    return [part for schema in schemas for part in (schema, *schema.get("$defs", {}).values())]


def test_every_field_has_a_name() -> None:
    """Of every step's input and every outcome's data, and none too many."""
    assert set(FIELDS) == {name for part in _asked_for() for name in part.get("properties", {})}


def test_every_section_has_a_name() -> None:
    """And none too many."""
    assert set(TITLES) == set(SECTIONS)


def test_every_choice_has_a_name() -> None:
    """And none too many."""
    codes = {code for part in _asked_for() for code in part.get("enum", ())}
    assert set(CHOICES) == {code for code in codes if isinstance(code, str)}
