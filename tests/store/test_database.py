"""Transactions, and what it means that the database is away."""

import asyncio
import threading
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from domain.times import CHINA
from store.database import Database, DatabaseAway, add_rows, put_rows
from store.tables import AccountRow, BuyerRow, CaseRow, EditionRow, LedgerRow
from tests.store.scenes import NOON, open_order, order, paid, started_order, write


async def test_no_update_is_lost_under_ten_writers(database: Database) -> None:
    """Writers that read before they write follow each other."""
    await open_order(database, order())

    async def count() -> None:
        async with database.write() as session:
            trades = await session.scalar(select(CaseRow.version).with_for_update())
            await asyncio.sleep(0)
            await session.execute(update(CaseRow).values(version=(trades or 0) + 1))

    await asyncio.gather(*(count() for _ in range(10)))
    async with database.read() as session:
        assert await session.scalar(select(CaseRow.version)) == 10


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    """Everything of a transaction is taken back when a part of it fails."""
    row = {"policy": "p", "values": {}, "first_used_at": NOON}

    async def twice() -> None:
        async with database.write() as session:
            await add_rows(session, EditionRow, [row])
            await add_rows(session, EditionRow, [row])

    with pytest.raises(IntegrityError):
        await twice()
    async with database.read() as session:
        assert (await session.scalars(select(EditionRow))).all() == []


async def test_a_write_that_is_cut_off_stops_no_other(database: Database) -> None:
    """Whoever is cancelled, at whatever moment, gives back the lock."""
    await open_order(database, order())
    chance = Random(11)

    async def count() -> None:
        async with database.write() as session:
            await session.execute(update(CaseRow).values(version=CaseRow.version + 1))
            await session.scalar(select(CaseRow.version))

    for _ in range(60):
        cut = [asyncio.create_task(count()) for _ in range(4)]
        await asyncio.sleep(chance.random() * 0.006)
        for task in cut:
            task.cancel()
        await asyncio.gather(*cut, return_exceptions=True)
        async with asyncio.timeout(20):
            await count()


async def test_times_and_money_read_back_as_they_were(database: Database) -> None:
    """Times come back in UTC as the same moment, money to the fen; a time without a zone is refused."""
    life = await started_order(database)
    life.take_in(paid(amount="0.07").fact, NOON)
    assert await write(database, life)
    async with database.read() as session:
        entry = (await session.scalars(select(LedgerRow))).one()
        assert (entry.amount, str(entry.amount)) == (Decimal("0.07"), "0.07")
        assert entry.at == datetime(2026, 11, 11, 12, tzinfo=CHINA)
        assert entry.at.utcoffset() is not None
        assert entry.at.isoformat() == "2026-11-11T04:00:00+00:00"
    with pytest.raises(StatementError, match="needs a zone"):
        async with database.read() as session:
            await session.execute(select(CaseRow).where(CaseRow.opened_at < datetime(2026, 11, 11)))  # noqa: DTZ001


async def test_rows_put_again_keep_the_columns_named(database: Database) -> None:
    """`put_rows` brings a row in line but for the columns to keep."""
    row = {"policy": "p", "values": {}, "first_used_at": NOON}
    async with database.write() as session:
        await put_rows(session, EditionRow, [])
        await put_rows(session, EditionRow, [row])
        await put_rows(session, EditionRow, [{**row, "values": {"a": "b"}}], keep=("first_used_at",))
    async with database.read() as session:
        assert (await session.scalars(select(EditionRow.values))).all() == [{"a": "b"}]


async def test_a_foreign_key_holds(database: Database) -> None:
    """A row of a case that does not exist is refused, on SQLite too."""
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await add_rows(session, BuyerRow, [{"case_id": "none", "buyer_id": "b-77"}])


async def test_a_database_that_does_not_answer_is_away(tmp_path: Path, unused_tcp_port: int) -> None:
    """No server, no folder, or a pool that is used up: each is DatabaseAway, with one line of why."""
    for url in (
        f"postgresql+asyncpg://nobody@127.0.0.1:{unused_tcp_port}/none",
        f"postgresql+asyncpg://nobody@/none?host={tmp_path}",
        f"sqlite+aiosqlite:///{tmp_path}/no/such/folder/x.db",
    ):
        database = Database(url)
        with pytest.raises(DatabaseAway) as away:
            await database.ping()
        assert str(away.value)
        assert "\n" not in str(away.value)
        await database.close()
    for thread in threading.enumerate():
        if "_connection_worker" in thread.name:  # aiosqlite's, of the file that cannot be opened
            await asyncio.to_thread(thread.join)


async def test_a_database_that_answers_is_not_away(database: Database) -> None:
    """Ping passes; mistakes in what is asked stay what they are."""
    await database.ping()
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await add_rows(session, AccountRow, [{"merchant": "m", "account": "a", "permissions": None}])


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_connection_that_was_cut_is_away_and_comes_back(database: Database) -> None:
    """A server that drops us is DatabaseAway; the next transaction has a connection of its own."""

    async def cut_off() -> None:
        async with database.write() as session, database.write() as other:
            me = await session.scalar(text("SELECT pg_backend_pid()"))
            await other.execute(text("SELECT pg_terminate_backend(:pid)").bindparams(pid=me))
            await session.execute(text("SELECT 1"))

    with pytest.raises(DatabaseAway):
        await cut_off()
    await database.ping()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_deadlock_is_away(database: Database) -> None:
    """Of two transactions that wait for each other one is told to try again."""
    await open_order(database, order("T1"))
    await open_order(database, order("T2"))
    both = asyncio.Barrier(2)

    async def lock(first: str, second: str) -> None:
        async with database.write() as session:
            for number, order_id in enumerate((first, second)):
                locked = select(CaseRow.version).where(CaseRow.order_id == order_id).with_for_update()
                await session.scalar(locked)
                if number == 0:
                    await both.wait()

    ended = await asyncio.gather(lock("T1", "T2"), lock("T2", "T1"), return_exceptions=True)
    assert sorted(type(one).__name__ for one in ended) == ["DatabaseAway", "NoneType"]
