"""Backpressure: while new orders wait for a worker, further openings are told to come again.

An order that waits for its payment is no work. Once it is paid, workers take it up and go on with running ones by the
same hands. What is opened beyond their pace would not run sooner; it would only make running cases wait. So openings
alone are slowed: facts, steps and tasks never are.
"""

import time
from datetime import timedelta

from temporalio.client import Client

from runtime import metrics
from runtime.clock import Clock
from runtime.temporal import answers
from services.errors import Slowed
from store import new_orders
from store.database import Database

SOON = timedelta(seconds=0.5)
"""How long a worker that keeps pace may take: an order that has waited longer belongs to the backlog."""
FRESH = 0.2
"""Seconds for which a process goes by one look at the backlog."""


class Backlog:
    """The backlog as one API process sees it."""

    def __init__(self, db: Database, temporal: Client, clock: Clock, most: int) -> None:
        """Describe how much is borne.

        Args:
            db: the store.
            temporal: while it is away, orders are only kept: no running case would gain if they were not.
            clock: by which orders are opened.
            most: orders of the backlog from which on openings are slowed; 0 for any number.
        """
        self._db, self._temporal, self._clock, self._most = db, temporal, clock, most
        self._slowing, self._looked_at = False, float("-inf")

    async def size(self) -> int:
        """Orders that have waited too long."""
        return await self._db.read(new_orders.backlog, await self._clock.now() - SOON)

    def is_long(self, size: int) -> bool:
        """Whether so many slow openings."""
        return 0 < self._most <= size

    async def admit(self) -> None:
        """Lets one opening in. Raises Slowed."""
        if time.monotonic() - self._looked_at > FRESH:
            self._looked_at = time.monotonic()
            self._slowing = self.is_long(await self.size()) and await answers(self._temporal)
        if self._slowing:
            metrics.count_slowed_opening()
            raise Slowed(
                "More orders are being opened than are taken up, and running cases come first. Nothing of this order "
                f"was kept; send it again in {Slowed.retry_after} s."
            )
