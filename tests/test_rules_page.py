"""docs/rules.md is whole and true, and the rule marks of tests mean what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import rule_marks, rules
from tests.rule_marks import Outcome, RulesReport, TestsOfRule
from tests.rules_page import ROOT, How, Rule, State, read_rules, read_sources

RULES_OF_SOURCE = {"S0": 35, "S1": 43, "S2": 101, "S3": 17, "S4": 70}
DECIDED = {"S1-14", "S2-78", "S4-34", "S4-36", "S4-37"}

pytest_plugins = ["pytester"]


def ids(rows: list[Rule]) -> list[str]:
    return [row.id for row in rows]


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    """Run the folder's tests with the plugin and without the ones they do not need."""
    return pytester.runpytest_inprocess("-p", "no:asyncio", *options, plugins=[rule_marks])


def report_of(pytester: pytest.Pytester) -> RulesReport:
    """Run the folder's tests with the plugin and read what it wrote."""
    run(pytester, "--rules-report=rules.json")
    return RulesReport.model_validate_json((pytester.path / "rules.json").read_text())


def test_every_rule_stands_once_under_its_source() -> None:
    """The page holds each of the 266 ids exactly once, in order, and a title for each source."""
    expected = [f"{s}-{n:02d}" for s, count in RULES_OF_SOURCE.items() for n in range(1, count + 1)]
    assert ids(read_rules()) == expected
    assert list(read_sources()) == list(RULES_OF_SOURCE)


def test_every_rule_says_something_in_one_line() -> None:
    """No row leaves a cell empty, and no two rules of a source say the same."""
    page = read_rules()
    assert [row.id for row in page if not row.says or not row.where] == []
    assert len({(row.source, row.says) for row in page}) == len(page)


def test_only_what_is_no_case_matter_is_explained() -> None:
    """`explained` and `not a case matter` go together, with a reason written as a sentence."""
    for row in read_rules():
        assert (row.state is State.EXPLAINED) == (row.how is How.NOT_A_CASE_MATTER), row.id
        if row.state is State.EXPLAINED:
            assert row.where.endswith("."), row.id
            assert len(row.where.split()) >= 5, row.id


def test_what_is_met_names_code_that_exists() -> None:
    """Every met row names at least one path, and each path named is there."""
    for row in read_rules():
        if row.state is State.MET:
            assert row.paths, f"{row.id} names no path"
            missing = [path for path in row.paths if not any(ROOT.glob(path))]
            assert missing == [], f"{row.id} names {missing}"


def test_every_rule_that_code_cites_is_on_the_page() -> None:
    """A rule id in a policy or in code stands on the page, so that a mistyped one is found."""
    known = set(ids(read_rules()))
    for path in [*ROOT.glob("[!.t]*/**/*.py"), *ROOT.glob("domain/policies/*.toml")]:
        cited = set(re.findall(r"\bS\d-\d+", path.read_text(encoding="utf-8")))
        assert cited <= known, f"{path.relative_to(ROOT)} cites {sorted(cited - known)}"


def test_every_trap_has_its_decision() -> None:
    """Rows marked as a trap, and no others, state what was decided."""
    page = read_rules()
    assert {row.id for row in page if "⚠" in row.says} == DECIDED
    assert {row.id for row in page if "Decision:" in row.where} == DECIDED


def test_a_broken_row_is_reported_with_its_line(tmp_path: Path) -> None:
    """A row whose `how` nobody knows stops the reading and is named."""
    page = tmp_path / "rules.md"
    page.write_text("# Rules\n\n| S0-01 | something | by magic | met | `cli.py` |\n")
    with pytest.raises(ValueError, match=r"rules\.md, line 3 \(S0-01\).*by magic"):
        read_rules(page)


@pytest.mark.parametrize("mark", ['"S9-99"', '"S2-85", "S2-102"', ""])
def test_an_unknown_rule_stops_the_run(pytester: pytest.Pytester, mark: str) -> None:
    """A mark with an id that the page does not hold, or with none, fails the collection and is named."""
    pytester.makepyfile(f"import pytest\n@pytest.mark.rule({mark})\ndef test_it(): pass")
    result = run(pytester)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*rule ids that rules.md does not hold:*", "*in test_an_unknown*::test_it"])


def test_passed_tests_prove_their_rules(pytester: pytest.Pytester) -> None:
    """Each id of a mark is proved by its passed test, also where the class carries the mark."""
    pytester.makepyfile("""
        import pytest
        @pytest.mark.rule("S2-84", "S2-85")
        def test_two(): pass
        @pytest.mark.rule("S2-49")
        class TestClass:
            def test_method(self): pass
    """)
    report = report_of(pytester)
    assert {rule_id for rule_id in report.rules if report.is_passing(rule_id)} == {"S2-84", "S2-85", "S2-49"}
    assert not report.is_passing("S2-50")


def test_a_skip_is_no_pass(pytester: pytest.Pytester) -> None:
    """A rule whose tests were skipped or failed as expected is not proved; a pass beside a skip proves it."""
    pytester.makepyfile("""
        import pytest
        @pytest.mark.rule("S2-85")
        @pytest.mark.skip
        def test_marked(): pass
        @pytest.mark.rule("S2-84")
        def test_inside(): pytest.skip("not here")
        @pytest.mark.rule("S2-83", "S2-49")
        @pytest.mark.xfail
        def test_expected(): assert False
        @pytest.mark.rule("S2-49")
        def test_beside(): pass
    """)
    report = report_of(pytester)
    assert {rule_id: report.is_passing(rule_id) for rule_id in report.rules} == {
        "S2-85": False, "S2-84": False, "S2-83": False, "S2-49": True,
    }  # fmt: skip


def test_one_failure_unproves_a_rule(pytester: pytest.Pytester) -> None:
    """A failed call, or a failed clean-up after a passed one, outweighs the passes beside it."""
    pytester.makepyfile("""
        import pytest
        @pytest.fixture
        def broken():
            yield
            raise RuntimeError
        @pytest.mark.rule("S2-85")
        @pytest.mark.parametrize("ok", [True, False])
        def test_call(ok): assert ok
        @pytest.mark.rule("S2-84")
        def test_clean_up(broken): pass
    """)
    report = report_of(pytester)
    assert sorted(report.rules["S2-85"].tests.values()) == [Outcome.FAILED, Outcome.PASSED]
    assert not report.is_passing("S2-85")
    assert not report.is_passing("S2-84")


def test_rules_only_leaves_the_other_tests_out(pytester: pytest.Pytester) -> None:
    """With `--rules-only` a test without a mark does not run."""
    pytester.makepyfile("""
        import pytest
        @pytest.mark.rule("S2-85")
        def test_marked(): pass
        def test_other(): assert False
    """)
    result = run(pytester, "--rules-only")
    result.assert_outcomes(passed=1, deselected=1)


def test_the_summary_counts_by_source_and_way() -> None:
    """The summary shows passing of all for each source and each way of meeting a rule."""
    page = [
        Rule("S0-01", "first", How.AUTOMATED, State.MET, "`cli.py`"),
        Rule("S0-02", "second", How.AUTOMATED, State.MET, "`cli.py`"),
        Rule("S0-03", "third", How.NOT_A_CASE_MATTER, State.EXPLAINED, "why"),
        Rule("S1-01", "fourth", How.SETTING, State.MET, "`cli.py`"),
    ]
    report = RulesReport(rules={"S0-01": TestsOfRule(tests={"test_x.py::test_y": Outcome.PASSED})})
    lines = [line.split() for line in rules.table(page, {"S0": "Holds", "S1": "Parcels"}, report)]
    assert ["S0", "Holds", "1/2", "1/2", "0/0", "0/0", "1"] in lines
    assert ["S1", "Parcels", "0/1", "0/0", "0/0", "0/1", "0"] in lines
    assert ["4", "rules:", "3", "met,", "1", "explained"] in lines
