"""docs/connectors is what the tables say today."""

from connectors.pages import pages
from connectors.registry import CONNECTORS
from tests.docs.places import ROOT

DOCS = ROOT / "docs" / "connectors"


def test_the_pages_are_current() -> None:
    """`python -m connectors.pages docs/connectors` would change nothing, and there is no page too many."""
    kept = {file.name: file.read_text(encoding="utf-8") for file in DOCS.glob("*.md")}
    assert kept == dict(pages()), "run `python -m connectors.pages docs/connectors`"


def test_every_row_names_a_public_source() -> None:
    """By its address."""
    rows = [row for connector in CONNECTORS.values() for table in connector.page.tables for row in table.rows]
    assert [row.name for row in rows if not row.sources] == []
    assert [
        source for row in rows for source in row.sources if not source.url.startswith(("http://", "https://"))
    ] == []


def test_no_name_stands_twice_in_a_table() -> None:
    """Two rows of one name would say two things."""
    for connector in CONNECTORS.values():
        for table in connector.page.tables:
            assert len(table.names) == len(table.rows), (connector.name, table.title)
