"""How the driver learns that a message has taken effect: it looks into the database, the same way for both sides."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Self

EVERY = 0.01
"""Seconds between looks."""
PATIENCE = 60.0
"""Seconds that one step of a case may take on a busy machine."""


class Stuck(Exception):
    """A case did not get on; the run is over."""


class Watch:
    """Waits for cases to reach a number: of the step recorded, or of the version written."""

    def __init__(self, file: Path, query: str) -> None:
        """Describe where to look.

        Args:
            file: the SQLite database.
            query: answers `case_id, number` for the ids that stand in place of `{}`.
        """
        self._file, self._query = file, query
        self._waiting: dict[str, tuple[int, asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Self]:
        """Looks while the block runs."""
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as database:
            looking = asyncio.create_task(self._look(database))
            try:
                yield self
            finally:
                looking.cancel()
                await asyncio.gather(looking, return_exceptions=True)

    async def reaches(self, case_id: str, number: int) -> None:
        """Returns once the case is at that number or beyond. Raises Stuck."""
        reached: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[case_id] = (number, reached)
        try:
            async with asyncio.timeout(PATIENCE):
                await reached
        except TimeoutError as late:
            raise Stuck(f"{case_id} did not reach step {number} within {PATIENCE:.0f} s") from late

    async def _look(self, database: sqlite3.Connection) -> None:
        while True:
            await asyncio.sleep(EVERY)
            ids = list(self._waiting)
            query = self._query.format(", ".join("?" * len(ids)))
            for case_id, number in database.execute(query, ids).fetchall():
                awaited, reached = self._waiting[case_id]
                if number >= awaited:
                    del self._waiting[case_id]
                    reached.set_result(None)
