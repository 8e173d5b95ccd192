"""The benchmarks under load: each runs, on the database that it is told, and measures everything that it promises."""

import time
from pathlib import Path

import httpx
import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from bench.load.beginnings import failed_attempts
from bench.load.burst import PAID_EVERY
from bench.load.figures import BurstReport, GrowthReport, StormReport, ToldReport
from bench.load.opening import Openings
from tests.bench.running import run_bench


@pytest.mark.slow
def test_a_burst(tmp_path: Path) -> None:
    """A dozen openings: each is accepted, and what is paid runs, while cases from before hear of their parcels."""
    report = run_bench(
        BurstReport, tmp_path, "burst", "--cases", "12", "--callers", "4", shows=("openings per second",)
    )
    assert report.openings_per_second > 0
    assert report.to_running.count == 12 // PAID_EVERY
    assert report.running_hears.count >= 2
    assert 0 < report.running_hears.p50 <= report.running_hears.p99 <= report.running_hears.most


@pytest.mark.slow
def test_a_storm(tmp_path: Path) -> None:
    """A dozen deadlines and as many timers come due at their instants, none before."""
    report = run_bench(StormReport, tmp_path, "storm", "--cases", "12", "--at-once", "4", shows=("ship_by / bare",))
    for side in (report.bare, report.order):
        assert side.lag.count == 12
        assert 0 < side.lag.p50 <= side.lag.most == side.seconds


@pytest.mark.slow
def test_told(tmp_path: Path) -> None:
    """Feed, stream, webhook and further clients tell the same while everything dies in turn; every lag is known."""
    words = ("told", "--changes", "60", "--pace", "30", "--clients", "3", "--killing")
    report = run_bench(ToldReport, tmp_path, *words, shows=("worker, API, receiver",))
    assert report.changes == 60
    assert report.killed == ["worker", "API", "receiver"]
    assert report.cut_off > 0
    assert report.listeners
    assert (report.webhook.count, report.stream.count, report.listeners.count) == (60, 60, 180)
    assert 0 < report.stream.p50 <= report.stream.p99 <= report.stream.most


@pytest.mark.slow
def test_growth(tmp_path: Path) -> None:
    """On PostgreSQL, to a few open orders: every figure of that size, and plain orders beside them."""
    words = ("growth", "--database", "postgresql", "--most", "8", "--callers", "4", "--plain", "4")
    report = run_bench(GrowthReport, tmp_path, *words, shows=("KiB a case", "openings per second"))
    assert report.reached_all
    assert report.database == "postgresql"
    (step,) = report.steps
    assert min(step.worker_bytes, step.database_bytes, step.temporal_bytes, step.orders_per_second) > 0
    assert min(step.order_cpu_ms.database, step.order_transactions.api) > 0


async def test_growth_ends_when_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten orders all are opened while there is time, and none once it is up."""
    async with httpx.AsyncClient() as http:
        openings = Openings(http)

        async def opened(order_id: str) -> None:
            openings.opened += 1

        monkeypatch.setattr(openings, "_open", opened)
        order_ids = [f"T{number}" for number in range(10)]
        await openings.open_many(order_ids, callers=2)
        assert openings.opened == 10
        await openings.open_many(order_ids, callers=2, until=time.monotonic())
        assert openings.opened == 10


def test_failed_attempts_are_read_from_the_markers() -> None:
    """The third attempt's success tells of two failures; a failure after two tells of two."""
    markers = (_marker(1), _marker(3), _marker(2, failed=True))
    assert failed_attempts(WorkflowHistory("order:demo:taobao:T1", markers)) == 2 + 2


def _marker(attempt: int, *, failed: bool = False) -> HistoryEvent:
    event = HistoryEvent()
    marker = event.marker_recorded_event_attributes
    marker.marker_name = "core_local_activity"
    marker.details["data"].payloads.append(Payload(data=f'{{"attempt": {attempt}}}'.encode()))
    if failed:
        marker.failure.CopyFrom(Failure(message="too late"))
    return event
