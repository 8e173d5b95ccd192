"""docs/glossary.md: every word that it names stands where it says."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from domain.case.declare import Life
from domain.lives import LIVES
from tests.docs.places import ROOT, lost_names, lost_paths, names_in, paths_in, rows_of

PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [row for row in rows_of(PAGE) if paths_in(row)]


def test_every_path_leads_somewhere() -> None:
    """Files, folders and links."""
    assert lost_paths(PAGE, ROOT / "docs") == []


@pytest.mark.parametrize("row", ROWS)
def test_every_word_stands_where_the_page_says(row: str) -> None:
    """Renaming or moving it makes the page wrong, and this test says so."""
    assert lost_names(row) == []


def test_no_word_stands_for_two_things() -> None:
    """Each has one line."""
    words = [word.strip() for row in ROWS for word in row.split("|")[1].split(",")]
    assert sorted(words) == sorted(set(words))


def test_every_line_of_the_trade_names_one_identifier() -> None:
    """In Chinese and English, with the word that the code uses."""
    trade = PAGE.split("## The trade")[1].split("\n## ")[0]
    wrong = [row for row in rows_of(trade) if paths_in(row) and (len(names_in(row)) != 1 or row.isascii())]
    assert wrong == []


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_what_a_case_declares_is_named_by_the_patterns(life: Life[Any]) -> None:
    """Facts, clocks and refusals, and what is made for one outcome alone."""
    assert [name for name, fits in _declared(life) if not fits] == []


def _declared(life: Life[Any]) -> Iterator[tuple[str, bool]]:
    acts = _acts(life)
    everywhere = [act for one in LIVES.values() for act in _acts(one)]
    for fact in life.facts:
        yield _name(fact.take_in), _name(fact.take_in).startswith("on_")
    for clock in life.clocks:
        yield _name(clock.plans), _name(clock.plans).endswith("_plans")
        yield _name(clock.consequence), _name(clock.consequence).startswith("pass_")
    for action in life.actions:
        yield _name(action.refusals), _name(action.refusals).endswith("_refusals")
    for act in acts:
        alone = everywhere.count(act) == 1 and "<locals>" not in act.__qualname__
        yield _name(act), _name(act).startswith("on_") or not alone


def _acts(life: Life[Any]) -> list[Callable[..., Any]]:
    return [outcome.take for task in life.tasks for outcome in task.outcomes]


def _name(function: Callable[..., Any]) -> str:
    whole = function.func if isinstance(function, partial) else function
    return whole.__name__.lstrip("_")
