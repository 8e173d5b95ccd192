"""docs/rules.md read as data: one `Rule` for each row of its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "rules.md"

SOURCE_HEADING = re.compile(r"^## (S\d) · (.+)$", re.MULTILINE)
RULE_ROW = re.compile(r"^\| *S\d")
# A path has a slash inside or is a module of the root; `/v1/...` is an address, not a path.
PATH_IN_CODE = re.compile(r"`([a-z_]+/[\w./*-]*|[a-z_]+\.py)`")


class How(StrEnum):
    """How a rule is met."""

    AUTOMATED = "automated"
    WORK_ITEM = "work item"
    SETTING = "setting"
    NOT_A_CASE_MATTER = "not a case matter"


class State(StrEnum):
    """Where a rule stands today."""

    MET = "met"
    EXPLAINED = "explained"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the page."""

    id: str
    says: str
    how: How
    state: State
    where: str

    @property
    def source(self) -> str:
        """The source's id: `S2` of `S2-85`."""
        return self.id.partition("-")[0]

    @property
    def paths(self) -> list[str]:
        """The files and folders that the row names."""
        return PATH_IN_CODE.findall(self.where)


def read_rules(page: Path = PAGE) -> list[Rule]:
    """Every rule of the page, in its order; an id that stands twice comes twice.

    Raises:
        ValueError: a row has not five cells, or a `how` or `state` that is not known; names the line.
    """
    lines = page.read_text(encoding="utf-8").splitlines()
    return [_rule(line, page, n) for n, line in enumerate(lines, start=1) if RULE_ROW.match(line)]


def read_sources(page: Path = PAGE) -> dict[str, str]:
    """The title of each source by its id, in the page's order."""
    return dict(SOURCE_HEADING.findall(page.read_text(encoding="utf-8")))


def _rule(line: str, page: Path, number: int) -> Rule:
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    try:
        rule_id, says, how, state, where = cells
        return Rule(rule_id, says, How(how), State(state), where)
    except ValueError as error:
        raise ValueError(f"{page.name}, line {number} ({cells[0]}): {error}") from None
