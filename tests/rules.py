"""`python -m tests.rules [OPTION …]`: runs the tests of the rules and shows which rules of each source they prove.

The options are pytest's; `make rules` runs the tests side by side.
Exits with 1 when a test fails, an id is unknown, or a rule that the page calls met has no passing test.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.rule_marks import RulesReport
from tests.rules_page import ROOT, How, Rule, State, read_rules, read_sources

TESTED = (How.AUTOMATED, How.WORK_ITEM, How.SETTING)
RAN_TO_THE_END = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)


def main() -> int:
    """Run, print, and give the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.json"
        print("Running the tests that carry a rule's id, those with servers first; all take some minutes …", flush=True)
        code = run_tests(path, sys.argv[1:])
        if code not in RAN_TO_THE_END:
            return 1
        report = RulesReport.model_validate_json(path.read_text(encoding="utf-8"))
    rules = read_rules()
    print("\n".join(table(rules, read_sources(), report)))
    unproved = [rule for rule in rules if rule.state is State.MET and not report.is_passing(rule.id)]
    if unproved:
        print(f"\nmet, but without a passing test ({len(unproved)}):")
        print("\n".join(f"  {rule.id:<7}{rule.says}" for rule in unproved))
    return 1 if unproved or code == pytest.ExitCode.TESTS_FAILED else 0


def run_tests(report: Path, options: list[str]) -> int:
    """Run the marked tests in a process of their own; the report goes to the path given."""
    command = [sys.executable, "-m", "pytest", "tests", "-q", *options, "--rules-only", f"--rules-report={report}"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def table(rules: list[Rule], sources: dict[str, str], report: RulesReport) -> list[str]:
    """Lines of the summary: one for each source, then the sum."""
    head = f"{'rules with a passing test':<42}{'all':>9}" + "".join(f"{how:>11}" for how in TESTED)
    lines = ["", head + f"{State.EXPLAINED:>11}"]
    for source, title in sources.items():
        name = f"{source} {title.partition(' (')[0]}"
        lines.append(_line(name, [r for r in rules if r.source == source], report))
    lines.append(_line("all", rules, report))
    counts = ", ".join(f"{sum(r.state is state for r in rules)} {state}" for state in State)
    return [*lines, "", f"{len(rules)} rules: {counts}"]


def _line(name: str, rules: list[Rule], report: RulesReport) -> str:
    to_test = [rule for rule in rules if rule.how in TESTED]
    by_how = "".join(f"{_share([r for r in rules if r.how is how], report):>11}" for how in TESTED)
    return f"{name:<42}{_share(to_test, report):>9}{by_how}{len(rules) - len(to_test):>11}"


def _share(rules: list[Rule], report: RulesReport) -> str:
    return f"{sum(report.is_passing(rule.id) for rule in rules)}/{len(rules)}"


if __name__ == "__main__":
    sys.exit(main())
