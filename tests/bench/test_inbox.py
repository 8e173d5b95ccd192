"""The benchmark of the inbox: it fills what it promises, measures each step, and says where the limit does not hold."""

import pytest

from bench.figures import Machine
from bench.inbox.figures import LIMIT_MS, InboxReport, Measured, took
from bench.inbox.table import verdict
from tests.bench.running import run_bench

pytestmark = pytest.mark.slow

ITEMS, ROUNDS = 1000, 3


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> InboxReport:
    """What a tiny run wrote, started as its users start it."""
    size = ("--items", str(ITEMS), "--rounds", str(ROUNDS), "--at-once", "2")
    shows = (f"{LIMIT_MS:.0f} ms at the 99th percentile", "claim", "complete, through Temporal", "p99 / bare")
    return run_bench(InboxReport, tmp_path_factory.mktemp("inbox"), "inbox", *size, shows=shows)


def test_every_step_is_measured_in_a_full_inbox(report: InboxReport) -> None:
    """Pages, claims, releases and completions, each as often as asked for, beside its bare query."""
    names = [step.name for step in report.steps]
    for step in ("first page, open (50)", "claim", "release", "complete, its store part alone"):
        assert step in names
    assert all(step.calls == ROUNDS and min(step.bare.p50, step.ours.p50) > 0 for step in report.steps)
    assert ITEMS <= report.items <= ITEMS + 50


def _report(*p99: float) -> InboxReport:
    machine = Machine(cores=2, python="3.11", temporalio="1", load_before=0.1, load_after=0.1)
    bare = took([0.001, 0.002])
    steps = [
        Measured(name=f"step {number}", calls=2, ours=took([ms / 1000] * 2), bare=bare) for number, ms in enumerate(p99)
    ]
    return InboxReport(started_at="2026-11-22", machine=machine, items=1, at_once=1, postgres="15", steps=steps)


def test_the_verdict_names_what_is_too_slow() -> None:
    """One step over the limit is enough, whatever the others do."""
    assert verdict(_report(10, 49)) == "Every step is under 50 ms at the 99th percentile."
    assert verdict(_report(10, 51, 20)) == "NOT under 50 ms at the 99th percentile: step 1 (51 ms)."


def test_a_percentile_is_of_all_calls() -> None:
    """Of a hundred and one calls that took 0 to 100 ms, the median took 50 and the slow ones 99 and 100."""
    times = took([number / 1000 for number in range(101)])
    assert (times.p50, times.p99, times.most) == pytest.approx((50, 99, 100))
