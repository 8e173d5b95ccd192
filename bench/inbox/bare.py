"""The bare queries: the rows by their primary key, in a transaction of the same kind, over the same pool."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select, update

from bench.inbox.measuring import Call
from domain.case.work import WorkState
from store.database import Database, Row
from store.tables import WORK_ITEMS

_OPEN = WORK_ITEMS.c.merchant == "demo", WORK_ITEMS.c.state == WorkState.OPEN


def _rows(tx: Connection, item_ids: Sequence[str]) -> Sequence[Row]:
    return tx.execute(select(WORK_ITEMS).where(WORK_ITEMS.c.item_id.in_(item_ids))).all()


class Bare:
    """Over one database."""

    def __init__(self, db: Database) -> None:
        self.db = db

    async def read(self, item_ids: Sequence[str]) -> None:
        await self.db.read(_rows, item_ids)

    def changing(self, **values: Any) -> Call:
        """Brings an item's columns to what the step brought them to."""

        async def change(item_id: str) -> None:
            change = update(WORK_ITEMS).where(WORK_ITEMS.c.item_id == item_id)
            await self.db.write(Connection.execute, change.values(values))

        return change

    async def free_items(self, count: int) -> list[str]:
        """Open items of the shop `demo` that nobody has, from anywhere in the inbox."""
        query = (
            select(WORK_ITEMS.c.item_id)
            .where(
                WORK_ITEMS.c.merchant == "demo", WORK_ITEMS.c.state == WorkState.OPEN, WORK_ITEMS.c.assignee.is_(None)
            )
            .order_by(func.md5(WORK_ITEMS.c.item_id))
            .limit(count)
        )
        return await self.db.read(lambda tx: list(tx.scalars(query)))

    async def open_items(self) -> int:
        """How many of the shop `demo` are open."""
        query = select(func.count()).where(*_OPEN)
        return await self.db.read(Connection.scalar, query) or 0
