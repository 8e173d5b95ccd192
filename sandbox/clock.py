"""The test clock: the time-skipping server's time, which integrators move by days."""

import asyncio
from datetime import UTC, datetime, timedelta

from google.protobuf.duration_pb2 import Duration
from google.protobuf.empty_pb2 import Empty
from temporalio.api.testservice.v1 import SleepRequest, UnlockTimeSkippingRequest
from temporalio.client import Client

from store import inbound, leases
from store.database import Database

AT_ONCE = 0.05
"""Seconds: a skipped second that takes no longer means that nothing more is being carried out."""

JUMP_WITHIN = timedelta(minutes=5)
"""How long a jump may take, with the consequences of all that falls due. A call of the SDK's has 30 s otherwise."""

STUCK_AFTER = 5.0
"""Seconds after which time that only passes by itself shows that the server has lost count of its locks.

It does when a child workflow ends after its parent, and then its clock would never be moved again.
"""


class TestClock:
    """Tells the server's time and moves it."""

    __test__ = False  # pytest takes a class of this name for a test

    def __init__(self, client: Client, db: Database) -> None:
        self._service = client.service_client.test_service
        self._db = db
        self._advancing = asyncio.Lock()

    async def now(self) -> datetime:
        """The present, in UTC with its zone."""
        answer = await self._service.get_current_time(Empty())
        return answer.time.ToDatetime(tzinfo=UTC)

    async def advance(self, by: timedelta) -> datetime:
        """Moves the clock; returns the time then, once every timer due has fired and its effects can be read."""
        async with self._advancing:
            await self._drain_inbox()
            await self._sleep(by)
            await self._until_idle()
            return await self.now()

    async def _until_idle(self) -> None:
        """Timers due at the very end are read only after a further second has passed at once."""
        loop = asyncio.get_running_loop()
        looked, before = loop.time(), await self.now()
        while True:
            await self._drain_inbox()
            started = loop.time()
            await self._sleep(timedelta(seconds=1))
            if loop.time() - started < AT_ONCE:
                return
            if loop.time() - looked > STUCK_AFTER:
                looked, before = loop.time(), await self._unstick(before)

    async def _drain_inbox(self) -> None:
        """Platforms' messages are taken in and accepted facts reach their cases first, as soon as they are written."""
        while await self._is_on_its_way():  # noqa: ASYNC110 - rows, not events
            await asyncio.sleep(0.005)

    async def _is_on_its_way(self) -> bool:
        return bool(await self._db.read(leases.undelivered) or await self._db.read(inbound.count_due, await self.now()))

    async def _sleep(self, duration: timedelta) -> None:
        length = Duration()
        length.FromTimedelta(duration)
        request = SleepRequest(duration=length)
        sleeping = asyncio.ensure_future(self._service.unlock_time_skipping_with_sleep(request, timeout=JUMP_WITHIN))
        before = await self.now()
        while not (await asyncio.wait({sleeping}, timeout=STUCK_AFTER))[0]:
            before = await self._unstick(before)
        await sleeping

    async def _unstick(self, before: datetime) -> datetime:
        """Lets the clock be moved again if it has only gone by itself since then; returns the time now."""
        now = await self.now()
        if now - before < timedelta(seconds=2 * STUCK_AFTER):
            await self._service.unlock_time_skipping(UnlockTimeSkippingRequest())
        return now
