"""The relay: brings accepted facts to their cases, one case's facts one after another, many cases at once.

A wake-up right after the commit makes it quick; a sweep behind it makes it sure. Facts wait in the store while
Temporal is down, and a case drops a fact that reaches it twice.
"""

import asyncio
from datetime import timedelta
from functools import partial

import structlog
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from api.starting import start_order
from domain.case.fact import Fact
from runtime.clock import Clock, SystemClock
from store import cases, delivery, opening, timeline
from store.database import Database, DatabaseAway

log = structlog.get_logger(__name__)

SWEEP_EVERY = 1.0
"""Seconds between looks for facts that no wake-up announced."""
LEASE = timedelta(seconds=20)
"""How long a relay may take over a case's facts before another takes them up."""
AT_ONCE = 50
"""Cases that are delivered to at the same time."""
TRY_AGAIN_AFTER = 1.0
"""Seconds of rest after Temporal or the database did not answer."""


class NoWorkflow(Exception):
    """A case is open in the store, and no workflow of it takes facts in."""


class Delivery:
    """The relay of one API process."""

    def __init__(self, db: Database, temporal: Client, clock: Clock) -> None:
        self.db, self.temporal, self.clock = db, temporal, clock
        self._machine = SystemClock()
        self._woken = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """Says that a fact has been accepted."""
        self._woken.set()

    async def run(self) -> None:
        """Delivers until cancelled."""
        while True:
            try:
                await self._look()
            except DatabaseAway as away:
                log.warning("relay_waits", error=str(away))
                await asyncio.sleep(TRY_AGAIN_AFTER)
            except Exception:
                log.exception("relay_failed")
                await asyncio.sleep(TRY_AGAIN_AFTER)
            try:
                async with asyncio.timeout(SWEEP_EVERY):
                    await self._woken.wait()
            except TimeoutError:
                pass

    async def _look(self) -> None:
        self._woken.clear()
        room = AT_ONCE - len(self._busy)
        if room <= 0:
            await asyncio.wait(self._busy.values(), return_when=asyncio.FIRST_COMPLETED)
            self._woken.set()
            return
        for case_id in await delivery.waiting_cases(self.db, await self._machine.now(), AT_ONCE * 2):
            if case_id not in self._busy and len(self._busy) < AT_ONCE:
                task = asyncio.create_task(self._deliver(case_id), name=f"deliver {case_id}")
                self._busy[case_id] = task
                task.add_done_callback(partial(self._done, case_id))

    def _done(self, case_id: str, _: asyncio.Task[None]) -> None:
        self._busy.pop(case_id, None)
        self._woken.set()

    async def _deliver(self, case_id: str) -> None:
        """All facts of one case; what goes wrong in one case holds up no other."""
        try:
            await self._deliver_all(case_id)
        except (RPCError, DatabaseAway) as away:
            log.warning("delivery_waits", case_id=case_id, error=str(away))
            await asyncio.sleep(TRY_AGAIN_AFTER)
        except Exception:
            log.exception("delivery_failed", case_id=case_id)
            await asyncio.sleep(TRY_AGAIN_AFTER)

    async def _deliver_all(self, case_id: str) -> None:
        """In the order received; those that did not get through are given back.

        A case without a workflow, as after somebody terminated it, keeps its facts: they stay leased and are tried
        again when the lease lapses, so that they reach the run that a reset starts.
        """
        now = await self._machine.now()
        taken = await delivery.take(self.db, case_id, now + LEASE, now)
        done: list[int] = []
        try:
            for item in taken:
                await self._hand_over(case_id, item.fact)
                done.append(item.seq)
        except NoWorkflow:
            log.error("fact_without_workflow", case_id=case_id)
        except BaseException:
            await delivery.give_back(self.db, [item.seq for item in taken[len(done) :]])
            raise
        finally:
            if done:
                await delivery.delivered(self.db, done, await self.clock.now())

    async def _hand_over(self, case_id: str, fact: Fact) -> None:
        case = await cases.case_state(self.db, case_id)
        if case is None:
            log.error("fact_without_case", case_id=case_id, event_key=fact.key)
            return
        if case.open and case.version == 0:
            order = await opening.opening_of(self.db, case_id)
            if await start_order(self.temporal, order, fact):
                return
        elif case.open and await self._signal(case_id, fact):
            return
        if not await timeline.tell_after_end(self.db, case_id, fact, await self.clock.now()):
            raise NoWorkflow(case_id)

    async def _signal(self, case_id: str, fact: Fact) -> bool:
        try:
            await self.temporal.get_workflow_handle(case_id).signal(fact.type, fact)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise
        return True
