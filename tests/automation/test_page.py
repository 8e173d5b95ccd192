"""docs/automation.md says what holds."""

from __future__ import annotations

import re
from pathlib import Path

from automation.expressions import variables
from automation.strategies import check
from domain.after_sale.services import SUGGESTED_KEYWORDS
from domain.shop.automation import Automation
from tests.automation.shops import facts

PAGE = (Path(__file__).parents[2] / "docs" / "automation.md").read_text(encoding="utf-8")


def test_the_example_can_be_saved() -> None:
    """The settings on the page are valid and their expressions pass the check."""
    example = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert example is not None
    automation = Automation.model_validate_json(example[1])
    assert len(automation.strategies) == 2
    assert check(automation) == []


def test_the_page_names_every_fact() -> None:
    """The table of names is the variables of an expression, no more and no fewer."""
    table = PAGE.split("### What an expression can ask")[1].split("**Money.**")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(variables(facts()))


def test_the_page_lists_the_suggested_keywords() -> None:
    """Each service's row holds its words in their order."""
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|$", PAGE.split("`SUGGESTED_KEYWORDS`")[1], re.MULTILINE))
    assert rows == {keyword.service: ", ".join(keyword.words) for keyword in SUGGESTED_KEYWORDS}
