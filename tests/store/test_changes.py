"""The feed: every version of every case is in it once, in one order, without a gap that is filled later."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Connection, select

from domain.case.ids import CaseKind
from store import changes
from store.changes import Change, list_changes
from store.database import BEGIN_TO_WRITE, Database, begin_sqlite
from store.tables import CASES
from tests.store.scenes import HOUR, NOON, consigned, open_order, order, paid, report, scan, started_order, write

WRITERS, EACH = 8, 40


def change(case_id: str = "order:demo:taobao:T1", version: int = 1) -> Change:
    return Change(NOON, case_id, "T1", "taobao", CaseKind.ORDER, version, "awaiting_payment", ("case.opened",))


async def feed(db: Database, merchant: str = "demo", after: int = 0, limit: int = 1000) -> list[tuple[Any, ...]]:
    found = await db.read(list_changes, merchant, after, limit)
    return [(one.seq, one.change.order_id, one.change.version, one.change.what) for one in found]


def _revision(tx: Connection) -> list[int]:
    query = select(CASES.c.revision).where(CASES.c.order_id == "T1", CASES.c.merchant == "demo")
    return list(tx.scalars(query).all())


async def test_every_version_is_there_once(database: Database) -> None:
    """Opened, written, written again, scanned: what a client can see has moved, or there is no change."""
    life = await started_order(database, "T1")
    assert await feed(database) == [(1, "T1", 1, ("case.opened",))], "the workflow's first write shows nothing new"
    since = life.state.version
    for fact in (paid("pay-1"), consigned(order_id="T1")):
        life.take_in(fact.fact, NOON + HOUR)
    assert await write(database, life, since)
    assert await write(database, life, since), "repeated, after nobody heard that it got through"
    await report(database, consigned(order_id="T1"))
    await report(database, scan("picked_up", "s-1", at=NOON + HOUR))
    await report(database, scan("scanned", "s-2", at=NOON + 2 * HOUR))
    await open_order(database, order("T2"))
    await open_order(database, order("T1", merchant="other"))
    rows = await feed(database)
    assert [(seq, order_id, version) for seq, order_id, version, _ in rows] == [
        (1, "T1", 1), (2, "T1", 2), (3, "T1", 3), (4, "T2", 1),
    ]  # fmt: skip
    assert {"payment.received", "parcel.consigned"} <= set(rows[1][3])
    assert rows[2][3] == ("parcel.scanned",)
    assert [row[0] for row in await feed(database, "other")] == [1], "each shop counts its own"
    (revision,) = await database.read(_revision)
    assert revision == 3, "as snapshots count"


async def test_what_is_taken_back_leaves_no_gap(database: Database) -> None:
    """The number of a transaction that failed is the next one's."""

    def fail(tx: Connection) -> None:
        changes.append(tx, "demo", [change()])
        raise ArithmeticError

    await database.write(changes.append, "demo", [change(), change(version=2)])
    with pytest.raises(ArithmeticError):
        await database.write(fail)
    await database.write(changes.append, "demo", [change(version=3)])
    assert [(seq, version) for seq, _, version, _ in await feed(database)] == [(1, 1), (2, 2), (3, 3)]
    assert [seq for seq, *_ in await feed(database, after=1, limit=1)] == [2]


async def test_many_writers_and_a_reader(database: Database) -> None:
    """Whatever commits first, and however long it takes: what was read up to is never added to any more."""
    done = threading.Event()

    def write_some(writer: int) -> None:
        chance = random.Random(writer)
        for number in range(EACH):
            with database.engine.connect() as tx:
                if database.sqlite:
                    begin_sqlite(tx, BEGIN_TO_WRITE)
                changes.append(tx, "demo", [change(f"{writer}", number) for _ in range(chance.randint(1, 3))])
                threading.Event().wait(chance.random() / 500)
                tx.rollback() if chance.random() < 0.2 else tx.commit()

    def follow() -> list[int]:
        seen: list[int] = []
        last_look = False
        while True:
            with database.engine.connect() as tx:
                found = list_changes(tx, "demo", seen[-1] if seen else 0, 7)
            seen += [one.seq for one in found]
            if last_look and not found:
                return seen
            last_look = done.is_set()

    with ThreadPoolExecutor(WRITERS + 1) as threads:
        reading = threads.submit(follow)
        for writing in [threads.submit(write_some, writer) for writer in range(WRITERS)]:
            writing.result()
        done.set()
        seen = reading.result()
    rows = await feed(database, limit=10_000)
    assert seen == [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) > WRITERS * EACH / 2


async def test_one_kind_or_platform_alone(database: Database) -> None:
    """Filters leave out, and keep the numbers."""
    await database.write(changes.append, "demo", [change(), change(version=2)])
    assert len(await database.read(list_changes, "demo", 0, 9, CaseKind.ORDER, "taobao")) == 2
    assert await database.read(list_changes, "demo", 0, 9, CaseKind.COMPLAINT) == []
    assert await database.read(list_changes, "demo", 0, 9, None, "jd") == []
