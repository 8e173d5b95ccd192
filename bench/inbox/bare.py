"""The bare queries: the rows by their primary key, in a transaction of the same kind, over the same pool."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, update

from bench.inbox.measuring import Call
from domain.case.work import WorkState
from store.database import Database, core
from store.tables import WorkItemRow

_ITEMS = core(WorkItemRow)


class Bare:
    """Over one database."""

    def __init__(self, db: Database) -> None:
        self.db = db

    async def read(self, item_ids: Sequence[str]) -> None:
        async with self.db.read() as session:
            (await session.execute(select(_ITEMS).where(_ITEMS.c.item_id.in_(item_ids)))).all()

    def changing(self, **values: Any) -> Call:
        """Brings an item's columns to what the step brought them to."""

        async def change(item_id: str) -> None:
            async with self.db.write() as session:
                await session.execute(update(_ITEMS).where(_ITEMS.c.item_id == item_id).values(values))

        return change

    async def free_items(self, count: int) -> list[str]:
        """Open items of the shop `demo` that nobody has, from anywhere in the inbox."""
        query = (
            select(_ITEMS.c.item_id)
            .where(_ITEMS.c.merchant == "demo", _ITEMS.c.state == WorkState.OPEN, _ITEMS.c.assignee.is_(None))
            .order_by(func.md5(_ITEMS.c.item_id))
            .limit(count)
        )
        async with self.db.read() as session:
            return list(await session.scalars(query))

    async def open_items(self) -> int:
        """How many of the shop `demo` are open."""
        query = select(func.count()).where(_ITEMS.c.merchant == "demo", _ITEMS.c.state == WorkState.OPEN)
        async with self.db.read() as session:
            return await session.scalar(query) or 0
