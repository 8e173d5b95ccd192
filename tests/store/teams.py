"""People of a shop and tasks for them, for the store's tests."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from domain.roles import Actor, Role
from domain.shop.staff import Staff
from store import shop_settings, tokens
from store.database import Database, add_rows
from store.tables import WORK_ITEMS
from tests.store.looking import rows_of
from tests.store.scenes import HOUR, NOON, started_order

OWNER = Actor(role=Role.OWNER, account="demo-owner")


async def set_staff(db: Database, *names: str, merchant: str = "demo", assign: str = "by_load", **other: Any) -> None:
    """A shop's people, all of them in the groups aftersale and finance, with accounts of their own."""
    people = [{"account": name, "groups": ["aftersale", "finance"], **other} for name in names]
    section = Staff.model_validate({"assign": assign, "people": people})
    await db.write(shop_settings.put, merchant, "staff", section, OWNER, NOON)
    for name in names:
        await db.write(tokens.add, tokens.hash_token(f"{merchant}/{name}"), merchant, name, [Role.AGENT], NOON)


async def give_tasks(db: Database, count: int, prefix: str = "t", merchant: str = "demo", **other: Any) -> list[str]:
    """Open tasks of a case, the first due first."""
    known = await db.read(Connection.scalar, select(func.count()).select_from(WORK_ITEMS))
    life = await started_order(db, f"{merchant}-{prefix}-{known}", merchant=merchant)
    row = {
        "case_id": life.state.case_id,
        "merchant": merchant,
        "type": "unshipped_48h",
        "matter": "",
        "work_group": "aftersale",
        "state": "open",
        "assignee": None,
        "created_at": NOON,
        "not_before": None,
        "policy": "taobao-2012",
        "variant": "",
        "values": {},
        "outcome": None,
        "data": {},
        "done_at": None,
        "done_by": None,
        "version": 1,
    } | other
    ids = [f"{merchant}-{prefix}-{number:04}" for number in range(count)]
    rows = [row | {"item_id": item_id, "due_at": NOON + number * HOUR} for number, item_id in enumerate(ids)]
    await db.write(add_rows, WORK_ITEMS, rows)
    return ids


async def holders(db: Database, ids: Sequence[str]) -> list[str | None]:
    rows = await db.read(rows_of, select(WORK_ITEMS).where(WORK_ITEMS.c.item_id.in_(ids)))
    found = {row.item_id: row.assignee for row in rows}
    return [found[item_id] for item_id in ids]
