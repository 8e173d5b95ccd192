"""A catalogue of people's work that cannot be used is refused, and the error says where it is wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from domain.policy.catalogue import Catalogue, Variant


@pytest.fixture
def content(shipped: Path) -> dict[str, Any]:
    """The standard catalogue as it is written."""
    return tomllib.loads((shipped / "work" / "standard.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("tasks", "ship_urge", "rules"), ["S4-71"], "tasks.ship_urge.rules"),
        (("tasks", "ship_urge", "rules"), [], "tasks.ship_urge.rules"),
        (("tasks", "ship_urge", "outcomes"), {}, "tasks.ship_urge.outcomes"),
        (("tasks", "ship_urge", "outcomes", "told"), " ", "tasks.ship_urge.outcomes.told"),
        (("tasks", "ship_urge", "within"), "soon", "tasks.ship_urge.within"),
        (("tasks", "ship_urge", "group"), "nobody", "tasks.ship_urge.group"),
        (("tasks", "ship_urge", "script", "en"), "To {buyer.name}", "tasks.ship_urge.script"),
        (("tasks", "ship_urge", "script", "zh"), "付 {amount:.2f} 元", "tasks.ship_urge.script"),
        (("tasks", "ship_urge", "script", "zh"), "付 {amount 元", "tasks.ship_urge.script"),
        (("tasks", "ship_urge", "title", "zh"), "", "tasks.ship_urge.title.zh"),
        (("tasks", "payment_reminder", "variants", "follow_up", "script", "zh"), "{}", "variants.follow_up.script"),
        (("tasks", "ship_urge", "owner"), "presale", "tasks.ship_urge.owner"),
        (("knowledge", "congestion", "rules"), ["S2-57", "S9-01"], "knowledge.congestion.rules"),
    ],
)
def test_what_is_wrong_is_named(content: dict[str, Any], path: tuple[str, ...], value: object, place: str) -> None:
    """A catalogue that cannot be used is refused, and the error says where."""
    table = content
    for part in path[:-1]:
        table = table[part]
    table[path[-1]] = value
    with pytest.raises(ValidationError) as caught:
        Catalogue.model_validate(content)
    (error,) = caught.value.errors()
    assert ".".join(str(part) for part in error["loc"]).endswith(place)


def test_a_form_needs_words() -> None:
    """A variant without a script would leave its reader with the wrong one."""
    with pytest.raises(ValidationError, match="script"):
        Variant.model_validate({"outcomes": {"done": "Noted."}})
