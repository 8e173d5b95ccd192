"""pytest plugin: `@pytest.mark.rule("S2-85")` says which rules of docs/rules.md a test proves.

An id that the page does not hold stops the run. `--rules-only` runs the marked tests alone;
`--rules-report FILE` writes a `RulesReport` as JSON.
"""

from __future__ import annotations

from collections.abc import Generator
from enum import StrEnum
from pathlib import Path

import pytest
from pydantic import BaseModel

from tests.rules_page import PAGE, read_rules

IDS = "rules"
"""The property of a test's report that holds its rule ids."""


class Outcome(StrEnum):
    """What came of a test; an expected failure counts as skipped."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


class TestsOfRule(BaseModel):
    """The tests that carry one rule's id and ran, by node id."""

    __test__ = False

    tests: dict[str, Outcome] = {}

    @property
    def passing(self) -> bool:
        """At least one test passed and none failed; a skip proves nothing."""
        outcomes = self.tests.values()
        return Outcome.PASSED in outcomes and Outcome.FAILED not in outcomes


class RulesReport(BaseModel):
    """What a run proved, by rule id."""

    rules: dict[str, TestsOfRule] = {}

    def is_passing(self, rule_id: str) -> bool:
        """Whether the run proved this rule."""
        return rule_id in self.rules and self.rules[rule_id].passing


class RuleMarks:
    """Checks the marks at collection and gathers the outcomes of the run.

    A test's report carries its rule ids, so that the process that gathers them need not be the one that ran it.
    """

    def __init__(self, *, only: bool, report: Path | None) -> None:
        self.only = only
        self.report = report
        self.known = {rule.id for rule in read_rules()}
        self.ids_of_test: dict[str, list[str]] = {}
        self.outcomes: dict[str, Outcome] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        report = yield
        items = [item for item in report.result or () if isinstance(item, pytest.Item)]
        wrong = [f"  {id_!r} in {item.nodeid}" for item in items for id_ in rule_ids(item) if id_ not in self.known]
        if wrong:
            report.outcome, report.result = "failed", []
            report.longrepr = "\n".join([f"rule ids that {PAGE.name} does not hold:", *wrong])
        return report

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        marked = {item: ids for item in items if (ids := rule_ids(item))}
        for item, ids in marked.items():
            item.user_properties.append((IDS, ids))
        if self.only:
            config.hook.pytest_deselected(items=[item for item in items if item not in marked])
            items[:] = [item for item in items if item in marked]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        ids = dict(report.user_properties).get(IDS)
        if isinstance(ids, list):
            self.ids_of_test[report.nodeid] = ids
        if self.outcomes.get(report.nodeid) is Outcome.FAILED:
            return
        if report.failed:
            self.outcomes[report.nodeid] = Outcome.FAILED
        elif report.skipped:
            self.outcomes[report.nodeid] = Outcome.SKIPPED
        elif report.when == "call":
            self.outcomes[report.nodeid] = Outcome.PASSED

    def pytest_sessionfinish(self) -> None:
        if self.report is None:
            return
        result = RulesReport()
        for nodeid, ids in self.ids_of_test.items():
            for rule_id in ids:
                result.rules.setdefault(rule_id, TestsOfRule()).tests[nodeid] = self.outcomes[nodeid]
        self.report.write_text(result.model_dump_json(indent=1), encoding="utf-8")


def rule_ids(item: pytest.Item) -> list[str]:
    """The rule ids that a test carries, its class's and module's included; a mark without one gives ''."""
    return [str(rule_id) for mark in item.iter_markers("rule") for rule_id in mark.args or ("",)]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("rules", "rules of docs/rules.md")
    group.addoption("--rules-only", action="store_true", help="run only the tests that carry a rule mark")
    group.addoption("--rules-report", type=Path, metavar="FILE", help="write the outcome by rule id as JSON")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "rule(id, ...): the rules of docs/rules.md that this test proves")
    written_here = not hasattr(config, "workerinput")  # with several processes, by the one that started them
    report = config.getoption("--rules-report") if written_here else None
    marks = RuleMarks(only=config.getoption("--rules-only"), report=report)
    config.pluginmanager.register(marks, "rule_marks")
