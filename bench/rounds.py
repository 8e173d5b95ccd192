"""One round: so many cases of one side, so many of them at once, and what they took."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence

from bench.figures import CaseRound, Cpu, OpenRound, Spread, Transactions, Who
from bench.histories import left_by
from bench.sides import Side

LOOKED_AT = 50
"""Histories that are fetched after a round."""
MIDDLE = (0.2, 0.8)
"""Which part of a round's ends its pace is taken from: a full machine, no start-up, no waiting at the end."""


async def case_round(who: Who, side: Side, order_ids: Sequence[str], at_once: int) -> CaseRound:
    """Lives the cases from opening to end. A case that only waits for its end makes room for the next."""
    cpu_before, begun_before = side.setup.cpu_seconds(), side.setup.transactions()
    started = time.perf_counter()
    ends: list[float] = []

    async def end(order_id: str) -> None:
        await side.ended(order_id)
        ends.append(time.perf_counter())

    async with asyncio.TaskGroup() as ending:

        async def live(order_id: str) -> None:
            await side.live(order_id)
            ending.create_task(end(order_id))

        await many(live, order_ids, at_once)
    cpu = {name: after - cpu_before[name] for name, after in side.setup.cpu_seconds().items()}
    begun = {part: after - begun_before[part] for part, after in side.setup.transactions().items()}

    def each(total: float) -> float:
        return total / len(order_ids)

    left = [await left_by(side.setup.temporal, side.case_id(order_id)) for order_id in order_ids[:LOOKED_AT]]
    return CaseRound(
        who=who,
        seconds=ends[-1] - started,
        cases_per_second=pace(ends),
        cpu_ms=Cpu(
            worker=each(cpu[side.worker] * 1000),
            api=each(cpu[side.api] * 1000) if side.api else 0.0,
            temporal=each(cpu["temporal"] * 1000),
            database=each(cpu.get("database", 0.0) * 1000),
            driver=each(cpu["driver"] * 1000),
        ),
        transactions=Transactions(worker=each(begun[side.worker]), api=each(begun[side.api]) if side.api else 0.0),
        history_events=Spread.of([one.events for one in left]),
        billable_actions=Spread.of([one.actions for one in left]),
    )


async def open_round(who: Who, side: Side, order_ids: Sequence[str], at_once: int) -> OpenRound:
    """Opens cases and leaves them; the pace is that of the answers."""
    started = time.perf_counter()
    await many(side.open, order_ids, at_once)
    seconds = time.perf_counter() - started
    return OpenRound(who=who, seconds=seconds, opens_per_second=len(order_ids) / seconds)


async def many(work: Callable[[str], Awaitable[None]], order_ids: Iterable[str], at_once: int) -> None:
    """Does the work for each, so many at the same time."""
    waiting = iter(order_ids)

    async def one_after_another() -> None:
        for order_id in waiting:
            await work(order_id)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(one_after_another())


def pace(ends: Sequence[float]) -> float:
    """Cases per second between two of the ends, which come in order."""
    first, last = (round(part * (len(ends) - 1)) for part in MIDDLE)
    return (last - first) / (ends[last] - ends[first])
