"""A burst of openings over HTTP, of which some are paid at once, while cases that run already hear of their parcels."""

import asyncio
import time
from contextlib import AsyncExitStack

import httpx

from bench.databases import Kind
from bench.load.beginnings import beginnings
from bench.load.figures import BurstReport, Waits
from bench.load.opening import Openings
from bench.machine import Beginning
from bench.run import Said, ids
from bench.setup import Part, running_setup
from bench.sides import LIMITS, Order
from bench.watch import Watch

RUNNING = 100
"""Cases that run before the burst; one after another is consigned during it."""
PAID_EVERY = 5
"""Each fifth order of the burst is paid as soon as it is open: only then has a worker anything to do for it."""
LEAST = 2
"""So many consignments are looked at however short the burst is."""
CONSIGNED = 3
"""The version of a paid case that has heard of its parcel."""
PATIENCE = 300.0
"""Seconds for a fact to be heard, however long the burst makes it."""


async def burst(kind: Kind, cases: int, callers: int, say: Said) -> BurstReport:
    """Opens so many orders by so many callers."""
    began = Beginning.now()
    say("starting an embedded server, a worker and the API")
    async with AsyncExitStack() as stack:
        setup = await stack.enter_async_context(running_setup(kind, (Part.WORKER, Part.API)))
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=setup.api, timeout=120, limits=LIMITS))
        watch = await stack.enter_async_context(Watch(setup.engine, Order.steps).looking())
        before, during = Openings(http, 1), Openings(http, PAID_EVERY)
        running, over = ids("running", 0, min(RUNNING, cases)), asyncio.Event()
        await before.open_many(running, callers)
        await beginnings(setup.temporal, before.paid)
        say(f"{cases} openings by {callers} callers")
        hearing = asyncio.create_task(_hear(before, watch, running, over))
        seconds = await during.open_many(ids("burst", 0, cases), callers)
        over.set()
        say("waiting until every paid case runs")
        heard = await hearing
        began_all = await beginnings(setup.temporal, during.paid)
        old = await beginnings(setup.temporal, before.paid)
    all_cases = [*began_all.values(), *old.values()]
    return BurstReport(
        started_at=began.started_at,
        machine=began.machine(),
        database=kind,
        cases=cases,
        callers=callers,
        seconds=seconds,
        openings_per_second=cases / seconds,
        slowed=during.slowed,
        to_running=Waits.of([max(one.taken_up_at - during.paid[case_id], 0.0) for case_id, one in began_all.items()]),
        running_hears=Waits.of(heard),
        failed_attempts=sum(one.failed_attempts for one in all_cases),
        by_server=sum(one.by_server for one in all_cases),
    )


async def _hear(openings: Openings, watch: Watch, order_ids: list[str], over: asyncio.Event) -> list[float]:
    """Consigns one order after another until the burst is over; how long each took to show."""
    took: list[float] = []
    for order_id in order_ids:
        started = time.perf_counter()
        await openings.consign(order_id)
        await watch.reaches(Order.case_id(order_id), CONSIGNED, PATIENCE)
        took.append(time.perf_counter() - started)
        if over.is_set() and len(took) >= LEAST:
            break
    return took
