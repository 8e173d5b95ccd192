"""The benchmark itself: it measures everything that it promises, and a plain order stays small in Temporal."""

from pathlib import Path

import psutil
import pytest

from bench.figures import BenchReport, Who
from tests.bench.running import run_bench

pytestmark = pytest.mark.slow

CASES, ROUNDS = 3, 1
MOST_EVENTS = 55
"""A plain order's history has fewer: opened, paid, consigned, picked up, signed, confirmed, ended."""


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run keeps its temporary files."""
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def report(scratch: Path) -> BenchReport:
    """What a tiny run wrote."""
    size = ("--cases", str(CASES), "--rounds", str(ROUNDS), "--at-once", "2")
    shows = (*Who, "cases per second", "openings per second", "history events", "CPU ms: worker", "transactions: API")
    return run_bench(BenchReport, scratch, *size, shows=shows)


def test_every_figure_is_measured(report: BenchReport) -> None:
    """Every side has its pace, its openings, its counts and its CPU; nothing is left at zero."""
    for who, side in report.sides.items():
        assert side.cases_per_second > 0
        assert side.opens_per_second > 0
        assert min(side.cpu_ms.worker, side.cpu_ms.temporal, side.cpu_ms.driver) > 0
        assert side.history_events.least > side.billable_actions.least > 0
        assert side.transactions.worker > 0
        if who is not Who.FLOOR:
            assert min(side.cpu_ms.api, side.transactions.api) > 0
    for ratios in (report.to_floor, report.to_service):
        assert min(ratios.cases, ratios.opens, ratios.worker_cpu, ratios.total_cpu) > 0


def test_the_sides_take_turns(report: BenchReport) -> None:
    """Each round of the floor is followed by the others', so that a machine that slows down slows all."""
    assert [one.who for one in report.case_rounds] == list(Who) * ROUNDS
    assert [one.who for one in report.open_rounds] == list(Who) * ROUNDS
    assert (report.cases, report.rounds, report.at_once) == (CASES, ROUNDS, 2)


def test_a_plain_order_has_a_short_history(report: BenchReport) -> None:
    """Fewer than 55 events from opening to end; the least is of an order that no slow moment of the machine met."""
    assert report.sides[Who.ORDER].history_events.least < MOST_EVENTS


@pytest.mark.usefixtures("report")
def test_it_leaves_nothing_behind(scratch: Path) -> None:
    """Its servers end with it, and their databases and logs are gone."""
    assert [file.name for file in scratch.iterdir()] == ["report.json"]
    assert not [process for process in psutil.process_iter(["cmdline"]) if str(scratch) in _command(process)]


def _command(process: psutil.Process) -> str:
    return " ".join(process.info["cmdline"] or ())
