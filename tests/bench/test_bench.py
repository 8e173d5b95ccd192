"""The benchmark itself: it measures everything that it promises, and a plain order stays small in Temporal."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from bench.figures import BenchReport, Who

pytestmark = pytest.mark.slow

CASES, ROUNDS = 3, 1
MOST_EVENTS = 55
"""A plain order's history has fewer: opened, paid, consigned, picked up, signed, confirmed, ended."""


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run keeps its temporary files."""
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, scratch: Path) -> BenchReport:
    """What a tiny run wrote, started as its users start it."""
    file = tmp_path_factory.mktemp("bench") / "report.json"
    size = ("--cases", str(CASES), "--rounds", str(ROUNDS), "--at-once", "2")
    run = subprocess.run(
        [sys.executable, "-m", "bench", *size, "--json", str(file)],
        capture_output=True,
        text=True,
        timeout=200,
        env=os.environ | {"TMPDIR": str(scratch)},
    )
    assert run.returncode == 0, run.stderr
    for shown in ("floor", "order", "cases per second", "openings per second", "history events", "CPU ms: worker"):
        assert shown in run.stdout
    return BenchReport.model_validate_json(file.read_text())


def test_every_figure_is_measured(report: BenchReport) -> None:
    """Both sides have their pace, their openings, their counts and their CPU; nothing is left at zero."""
    for side in (report.floor, report.order):
        assert side.cases_per_second > 0
        assert side.opens_per_second > 0
        assert min(side.cpu_ms.worker, side.cpu_ms.temporal, side.cpu_ms.driver) > 0
        assert side.history_events.least > side.billable_actions.least > 0
    assert report.order.cpu_ms.api > 0
    ratios = report.ratios
    assert min(ratios.cases, ratios.opens, ratios.worker_cpu, ratios.total_cpu) > 0


def test_the_sides_take_turns(report: BenchReport) -> None:
    """Each round of the floor is followed by one of orders, so that a machine that slows down slows both."""
    assert [one.who for one in report.case_rounds] == [Who.FLOOR, Who.ORDER] * ROUNDS
    assert [one.who for one in report.open_rounds] == [Who.FLOOR, Who.ORDER] * ROUNDS
    assert (report.cases, report.rounds, report.at_once) == (CASES, ROUNDS, 2)


def test_a_plain_order_has_a_short_history(report: BenchReport) -> None:
    """Fewer than 55 events from opening to end; the least is of an order that no slow moment of the machine met."""
    assert report.order.history_events.least < MOST_EVENTS


@pytest.mark.usefixtures("report")
def test_it_leaves_nothing_behind(scratch: Path) -> None:
    """Its servers end with it, and their databases and logs are gone."""
    assert not list(scratch.iterdir())
    assert not [process for process in psutil.process_iter(["cmdline"]) if str(scratch) in _command(process)]


def _command(process: psutil.Process) -> str:
    return " ".join(process.info["cmdline"] or ())
