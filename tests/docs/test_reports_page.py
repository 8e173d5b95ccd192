"""docs/reports.md is what the reports declare."""

from pathlib import Path

import pytest

from store.reports.catalogue import REPORTS
from store.reports.page import reports_page
from store.reports.shape import ShopReport
from tests.rules_page import read_rules

DOCS = Path(__file__).parents[2] / "docs" / "reports.md"


def test_the_page_is_current() -> None:
    """`python -m store.reports.page > docs/reports.md` after a change of a report."""
    assert DOCS.read_text(encoding="utf-8") == reports_page()


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_every_report_is_documented(report: ShopReport) -> None:
    """Its query, and each column with what it means; names of columns are unique, rules exist."""
    _, _, section = reports_page().partition(f"## `{report.name}` ")
    section = section.partition("\n## ")[0]
    assert report.query in " ".join(section.split())
    names = [column.name for column in report.columns]
    assert len(names) == len(set(names))
    assert [name for name in names if f"| `{name}` |" not in section] == []
    assert [column.name for column in report.columns if not column.means.endswith(".")] == []
    assert set(report.rules) <= {rule.id for rule in read_rules()}
