"""Followers of the feed: each sees every change once, in order, wherever it began and however slow it is."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

import pytest

from domain.case.ids import CaseKind
from services import following
from services.following import Following
from store import changes
from store.changes import Change, Numbered
from store.database import Database
from tests.patience import PATIENCE
from tests.services.parts import TROUBLE, failing_first, until
from tests.store.scenes import NOON


def change(version: int) -> Change:
    return Change(NOON, "order:demo:taobao:T1", "T1", "taobao", CaseKind.ORDER, version, "awaiting_payment", ())


async def follow(feed: Following, after: int | None, until: int) -> list[int]:
    """The numbers that a follower sees, up to one."""
    seen: list[int] = []
    async with aclosing(feed.follow("demo", after)) as pages:
        async for page in pages:
            seen += [one.seq for one in page]
            if seen[-1] >= until:
                break
    return seen


async def test_all_see_the_same(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the ring, within it, from now on; while changes come, in pages smaller than what comes at once."""
    monkeypatch.setattr(following, "PAGE", 7)
    monkeypatch.setattr(following, "IN_RING", 20)
    monkeypatch.setattr(following, "LOOK_EVERY", 0.01)
    feed = Following(database)
    await database.write(changes.append, "demo", [change(version) for version in range(1, 51)])
    followers = [asyncio.create_task(follow(feed, after, 150)) for after in (0, 30, 50, None)]
    await asyncio.sleep(0)
    while feed._shops.get("demo") is None or feed._shops["demo"].followers < len(followers):  # noqa: ASYNC110 - a count
        await asyncio.sleep(0.01)
    for begin in range(51, 151, 25):
        await database.write(changes.append, "demo", [change(version) for version in range(begin, begin + 25)])
    seen = await asyncio.wait_for(asyncio.gather(*followers), PATIENCE)
    assert seen == [list(range(first, 151)) for first in (1, 31, 51, 51)]
    assert feed._shops == {}, "nobody follows: nobody looks"


async def test_a_process_that_stops_ends_them(database: Database) -> None:
    """They come again, with another process."""
    feed = Following(database)

    async def all_of_it() -> list[Sequence[Numbered]]:
        return [page async for page in feed.follow("demo", 0)]

    waiting = asyncio.create_task(all_of_it())
    while not feed._shops:  # noqa: ASYNC110 - a dict, no event
        await asyncio.sleep(0.01)
    feed.close()
    assert await asyncio.wait_for(waiting, PATIENCE) == []


async def test_no_trouble_ends_it(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database was away, then something of ours failed: a follower waits, and misses nothing."""
    for pause in ("LOOK_EVERY", "TRY_AGAIN_AFTER"):
        monkeypatch.setattr(following, pause, 0.01)
    monkeypatch.setattr("services.following.last_seq", failing_first(changes.last_seq, *TROUBLE))
    feed = Following(database)
    waiting = asyncio.create_task(follow(feed, 0, 2))
    await until(lambda: feed._shops and feed._shops["demo"].last == 0)
    await database.write(changes.append, "demo", [change(1), change(2)])
    assert await asyncio.wait_for(waiting, PATIENCE) == [1, 2]
