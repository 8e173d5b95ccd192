"""People of a shop and tasks for them, for the store's tests."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from domain.roles import Actor, Role
from domain.shop.staff import Staff
from store import shop_settings, tokens
from store.database import Database, add_rows
from store.tables import WorkItemRow
from tests.store.scenes import HOUR, NOON, started_order

OWNER = Actor(role=Role.OWNER, account="demo-owner")


async def set_staff(db: Database, *names: str, merchant: str = "demo", assign: str = "by_load", **other: Any) -> None:
    """A shop's people, all of them in the groups aftersale and finance, with accounts of their own."""
    people = [{"account": name, "groups": ["aftersale", "finance"], **other} for name in names]
    section = Staff.model_validate({"assign": assign, "people": people})
    await shop_settings.put(db, merchant, "staff", section, OWNER, NOON)
    for name in names:
        await tokens.add(db, tokens.hash_token(f"{merchant}/{name}"), merchant, name, [Role.AGENT], NOON)


async def give_tasks(db: Database, count: int, prefix: str = "t", merchant: str = "demo", **other: Any) -> list[str]:
    """Open tasks of a case, the first due first."""
    async with db.read() as session:
        known = await session.scalar(select(func.count()).select_from(WorkItemRow))
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
    async with db.write() as session:
        await add_rows(session, WorkItemRow, rows)
    return ids


async def holders(db: Database, ids: Sequence[str]) -> list[str | None]:
    async with db.read() as session:
        rows = (await session.scalars(select(WorkItemRow).where(WorkItemRow.item_id.in_(ids)))).all()
    found = {row.item_id: row.assignee for row in rows}
    return [found[item_id] for item_id in ids]
