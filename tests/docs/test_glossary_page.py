"""docs/glossary.md: every word that it names stands where it says."""

import pytest

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
