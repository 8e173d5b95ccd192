"""The inboxes of tasks, and the counts for the metrics."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import Connection, update

from domain.roles import Group
from store import gauges, work_items
from store.database import Database
from store.pages import BadCursor, write_cursor
from store.tables import WORK_ITEMS
from store.work_items import WorkItemFilter
from tests.store.scenes import DAY, HOUR, NOON, open_order, order, paid, started_order, write
from tests.store.teams import give_tasks, holders


async def _unshipped(db: Database, order_id: str, at: datetime) -> str:
    """An order paid and not shipped for 48 hours: somebody has a task."""
    life = await started_order(db, order_id, at=at)
    life.take_in(paid(at=at).fact, at)
    due = life.overdue(at + 48 * HOUR)
    assert due
    life.pass_deadline(due, at + 48 * HOUR)
    assert await write(db, life, since=1)
    return life.state.case_id


async def test_tasks_come_by_due_time_through_every_page_size(database: Database) -> None:
    """The first due first, each once, another shop's never."""
    for number in (2, 0, 1, 3):
        await _unshipped(database, f"T{number}", NOON + number // 2 * HOUR)
    expected = [item.item_id for item in (await database.read(work_items.list_items, "demo")).items]
    assert len(expected) == 4
    for limit in range(1, 5):
        found: list[work_items.WorkItemRecord] = []
        cursor = None
        while True:
            page = await database.read(work_items.list_items, "demo", limit=limit, cursor=cursor)
            found += page.items
            if (cursor := page.next) is None:
                break
        assert [item.item_id for item in found] == expected
        assert [item.due_at for item in found] == sorted(item.due_at for item in found)
    assert (await database.read(work_items.list_items, "other")).items == []
    with pytest.raises(BadCursor):
        await database.read(work_items.list_items, "demo", cursor=write_cursor(1))


async def test_filters_of_tasks(database: Database) -> None:
    """By state, group, assignee, type, case and due time."""
    first = await _unshipped(database, "T1", NOON)
    await _unshipped(database, "T2", NOON + DAY)
    await database.write(
        Connection.execute,
        update(WORK_ITEMS).where(WORK_ITEMS.c.case_id == first).values(assignee="demo-agent", state="done"),
    )
    for only, count in (
        (WorkItemFilter(state="open"), 1),
        (WorkItemFilter(state="done"), 1),
        (WorkItemFilter(groups=("aftersale",)), 2),
        (WorkItemFilter(groups=("presale",)), 0),
        (WorkItemFilter(assignee="demo-agent"), 1),
        (WorkItemFilter(type="unshipped_48h"), 2),
        (WorkItemFilter(type="tracking_stalled"), 0),
        (WorkItemFilter(case_id=first), 1),
        (WorkItemFilter(due_before=NOON + 72 * HOUR), 0),
        (WorkItemFilter(due_before=NOON + 73 * HOUR), 1),
    ):
        assert len((await database.read(work_items.list_items, "demo", only)).items) == count, only


async def test_gauges_count_what_is_open_and_late(database: Database) -> None:
    """Open cases by kind, and running clocks whose time has come."""
    assert await database.read(gauges.gauges, NOON) == gauges.Gauges(
        {}, 0, 0, 0, {"active": 0, "away": 0, "failing": 0, "ended": 0}
    )
    await _unshipped(database, "T1", NOON)
    await open_order(database, order("T2", at=NOON))
    counts = await database.read(gauges.gauges, NOON + HOUR / 2)
    assert (counts.open_cases, counts.overdue_deadlines) == ({"order": 2}, 0)
    for later, overdue in ((1, ["payment_reminder"]), (73, ["payment", "payment_reminder", "ship_by", "task_due"])):
        assert (await database.read(gauges.gauges, NOON + later * HOUR)).overdue_deadlines == len(overdue)


async def test_two_people_never_hold_one_task(database: Database) -> None:
    """Of many who claim a task at once exactly one has it; given back, the next may."""
    await _unshipped(database, "T1", NOON)
    (item,) = (await database.read(work_items.list_items, "demo")).items
    accounts = [f"agent-{number}" for number in range(12)]
    claims = await asyncio.gather(
        *(database.write(work_items.claim, "demo", item.item_id, account) for account in accounts)
    )
    (held,) = [claimed for claimed in claims if claimed]
    holder = held.assignee
    assert holder in accounts
    found = await database.read(work_items.get_item, "demo", item.item_id)
    assert found
    assert found.assignee == holder
    assert await database.write(work_items.claim, "demo", item.item_id, holder)
    other = next(account for account in accounts if account != holder)
    assert not await database.write(work_items.release, "demo", item.item_id, other)
    assert await database.write(work_items.release, "demo", item.item_id, holder)
    assert await database.write(work_items.claim, "demo", item.item_id, other)
    assert await database.write(work_items.release, "demo", item.item_id, None)
    assert not await database.write(work_items.claim, "other", item.item_id, holder)


async def test_a_settled_task_is_claimed_by_nobody(database: Database) -> None:
    """Done or superseded, it is over."""
    await _unshipped(database, "T1", NOON)
    (item,) = (await database.read(work_items.list_items, "demo")).items
    await database.write(Connection.execute, update(WORK_ITEMS).values(state="done"))
    assert not await database.write(work_items.claim, "demo", item.item_id, "demo-agent")
    assert not await database.write(work_items.release, "demo", item.item_id, None)


async def test_a_task_is_handed_over_by_who_has_it(database: Database) -> None:
    """Of a holder's own only; where no holder is named, whoever has it, if anybody. Another shop's never, nor done."""
    (item_id,) = await give_tasks(database, 1)

    async def hand_over(to: str, holder: str | None, merchant: str = "demo") -> tuple[bool, str | None]:
        over = await database.write(work_items.hand_over, merchant, item_id, to, holder)
        (assignee,) = await holders(database, [item_id])
        return over, assignee

    assert await hand_over("ana", "bo") == (False, None)
    assert await hand_over("ana", None) == (True, "ana")
    assert await hand_over("cy", "bo") == (False, "ana")
    assert await hand_over("cy", "ana") == (True, "cy")
    assert await hand_over("bo", None, "other") == (False, "cy")
    await database.write(Connection.execute, update(WORK_ITEMS).values(state="superseded"))
    assert await hand_over("bo", None) == (False, "cy")


async def test_all_that_somebody_has_goes_over_at_once(database: Database) -> None:
    """Open ones only, of one group where it is named; to another, or back to the groups."""
    ids = [
        *await give_tasks(database, 1, "first", assignee="ana"),
        *await give_tasks(database, 1, "second", assignee="ana", work_group="finance"),
        *await give_tasks(database, 1, "third", assignee="ana", state="done"),
        *await give_tasks(database, 1, "fourth", assignee="cy"),
    ]
    assert await database.write(work_items.hand_over_all, "other", "ana", "bo") == 0
    assert await database.write(work_items.hand_over_all, "demo", "ana", "bo", Group.FINANCE) == 1
    assert await holders(database, ids) == ["ana", "bo", "ana", "cy"]
    assert await database.write(work_items.hand_over_all, "demo", "ana", "bo") == 1
    assert await holders(database, ids) == ["bo", "bo", "ana", "cy"]
    assert await database.write(work_items.hand_over_all, "demo", "bo", None) == 2
    assert await holders(database, ids) == [None, None, "ana", "cy"]
