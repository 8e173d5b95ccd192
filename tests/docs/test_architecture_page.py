"""docs/architecture.md says where things are; what it says is so."""

import re
import tomllib
from typing import Any

import pytest

from tests.docs.places import ROOT, lost_names, lost_paths, rows_of

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
WHERE = re.compile(r"^- \*Where:\*(?:.|\n  )*", re.MULTILINE)
RECORD = re.compile(r"^### (\d+)\. .*\n\n((?:.+\n)+)", re.MULTILINE)


def test_every_path_leads_somewhere() -> None:
    """Files, folders and links."""
    assert lost_paths(PAGE, ROOT / "docs") == []


@pytest.mark.parametrize("place", [*rows_of(PAGE), *WHERE.findall(PAGE)])
def test_every_name_stands_where_the_page_says(place: str) -> None:
    """In one of the files that its row, or the item of its decision, names."""
    assert lost_names(place) == []


def test_the_rooms_are_those_that_the_checks_know() -> None:
    """As pyproject.toml has them for import-linter, in the same order."""
    told = PAGE.replace("\n  → ", " → ")
    for layers in _layers():
        assert " → ".join(layers) in told


def test_every_room_is_described() -> None:
    """Each package of the product has its row."""
    described = [row.split("|")[1].strip() for row in rows_of(PAGE)]
    assert [package for package in _checked()["root_packages"] if f"`{package}/`" not in described] == []


def test_every_decision_says_what_it_forbids_and_where_it_lives() -> None:
    """Numbered one after another."""
    records = RECORD.findall(PAGE)
    assert [int(number) for number, _ in records] == list(range(1, len(records) + 1))
    for number, text in records:
        assert [kind for kind in ("Decided", "Forbids", "Where") if f"- *{kind}:* " not in text] == [], number


def _layers() -> list[list[str]]:
    return [contract["layers"] for contract in _checked()["contracts"] if contract["type"] == "layers"]


def _checked() -> dict[str, Any]:
    tool: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    checked: dict[str, Any] = tool["importlinter"]
    return checked
