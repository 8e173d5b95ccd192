"""A hundred thousand open tasks: copies of one real order's row, with tasks of every type of its catalogue."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, text

from bench import messages
from domain.case.ids import CaseKind
from domain.case.record import record
from domain.case.work import WorkItem, work_item_id
from domain.order.opening import OpenOrder, accept_opening, begin
from domain.policy import policy
from domain.policy.catalogue import WorkType
from domain.policy.places import DAYS_AHEAD, MONEY, TIMES
from domain.roles import Actor, Group, Role
from domain.times import iso_instant
from store.case_rows import Owner, case_columns, work_item_row
from store.database import Database, add_rows
from store.tables import CASES, WORK_ITEMS

EDITION = "taobao-2012"
OTHER_SHOPS_SHARE = 5
"""The second shop has one task for so many of the first's."""
EACH = 4
"""Tasks of one case."""
SOON, LATE = timedelta(days=-1), timedelta(days=5)
"""Between which the tasks are due, seen from now."""
PEOPLE = 40
HELD = 0.5
"""Share of the tasks that somebody has."""
COMMON = {"payment_reminder": 300, "check_order": 200, "unshipped_48h": 150, "review_after_sale": 100}
"""How often a type comes up; the others once."""
BATCH = 2000
AGENT = Actor(role=Role.AGENT, account="demo-agent")


def people() -> list[str]:
    """The accounts that hold tasks; `demo-agent` is none of them."""
    return [f"agent-{number}" for number in range(PEOPLE)]


async def fill(db: Database, items: int, chance: Random) -> None:
    """Brings the shop `demo` to so many open tasks and `other` to a fifth of them; statistics are up to date then."""
    now = datetime.now(UTC)
    for merchant, count in (("demo", items), ("other", items // OTHER_SHOPS_SHARE)):
        cases = -(-count // EACH)
        await _insert(db, CASES, (_case_row(merchant, number, now) for number in range(cases)))
        await _insert(db, WORK_ITEMS, _item_rows(merchant, count, now, chance))
    await db.write(Connection.execute, text("ANALYZE"))


async def _insert(db: Database, table: Table, rows: Iterator[Mapping[str, Any]]) -> None:
    while batch := list(islice(rows, BATCH)):
        await db.write(add_rows, table, batch)


def _case_row(merchant: str, number: int, now: datetime) -> dict[str, Any]:
    """An order's row as its workflow's first write leaves it."""
    order_id = f"fill-{number}"
    request = OpenOrder.model_validate(messages.opening(order_id) | {"policy": EDITION})
    opening = accept_opening(request, merchant, EDITION, None, AGENT, now)
    write = record(begin(opening).state, since=0)
    return {
        "case_id": write.case_id,
        "kind": CaseKind.ORDER,
        "merchant": merchant,
        "platform": opening.platform,
        "order_id": order_id,
        "order_case_id": write.case_id,
        "policy": EDITION,
        "version": write.version,
        "opened_at": now,
        "content_hash": "",
        "opening": opening.model_dump(mode="json"),
        **case_columns(write),
    }


def _item_rows(merchant: str, count: int, now: datetime, chance: Random) -> Iterator[dict[str, Any]]:
    tasks = policy(EDITION).work.tasks
    weights = [COMMON.get(name, 1) for name in tasks]
    kinds = chance.choices(list(tasks), weights, k=count)
    for number, name in enumerate(kinds):
        case_id = f"order:{merchant}:taobao:fill-{number // EACH}"
        owner = Owner(case_id, CaseKind.ORDER, merchant, case_id, EDITION)
        due_at = now + SOON + (LATE - SOON) * chance.random()
        row = work_item_row(owner, _item(case_id, name, tasks[name], number, due_at))
        yield row | {"assignee": chance.choice(people()) if chance.random() < HELD else None}


def _item(case_id: str, name: str, kind: WorkType, number: int, due_at: datetime) -> WorkItem:
    matter = f"fill/{number}"
    return WorkItem(
        item_id=work_item_id(case_id, name, matter),
        type=name,
        matter=matter,
        group=Group(kind.group),
        created_at=due_at - timedelta(days=1),
        due_at=due_at,
        values={place: _value(place, due_at) for place in kind.script.places()},
        version=1,
    )


def _value(place: str, at: datetime) -> str:
    """What a case would give for that place of a script."""
    if place in TIMES:
        return iso_instant(at)
    if place in DAYS_AHEAD:
        return at.date().isoformat()
    return "199.00" if place in MONEY else "连衣裙 1 件"
