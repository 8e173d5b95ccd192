"""One step measured: ours and the bare query in turn, so that a machine that slows down slows both."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bench.inbox.figures import Measured, took

WARM_UP = 10

Call = Callable[[str], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Step:
    """What people do, and the bare query of the same rows over the same connections.

    Attributes:
        subjects: what each call is about: an item's id, or a page's query.
    """

    name: str
    ours: Call
    bare: Call
    subjects: Sequence[str]


async def measured(step: Step, at_once: int) -> Measured:
    """Calls it once for each subject; the first few do not count."""
    ours: list[float] = []
    bare: list[float] = []
    subjects = iter(step.subjects)

    async def one_after_another() -> None:
        for subject in subjects:
            ours.append(await _timed(step.ours, subject))
            bare.append(await _timed(step.bare, subject))

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(one_after_another())
    return Measured(
        name=step.name,
        calls=len(ours) - WARM_UP,
        ours=took(ours[WARM_UP:]),
        bare=took(bare[WARM_UP:]),
    )


async def _timed(call: Call, subject: str) -> float:
    started = time.perf_counter()
    await call(subject)
    return time.perf_counter() - started
