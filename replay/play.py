"""Plays orders through the real workflows: opens cases and reports facts as the API does, while the clock moves on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.events import Reported
from domain.order.opening import OpenOrder
from domain.policy import Policy
from replay.batches import Batch, batches
from replay.errors import TooSlow
from replay.facts import MERCHANT, Heard, accept
from replay.windows import windows
from sandbox.clock import TestClock
from sandbox.run import Sandbox
from services.opening import accept_order
from services.starting import start_order
from store import cases, inbox
from store.cases import CaseFilter, CaseRecord, CaseSort

PAGE = 200
LOOK_AGAIN = 0.02
"""Seconds between looks whether the relay has delivered; the clock's own looks are closer, and cost more."""


@dataclass(frozen=True, slots=True)
class OrderScript:
    """An order as it is to be played: what opens it, and its facts in the order in which they are heard."""

    request: OpenOrder
    facts: Sequence[Heard]


class Play:
    """One run over a sandbox that serves no HTTP; the sandbox's relay must be running."""

    def __init__(self, sandbox: Sandbox, edition: Policy, scripts: Sequence[OrderScript]) -> None:
        self._here = sandbox.here
        self._clock: TestClock = sandbox.clock
        self._edition = edition
        self._scripts = scripts
        self._batches = batches(
            windows(accept(script.request, edition, script.request.placed_at), script.facts) for script in scripts
        )

    @property
    def reports(self) -> int:
        """How many openings and facts are to be reported."""
        return sum(len(batch.reports) for batch in self._batches)

    async def report(self, done: Callable[[int], object]) -> None:
        """Reports everything at its time.

        Raises:
            TooSlow: the clock ran over a deadline before what would have met it was reported.
        """
        for batch in self._batches:
            now = await self._move_to(batch.at)
            self._check_in_time(batch, now)
            await self._report(batch, now)
            self._check_in_time(batch, await self._clock.now())
            done(len(batch.reports))

    async def run_out(self) -> list[CaseRecord]:
        """Lets every clock run out that still runs; returns the cases as they then stand."""
        while True:
            found = await self._cases()
            due = [case.next_due_at for case in found if case.open and case.next_due_at]
            if not due:
                return found
            await self._move_to(max(due) + timedelta(seconds=1))

    async def _move_to(self, moment: datetime) -> datetime:
        now = await self._clock.now()
        return await self._clock.advance(max(moment - now, timedelta()))

    def _check_in_time(self, batch: Batch, now: datetime) -> None:
        if batch.before and now >= batch.before:
            raise TooSlow(
                f"the test clock stood at {now:%Y-%m-%d %H:%M:%S} before everything due by "
                f"{batch.before:%Y-%m-%d %H:%M:%S} was reported; the machine is too busy for an exact result: try again"
            )

    async def _report(self, batch: Batch, now: datetime) -> None:
        told = [report for report in batch.reports if report.step]
        # The relay starts a case together with its first fact: one step of the workflow instead of two.
        with_a_fact = {report.order for report in told}
        for report in batch.reports:
            if not report.step:
                await self._open(self._scripts[report.order].request, now, start=report.order not in with_a_fact)
        await self._tell([self._scripts[report.order].facts[report.step - 1].reported for report in told], now)

    async def _open(self, request: OpenOrder, now: datetime, *, start: bool) -> None:
        order = accept(request, self._edition, now)
        await accept_order(self._here, order, request)
        if start:
            await start_order(self._here.temporal, order)

    async def _tell(self, told: Sequence[Reported], now: datetime) -> None:
        if told:
            await self._here.db.write(inbox.accept, MERCHANT, told, now)
            self._here.relay.wake()
            while await self._here.db.read(inbox.undelivered):  # noqa: ASYNC110 - rows, not events
                await asyncio.sleep(LOOK_AGAIN)

    async def _cases(self) -> list[CaseRecord]:
        found: list[CaseRecord] = []
        cursor = None
        while True:
            page = await self._here.db.read(cases.list_cases, MERCHANT, CaseFilter(), CaseSort.UPDATED, PAGE, cursor)
            found += page.items
            cursor = page.next
            if cursor is None:
                return found
