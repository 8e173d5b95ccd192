"""Following a shop's feed as it grows: one poller for each shop that somebody follows here serves all its followers.

Nothing is kept for a follower but where it is: the newest changes lie in one ring for all, and who is behind it reads
from the store. So a slow one costs no memory, and any process can serve any follower from any place.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

import structlog

from store.changes import Numbered, last_seq, list_changes
from store.database import Database, DatabaseAway

LOOK_EVERY = 0.25
"""Seconds between looks."""
TRY_AGAIN_AFTER = 1.0
"""Seconds of rest after the database did not answer."""
IN_RING = 2000
"""Changes that are kept in memory for a shop."""
PAGE = 200
"""Changes that a follower gets at a time."""

log = structlog.get_logger(__name__)


class Following:
    """The shops that are followed in this process."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._shops: dict[str, _Shop] = {}
        self.closing = False

    def close(self) -> None:
        """Ends every following, as a process does that is to stop."""
        self.closing = True
        for shop in self._shops.values():
            shop.tell()

    async def follow(self, merchant: str, after: int | None) -> AsyncGenerator[Sequence[Numbered], None]:
        """A shop's changes behind a number, in their order, and then each as it comes; with none, from now on.

        Raises:
            DatabaseAway: go on later, from the last change that was read.
        """
        at = await self.db.read(last_seq, merchant) if after is None else after
        with self._shop(merchant) as shop:
            while not self.closing:
                news = shop.moved  # before looking, so that nothing comes unnoticed in between
                found = shop.newest(at)
                if found is None:
                    found = await self.db.read(list_changes, merchant, at, PAGE)
                if found:
                    at = found[-1].seq
                    yield found
                else:
                    await news.wait()

    @contextmanager
    def _shop(self, merchant: str) -> Iterator["_Shop"]:
        """The shop's poller, which runs while anybody follows it."""
        shop = self._shops.get(merchant)
        if shop is None:
            shop = self._shops[merchant] = _Shop(self.db, merchant)
        shop.followers += 1
        try:
            yield shop
        finally:
            shop.followers -= 1
            if shop.followers == 0:
                del self._shops[merchant]
                shop.polling.cancel()


class _Shop:
    """A shop's newest changes."""

    def __init__(self, db: Database, merchant: str) -> None:
        self.db, self.merchant = db, merchant
        self.followers = 0
        self.moved = asyncio.Event()
        self.last: int | None = None
        self.ring: deque[Numbered] = deque(maxlen=IN_RING)
        self.polling = asyncio.create_task(self._poll_for_ever(), name=f"follow {merchant}")

    def newest(self, after: int) -> Sequence[Numbered] | None:
        """What follows a change, as far as it is in the ring; None where the store has to say."""
        if self.last is None or after >= self.last:
            return None if self.last is None else ()
        first = self.ring[0].seq if self.ring else self.last + 1
        if first > after + 1:
            return None
        begin = after + 1 - first
        return list(islice(self.ring, begin, begin + PAGE))

    async def _poll_for_ever(self) -> None:
        while True:
            try:
                await self._poll()
            except DatabaseAway as away:
                log.warning("following_waits", merchant=self.merchant, error=str(away))
                await asyncio.sleep(TRY_AGAIN_AFTER)
            except Exception:
                log.exception("following_failed", merchant=self.merchant)
                await asyncio.sleep(TRY_AGAIN_AFTER)

    async def _poll(self) -> None:
        if self.last is None:
            self.last = await self.db.read(last_seq, self.merchant)
            self.tell()
        found = await self.db.read(list_changes, self.merchant, self.last, IN_RING)
        if found:
            self.ring.extend(found)
            self.last = found[-1].seq
            self.tell()
        else:
            await asyncio.sleep(LOOK_EVERY)

    def tell(self) -> None:
        """Wakes all who wait for news."""
        told, self.moved = self.moved, asyncio.Event()
        told.set()
