"""The relay: brings accepted facts to their cases, one case's facts one after another, many cases at once.

A wake-up right after the commit names the cases and makes it quick; a regular look behind it makes it sure. Facts wait
in the store while Temporal is down, and a case drops a fact that reaches it twice.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from domain.case.ids import CaseKind
from runtime.clock import Clock, SystemClock
from services.starting import start_order
from services.telling import tell
from store import inbox, opening
from store.database import Database, DatabaseAway

log = structlog.get_logger(__name__)

LOOK_EVERY = 1.0
"""Seconds between looks for facts whose cases no wake-up named."""
FOUND = 1000
"""Cases that one look finds at most."""
LEASE = timedelta(seconds=20)
"""How long a relay may take over a case's facts before another takes them up."""
AT_ONCE = 50
"""Cases that are delivered to at the same time."""
IN_HAND = 100
"""Facts of one case that are taken together."""
TRY_AGAIN_AFTER = 1.0
"""Seconds of rest after Temporal or the database did not answer."""


class NoWorkflow(Exception):
    """A case is open in the store, and no workflow of it takes facts in."""


class Relay:
    """The relay of one API process."""

    def __init__(self, db: Database, temporal: Client, clock: Clock) -> None:
        self.db, self.temporal, self.clock = db, temporal, clock
        self._machine = SystemClock()
        self._named: dict[str, None] = {}  # a set that keeps the order in which they were named
        self._busy: set[str] = set()
        self._woken = asyncio.Event()
        self._look_now = asyncio.Event()

    def wake(self, case_ids: Iterable[str] = ()) -> None:
        """Says that facts have been accepted, and for which cases; with none named, the relay looks for itself."""
        if named := dict.fromkeys(case_ids):
            self._named |= named
            self._woken.set()
        else:
            self._look_now.set()

    async def run(self) -> None:
        """Delivers until cancelled; what it then has in hand is given back."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._look_for_ever(), name="relay looks")
            while True:
                await self._woken.wait()
                self._woken.clear()
                idle = [case_id for case_id in self._named if case_id not in self._busy]
                for case_id in idle[: AT_ONCE - len(self._busy)]:
                    del self._named[case_id]
                    self._busy.add(case_id)
                    tasks.create_task(self._deliver(case_id), name=f"deliver {case_id}")

    async def _look_for_ever(self) -> None:
        """Finds facts that another process accepted, or that were given back or left in hand."""
        while True:
            self._look_now.clear()
            try:
                if waiting := await self.db.read(inbox.waiting_cases, await self._machine.now(), FOUND):
                    self.wake(waiting)
            except DatabaseAway as away:
                log.warning("relay_waits", error=str(away))
            except Exception:
                log.exception("relay_failed")
            try:
                async with asyncio.timeout(LOOK_EVERY):
                    await self._look_now.wait()
            except TimeoutError:
                pass

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
        finally:
            self._busy.discard(case_id)
            self._woken.set()

    async def _deliver_all(self, case_id: str) -> None:
        """In the order received; those that did not get through are given back.

        A case without a workflow, as after somebody terminated it, keeps its facts: they stay leased and are tried
        again when the lease lapses, so that they reach the run that a reset starts.
        """
        now = await self._machine.now()
        taken = await self.db.write(inbox.take, case_id, now + LEASE, now, IN_HAND)
        done: list[int] = []
        try:
            if taken and await self._start_with(taken):
                done = [item.seq for item in taken]
            for item in taken[len(done) :]:
                await self._hand_over(item)
                done.append(item.seq)
        except NoWorkflow:
            log.error("fact_without_workflow", case_id=case_id)
        except BaseException:
            await self.db.write(inbox.give_back, [item.seq for item in taken[len(done) :]])
            raise
        finally:
            if done:
                await self.db.write(inbox.mark_delivered, done, await self.clock.now())
        if len(done) == IN_HAND:
            self.wake([case_id])

    async def _start_with(self, taken: Sequence[inbox.DueFact]) -> bool:
        """Starts an order that may not run yet, at version 0, with all that waits for it; a child's order starts it."""
        first = taken[0]
        if not first.case_open or first.case_started or first.case_kind is not CaseKind.ORDER:
            return False
        opened = await self.db.read(opening.opening_of, first.case_id)
        return await start_order(self.temporal, opened, [item.fact for item in taken])

    async def _hand_over(self, item: inbox.DueFact) -> None:
        if not await tell(self.db, self.temporal, item.case_id, item.fact, await self.clock.now()):
            raise NoWorkflow(item.case_id)
