"""Many deadlines due at one instant, beside as many timers that write one row each."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
from sqlalchemy import text

from bench.databases import Kind
from bench.floor import QUEUE, BareTimer
from bench.load.figures import StormReport, StormSide, Waits
from bench.load.opening import Openings
from bench.machine import Beginning
from bench.rounds import many
from bench.run import Said, ids
from bench.setup import Part, Setup, running_setup
from bench.sides import LIMITS, Order
from bench.watch import Watch

LOOK_EVERY = 0.1
"""Seconds between looks at how many rows there are."""
SAMPLE = 0.05
"""Share of the cases that is prepared beforehand, to know how long the others take."""
SLACK, MARGIN = 1.25, 10.0
"""The instant is so much later than the sample says, and so many seconds more."""
PATIENCE = 120.0
"""Seconds without one more row after which the run is over."""

BARE_ROWS = "SELECT count(*) FROM bench_steps WHERE case_id LIKE 'bare:%'"
ELAPSED = "SELECT count(*) FROM deadlines WHERE kind = 'ship_by' AND state = 'elapsed'"

Prepare = Callable[[str, datetime], Awaitable[None]]


class Stalled(Exception):
    """Nothing moves any more; the run is over."""


@dataclass(frozen=True, slots=True)
class _Side:
    """What waits for the instant, how to tell how many have passed it, and which process does it."""

    name: str
    prepare: Prepare
    rows: str
    worker: Part


async def storm(kind: Kind, cases: int, at_once: int, say: Said) -> StormReport:
    """So many of each, first the bare timers."""
    began = Beginning.now()
    say("starting an embedded server, two workers and the API")
    async with AsyncExitStack() as stack:
        parts = (Part.WORKER, Part.API, Part.FLOOR_WORKER)
        setup = await stack.enter_async_context(running_setup(kind, parts))
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=setup.api, timeout=120, limits=LIMITS))
        watch = await stack.enter_async_context(Watch(setup.engine, Order.steps).looking())
        openings = Openings(http)

        async def wait_bare(order_id: str, due_at: datetime) -> None:
            timer = await setup.temporal.start_workflow(
                BareTimer.run, due_at.timestamp(), id=f"bare:{order_id}", task_queue=QUEUE
            )
            await timer.query(BareTimer.waits)  # a start alone says nothing of when a worker comes to it

        async def wait_order(order_id: str, due_at: datetime) -> None:
            case_id = await openings.open(order_id, promised_ship_by=due_at.isoformat())
            await openings.pay(order_id)
            await watch.reaches(case_id, 2, PATIENCE)

        bare = _Side("timers", wait_bare, BARE_ROWS, Part.FLOOR_WORKER)
        order = _Side("orders", wait_order, ELAPSED, Part.WORKER)
        return StormReport(
            started_at=began.started_at,
            database=kind,
            cases=cases,
            bare=await _side(setup, bare, cases, at_once, say),
            order=await _side(setup, order, cases, at_once, say),
            machine=began.machine(),
        )


async def _side(setup: Setup, side: _Side, cases: int, at_once: int, say: Said) -> StormSide:
    say(f"preparing {cases} {side.name}")
    pace = await _prepare(side, ids("sample", 0, max(round(cases * SAMPLE), at_once)), time.time() + 86_400, at_once)
    due = time.time() + cases / pace * SLACK + MARGIN
    prepared = await _prepare(side, ids("storm", 0, cases), due, at_once)
    late = _rows(setup, side.rows) if time.time() > due else 0
    say(f"waiting for the instant of {cases} {side.name}")
    await asyncio.sleep(max(due - time.time(), 0.0))
    before = setup.cpu_seconds()
    lag = await _lags(setup, side.rows, cases, due)
    spent = {name: after - before[name] for name, after in setup.cpu_seconds().items()}
    return StormSide(
        prepared_per_second=prepared,
        late=late,
        seconds=lag[-1],
        lag=Waits.of(lag),
        cpu_ms_worker=spent[side.worker] * 1000 / cases,
        cpu_ms_temporal=spent["temporal"] * 1000 / cases,
    )


async def _prepare(side: _Side, order_ids: list[str], due: float, at_once: int) -> float:
    """Brings cases to wait for the instant; answers how many a second."""
    started, due_at = time.perf_counter(), datetime.fromtimestamp(due, UTC)
    await many(lambda order_id: side.prepare(order_id, due_at), order_ids, at_once)
    return len(order_ids) / (time.perf_counter() - started)


async def _lags(setup: Setup, rows: str, cases: int, due: float) -> list[float]:
    """Seconds from the instant to each row. Raises Stalled."""
    lags: list[float] = []
    moved = time.time()
    while len(lags) < cases:
        count, now = _rows(setup, rows), time.time()
        if count > len(lags):
            lags += [now - due] * (count - len(lags))
            moved = now
        elif now - moved > PATIENCE:
            raise Stalled(f"{cases - len(lags)} of {cases} have not passed the instant")
        await asyncio.sleep(LOOK_EVERY)
    return lags


def _rows(setup: Setup, query: str) -> int:
    with setup.engine.connect() as connection:
        return int(connection.execute(text(query)).scalar_one())
