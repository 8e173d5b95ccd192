"""From few open orders, all paid, to many: what opening, memory, disk and one plain order cost at each size."""

import time
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
from sqlalchemy import text

from bench.databases import Kind
from bench.figures import CaseRound, Who
from bench.load.beginnings import beginnings
from bench.load.figures import GrowthReport, GrowthStep, Waits
from bench.load.opening import Openings
from bench.machine import Beginning
from bench.rounds import case_round
from bench.run import Said, ids
from bench.setup import Part, Setup, running_setup
from bench.sides import LIMITS, Order
from bench.watch import Watch

SIZES = (1_000, 2_000, 5_000, 10_000, 20_000)
PLAIN_AT_ONCE = 8
LEAST = 2
"""A step of fewer openings says nothing of their pace."""
LOOKED_AT = 100
"""Openings of each step whose beginning is looked up, evenly spread, and the last."""


async def growth(
    kind: Kind, most: int, callers: int, plain: int, within: float, cached: int, say: Said
) -> GrowthReport:
    """Grows to the sizes up to `most`, for `within` seconds; at each, so many plain orders are lived.

    When the time is up it opens no more: the size that it has come to is the last.
    """
    began, until = Beginning.now(), time.monotonic() + within
    sizes = [size for size in SIZES if size < most] + [most]
    steps: list[GrowthStep] = []
    say("starting an embedded server, a worker and the API")
    async with AsyncExitStack() as stack:
        setup = await stack.enter_async_context(running_setup(kind, (Part.WORKER, Part.API), cached))
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=setup.api, timeout=120, limits=LIMITS))
        watch = await stack.enter_async_context(Watch(setup.engine, Order.steps).looking())
        order, empty = Order(setup, watch, http), _Bytes.of(setup, kind)
        await case_round(Who.ORDER, order, ids("warm", 0, plain), PLAIN_AT_ONCE)
        there = 0
        for size in sizes:
            say(f"growing to {size} open orders")
            openings = Openings(http, 1)
            seconds = await openings.open_many(ids("open", size, size - there), callers, until)
            if openings.opened < LEAST:
                break
            there += openings.opened
            running = await _to_running(setup, openings)
            say(f"{plain} plain orders beside {there} open ones")
            lived = await case_round(Who.ORDER, order, ids("plain", size, plain), PLAIN_AT_ONCE)
            disk = _Bytes.of(setup, kind) - empty
            steps.append(_step(setup, there, openings.opened / seconds, openings.slowed, running, lived, disk))
    return GrowthReport(
        started_at=began.started_at,
        machine=began.machine(),
        database=kind,
        callers=callers,
        cached=cached,
        reached_all=there == most,
        steps=steps,
    )


class _Bytes(tuple[int, int]):
    """What lies on the disk: the database's, Temporal's."""

    @classmethod
    def of(cls, setup: Setup, kind: Kind) -> "_Bytes":
        if kind is Kind.SQLITE:
            database = _files(setup.folder, "caseline.db")
        else:
            with setup.engine.connect() as connection:
                database = int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
        return cls((database, _files(setup.folder, "temporal.db")))

    def __sub__(self, other: "_Bytes") -> "_Bytes":
        return _Bytes((self[0] - other[0], self[1] - other[1]))


def _files(folder: Path, name: str) -> int:
    return sum(file.stat().st_size for file in folder.glob(f"{name}*"))


async def _to_running(setup: Setup, openings: Openings) -> Waits:
    opened = list(openings.paid)
    looked_at = {*opened[:: max(len(opened) // LOOKED_AT, 1)], opened[-1]}
    began = await beginnings(setup.temporal, looked_at)
    return Waits.of([max(one.taken_up_at - openings.paid[case_id], 0.0) for case_id, one in began.items()])


def _step(
    setup: Setup, size: int, pace: float, slowed: int, running: Waits, plain: CaseRound, disk: _Bytes
) -> GrowthStep:
    return GrowthStep(
        open=size,
        openings_per_second=pace,
        slowed=slowed,
        to_running=running,
        worker_bytes=setup.memory(Part.WORKER),
        api_bytes=setup.memory(Part.API),
        database_bytes=disk[0] / size,
        temporal_bytes=disk[1] / size,
        orders_per_second=plain.cases_per_second,
        order_cpu_ms=plain.cpu_ms,
        order_transactions=plain.transactions,
    )
