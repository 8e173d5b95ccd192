"""How the driver learns that a message has taken effect: it looks into the database, the same way for all sides."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from sqlalchemy import Engine, bindparam, text

EVERY = 0.01
"""Seconds between looks."""
PATIENCE = 60.0
"""Seconds that one step of a case may take on a busy machine."""


class Stuck(Exception):
    """A case did not get on; the run is over."""


class Watch:
    """Waits for cases to reach a number: of the step recorded, or of the version written."""

    def __init__(self, engine: Engine, query: str) -> None:
        """Describe where to look.

        Args:
            engine: the database.
            query: answers `case_id, number` of the cases in `:ids`.
        """
        self._engine, self._query = engine, text(query).bindparams(bindparam("ids", expanding=True))
        self._waiting: dict[str, tuple[int, asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Self]:
        """Looks while the block runs."""
        looking = asyncio.create_task(self._look())
        try:
            yield self
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)

    async def reaches(self, case_id: str, number: int, within: float = PATIENCE) -> None:
        """Returns once the case is at that number or beyond. Raises Stuck."""
        reached: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[case_id] = (number, reached)
        try:
            async with asyncio.timeout(within):
                await reached
        except TimeoutError as late:
            raise Stuck(f"{case_id} did not reach step {number} within {within:.0f} s") from late

    async def _look(self) -> None:
        with self._engine.connect() as connection:
            while True:
                await asyncio.sleep(EVERY)
                if not self._waiting:
                    continue
                for case_id, number in connection.execute(self._query, {"ids": list(self._waiting)}):
                    awaited, reached = self._waiting[case_id]
                    if number >= awaited:
                        del self._waiting[case_id]
                        reached.set_result(None)
                connection.rollback()
