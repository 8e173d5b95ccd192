"""The relay: brings accepted facts to their cases, one case's facts one after another, many cases at once.

A wake-up right after the commit names the cases and makes it quick; a regular look behind it makes it sure. Facts wait
in the store while Temporal is down, and a case drops a fact that reaches it twice.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from runtime.clock import Clock, SystemClock
from services.starting import start_order
from services.telling import tell
from store import leases
from store.database import Database, DatabaseAway

log = structlog.get_logger(__name__)

LOOK_EVERY = 1.0
"""Seconds between looks for facts whose cases no wake-up named."""
FOUND = 1000
"""Cases that one look finds at most."""
AT_ONCE = 50
"""Cases that are delivered to at the same time."""
IN_HAND = 100
"""Facts of one case that are taken together."""
MARK_WITHIN = 0.1
"""Seconds in which deliveries are gathered, to be marked in one transaction; a take or an intake marks them sooner."""
TRY_AGAIN_AFTER = 1.0
"""Seconds of rest after Temporal or the database did not answer."""


class NoWorkflow(Exception):
    """A case is open in the store, and no workflow of it takes facts in."""


class Relay:
    """The relay of one API process.

    Attributes:
        takes: how long it may take over a case's facts before another takes them up.
    """

    def __init__(self, db: Database, temporal: Client, clock: Clock, takes: timedelta) -> None:
        self.db, self.temporal, self.clock, self.takes = db, temporal, clock, takes
        self._machine = SystemClock()
        self._named: dict[str, None] = {}  # a set that keeps the order in which they were named
        self._busy: set[str] = set()
        self._taken: dict[str, list[leases.DueFact]] = {}
        self._told: dict[int, str] = {}
        self._marking: dict[int, str] = {}
        self._missed: set[str] = set()
        self._told_some = asyncio.Event()
        self._woken = asyncio.Event()
        self._look_now = asyncio.Event()

    def wake(self, case_ids: Iterable[str] = ()) -> None:
        """Says that facts have been accepted, and for which cases; with none named, the relay looks for itself."""
        if named := dict.fromkeys(case_ids):
            self._named |= named
            self._woken.set()
        else:
            self._look_now.set()

    @asynccontextmanager
    async def lease(self) -> AsyncIterator[leases.Lease]:
        """To take facts by, within one transaction that marks what was delivered before; if it fails, another does."""
        told, self._told = self._told, {}
        self._marking |= told
        try:
            now = await self._machine.now()
            yield leases.Lease(now, now + self.takes, list(told), await self.clock.now() if told else None)
        except BaseException:
            self._tell(told)
            raise
        finally:
            for seq in told:
                del self._marking[seq]
            if missed := self._missed.intersection(told.values()):
                self._missed -= missed
                self.wake(missed)

    def hand_over(self, taken: Iterable[leases.DueFact]) -> None:
        """Gives it facts that were taken for it."""
        for item in taken:
            self._taken.setdefault(item.case_id, []).append(item)
            self.wake([item.case_id])

    async def run(self) -> None:
        """Delivers until cancelled; what it then has in hand is given back."""
        try:
            await self._run()
        finally:
            with suppress(DatabaseAway):  # the leases run out by themselves, and cases drop what they hear twice
                await self._mark()
                if left := [item.seq for items in self._taken.values() for item in items]:
                    await self.db.write(leases.give_back, left)

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._look_for_ever(), name="relay looks")
            tasks.create_task(self._mark_for_ever(), name="relay marks")
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
                if waiting := await self.db.read(leases.waiting_cases, await self._machine.now(), FOUND):
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

    async def _mark_for_ever(self) -> None:
        """Marks what was delivered where neither a take nor an intake did."""
        while True:
            await self._told_some.wait()
            await asyncio.sleep(MARK_WITHIN)
            self._told_some.clear()
            try:
                await self._mark()
            except DatabaseAway as away:
                log.warning("relay_waits", error=str(away))
                await asyncio.sleep(TRY_AGAIN_AFTER)
            except Exception:
                log.exception("relay_failed")
                await asyncio.sleep(TRY_AGAIN_AFTER)

    async def _mark(self) -> None:
        if self._told:
            async with self.lease() as lease:
                await self.db.write(leases.mark_delivered, lease.told, lease.told_at or lease.now)

    def _tell(self, told: Mapping[int, str]) -> None:
        """Notes which facts were delivered to which cases and are still to be marked."""
        self._told |= told
        if self._told:
            self._told_some.set()

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
        # What waited in hand until its lease lapsed may be delivered, and its case at an end, by another relay.
        in_hand = [item for item in self._taken.pop(case_id, []) if now < item.leased_until]
        taken = in_hand or await self._take(case_id)
        if not taken and case_id in self._marking.values():
            self._missed.add(case_id)  # what it heard before looks as if it were still in hand
        done = 0
        try:
            if taken and await self._begin_with(taken):
                self._tell({item.seq: case_id for item in taken})
                done = len(taken)
            for item in taken[done:]:
                await self._bring(item)
                self._tell({item.seq: case_id})
                done += 1
        except NoWorkflow:
            log.error("fact_without_workflow", case_id=case_id)
        except BaseException:
            await self.db.write(leases.give_back, [item.seq for item in taken[done:]])
            raise
        if done == IN_HAND:
            self.wake([case_id])

    async def _take(self, case_id: str) -> list[leases.DueFact]:
        async with self.lease() as lease:
            return await self.db.write(leases.take, case_id, lease, IN_HAND)

    async def _begin_with(self, taken: Sequence[leases.DueFact]) -> bool:
        """A new order begins with all that waits for it, whether its workflow waits or has yet to be started."""
        order = taken[0].new_order
        return order is not None and await start_order(self.temporal, order, [item.fact for item in taken])

    async def _bring(self, item: leases.DueFact) -> None:
        if not await tell(self.db, self.temporal, item.case_id, item.fact, await self.clock.now()):
            raise NoWorkflow(item.case_id)
