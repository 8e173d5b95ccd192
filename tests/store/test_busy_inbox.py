"""An inbox of two thousand tasks that twenty people and the cases themselves work on while others read it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from domain.case.record import record
from domain.case.work import WorkItem, WorkState, work_item_id
from domain.roles import Group
from store import opening as openings
from store import records, work_items
from store.database import Database
from store.work_items import WorkItemFilter
from tests.store.scenes import BUYER, NOON, Life, begin, first_write, order

ORDERS, EACH = 100, 20
PEOPLE, STEPS = 20, 50
PAGE = 170
PAUSE = 0.2
"""Seconds between walks: SQLite's one writer at a time gets on while nobody reads."""
SEED = 11


@dataclass
class Inbox:
    """The shop's tasks, and what was answered about them.

    Attributes:
        lives: the cases, each with the lock that makes its steps follow each other, by task.
        holders: who certainly has a task: from the answer to their claim until they ask to give it back.
        settling: tasks that somebody began to settle; `settled` those of them where it was answered.
    """

    db: Database
    lives: dict[str, tuple[Life, asyncio.Lock]] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    settling: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    refused: int = 0

    async def claim(self, item_id: str, account: str) -> None:
        over = item_id in self.settled
        claimed = await self.db.write(work_items.claim, "demo", item_id, account)
        if claimed is None:
            self.refused += 1
            return
        assert claimed.assignee == account
        assert not over, "a task that was settled before"
        assert self.holders.get(item_id) in (None, account), f"{item_id} is held by two"
        self.holders[item_id] = account

    async def release(self, item_id: str, account: str) -> None:
        if self.holders.get(item_id) == account:
            del self.holders[item_id]
            if await self.db.write(work_items.release, "demo", item_id, account) is None:
                assert item_id in self.settling, "nobody else may give back what they had"
                self.holders[item_id] = account
        else:
            before = self.holders.get(item_id)
            given_back = await self.db.write(work_items.release, "demo", item_id, account)
            assert given_back is None or before in (None, account), f"{item_id} was {before}'s"

    async def complete(self, item_id: str, account: str) -> None:
        """Somebody says what came of it: the case writes its next version."""
        await self._settle(item_id, WorkState.DONE, account)

    async def supersede(self, item_id: str, _: str) -> None:
        """The matter settles itself: the case writes its next version."""
        await self._settle(item_id, WorkState.SUPERSEDED, None)

    async def _settle(self, item_id: str, state: WorkState, by: str | None) -> None:
        if item_id in self.settling:
            return
        self.settling.add(item_id)
        life, turn = self.lives[item_id]
        async with turn:
            item = life.state.task(item_id)
            assert item
            life.state.version += 1
            item.state, item.done_by, item.version = state, by, life.state.version
            assert await self.db.write(records.record_case, record(life.state, since=life.state.version - 1))
        self.settled.add(item_id)

    async def walk(self, state: WorkState | None) -> list[str]:
        """Every page to the last."""
        found: list[str] = []
        cursor: str | None = None
        while True:
            page = await self.db.read(work_items.list_items, "demo", WorkItemFilter(state=state), PAGE, cursor)
            found += [item.item_id for item in page.items]
            if (cursor := page.next) is None:
                return found


async def _filled(db: Database) -> Inbox:
    inbox, chance = Inbox(db), Random(SEED)
    for number in range(ORDERS):
        opening = order(f"T{number}")
        life = begin(opening)
        life.state.work_items = [_item(life, serial, chance) for serial in range(EACH)]
        turn = asyncio.Lock()
        await db.write(openings.open_case, opening, first_write(life), BUYER, "hash-1")
        assert await db.write(records.record_case, first_write(life))
        inbox.lives |= {item.item_id: (life, turn) for item in life.state.work_items}
    return inbox


def _item(life: Life, serial: int, chance: Random) -> WorkItem:
    """Many are due at the same moment, as after a night."""
    due_at = NOON + timedelta(hours=chance.randrange(48))
    return WorkItem(
        item_id=work_item_id(life.state.case_id, "check_order", str(serial)),
        type="check_order",
        matter=str(serial),
        group=chance.choice(list(Group)),
        created_at=NOON,
        due_at=due_at,
        version=life.state.version,
    )


async def _person(inbox: Inbox, account: str, chance: Random) -> None:
    """Works through a part of the inbox that others work on too, at random."""
    ids = list(inbox.lives)
    steps: list[Callable[[str, str], Awaitable[None]]] = [inbox.claim, inbox.release, inbox.complete, inbox.supersede]
    for _ in range(STEPS):
        step = chance.choices(steps, weights=(10, 6, 1, 1))[0]
        mine = [item_id for item_id, holder in inbox.holders.items() if holder == account]
        own = step != inbox.claim and mine and chance.random() < 0.8
        await step(chance.choice(mine if own else ids[::3]), account)


async def _reader(inbox: Inbox, done: asyncio.Event) -> int:
    """Reads all pages of all tasks and of the open ones, until the others are done."""
    walks = 0
    while not done.is_set():
        everything = await inbox.walk(None)
        assert len(everything) == len(set(everything)), "an item twice"
        assert set(everything) == set(inbox.lives), "an item missing"
        over = set(inbox.settled)
        still_open = await inbox.walk(WorkState.OPEN)
        assert len(still_open) == len(set(still_open)), "an open item twice"
        assert set(inbox.lives) - inbox.settling <= set(still_open), "an untouched item missing"
        assert not over & set(still_open), "an item that was settled before"
        walks += 1
        await asyncio.sleep(PAUSE)
    return walks


async def test_a_busy_inbox_is_right_at_every_moment(database: Database) -> None:
    """No task is held by two, none that stays open is missing from its pages or stands there twice."""
    inbox = await _filled(database)
    assert len(inbox.lives) == ORDERS * EACH
    done = asyncio.Event()
    readers = [asyncio.create_task(_reader(inbox, done)) for _ in range(2)]
    try:
        async with asyncio.TaskGroup() as people:
            for number in range(PEOPLE):
                people.create_task(_person(inbox, f"agent-{number}", Random(SEED + number)))
    finally:
        done.set()
        walks = await asyncio.gather(*readers)
    assert min(walks) > 0
    assert inbox.holders
    assert inbox.refused
    assert inbox.settled == inbox.settling
    for item_id in inbox.lives:
        item = await database.read(work_items.get_item, "demo", item_id)
        assert item
        assert item.assignee == inbox.holders.get(item_id), item_id
        assert (item.state is WorkState.OPEN) == (item_id not in inbox.settled), item_id
