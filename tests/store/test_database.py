"""Transactions, and what it means that the database is away."""

import asyncio
import threading
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from domain.times import CHINA
from store.database import WRITERS, Database, DatabaseAway, add_rows, put_rows
from store.tables import ACCOUNTS, BUYERS, CASES, LEDGER_ENTRIES, POLICY_EDITIONS
from tests.patience import PATIENCE
from tests.store.looking import rows_of, values_of
from tests.store.scenes import NOON, open_order, order, paid, started_order, write


async def test_no_update_is_lost_under_ten_writers(database: Database) -> None:
    """Writers that read before they write follow each other."""
    await open_order(database, order())

    def count(tx: Connection) -> None:
        trades = tx.scalar(select(CASES.c.version).with_for_update())
        tx.execute(update(CASES).values(version=(trades or 0) + 1))

    await asyncio.gather(*(database.write(count) for _ in range(10)))
    assert await database.read(Connection.scalar, select(CASES.c.version)) == 11


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    """Everything of a transaction is taken back when a part of it fails."""
    row = {"policy": "p", "values": {}, "first_used_at": NOON}

    def twice(tx: Connection) -> None:
        add_rows(tx, POLICY_EDITIONS, [row])
        add_rows(tx, POLICY_EDITIONS, [row])

    with pytest.raises(IntegrityError):
        await database.write(twice)
    assert await database.read(rows_of, select(POLICY_EDITIONS)) == []


async def test_what_has_begun_goes_on_to_its_end(database: Database) -> None:
    """Whoever is cancelled in the middle of a write leaves neither half of it nor a connection behind."""
    await open_order(database, order())
    begun, may_go_on = threading.Event(), threading.Event()

    def count_slowly(tx: Connection) -> None:
        tx.execute(update(CASES).values(version=CASES.c.version + 1))
        begun.set()
        may_go_on.wait(PATIENCE)
        tx.execute(update(CASES).values(revision=CASES.c.version))

    cut = asyncio.create_task(database.write(count_slowly))
    await asyncio.to_thread(begun.wait, 10)
    cut.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cut
    may_go_on.set()
    await database.write(Connection.execute, update(CASES).values(revision=CASES.c.revision + 1))
    (row,) = await database.read(rows_of, select(CASES.c.version, CASES.c.revision))
    assert tuple(row) == (2, 3)


async def test_what_is_cancelled_before_its_turn_never_begins(database: Database) -> None:
    """A write that waits for others is not made once nobody waits for it."""
    await open_order(database, order())
    may_go_on = threading.Event()
    ahead = [asyncio.create_task(database.write(lambda _: may_go_on.wait(PATIENCE))) for _ in range(WRITERS)]
    change = update(CASES).values(version=CASES.c.version + 1)
    waiting = asyncio.create_task(database.write(Connection.execute, change))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    may_go_on.set()
    await asyncio.gather(*ahead)
    assert await database.read(Connection.scalar, select(CASES.c.version)) == 1


async def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    """While one writes, others read what was there before."""
    await open_order(database, order())
    version, loop = select(CASES.c.version), asyncio.get_running_loop()

    def write_and_look(tx: Connection) -> int | None:
        tx.execute(update(CASES).values(version=7))
        return asyncio.run_coroutine_threadsafe(database.read(Connection.scalar, version), loop).result(PATIENCE)

    assert await database.write(write_and_look) == 1
    assert await database.read(Connection.scalar, version) == 7


async def test_what_is_read_at_once_is_of_one_instant(database: Database) -> None:
    """A second statement sees nothing that was written after the first."""
    await open_order(database, order())
    version, loop = select(CASES.c.version), asyncio.get_running_loop()

    def look_twice(tx: Connection) -> tuple[int | None, int | None]:
        before = tx.scalar(version)
        change = database.write(Connection.execute, update(CASES).values(version=7))
        asyncio.run_coroutine_threadsafe(change, loop).result(PATIENCE)
        return before, tx.scalar(version)

    assert await database.read_at_once(look_twice) == (1, 1)


async def test_times_and_money_read_back_as_they_were(database: Database) -> None:
    """Times come back in UTC as the same moment, money to the fen; a time without a zone is refused."""
    life = await started_order(database)
    life.take_in(paid(amount="0.07").fact, NOON)
    assert await write(database, life)
    entry = (await database.read(rows_of, select(LEDGER_ENTRIES)))[0]
    assert (entry.amount, str(entry.amount)) == (Decimal("0.07"), "0.07")
    assert entry.at == datetime(2026, 11, 11, 12, tzinfo=CHINA)
    assert entry.at.utcoffset() is not None
    assert entry.at.isoformat() == "2026-11-11T04:00:00+00:00"
    with pytest.raises(StatementError, match="needs a zone"):
        await database.write(Connection.execute, select(CASES).where(CASES.c.opened_at < datetime(2026, 11, 11)))  # noqa: DTZ001


async def test_rows_put_again_keep_the_columns_named(database: Database) -> None:
    """`put_rows` brings a row in line but for the columns to keep."""
    row = {"policy": "p", "values": {}, "first_used_at": NOON}
    await database.write(put_rows, POLICY_EDITIONS, [])
    await database.write(put_rows, POLICY_EDITIONS, [row])
    await database.write(put_rows, POLICY_EDITIONS, [{**row, "values": {"a": "b"}}], keep=("first_used_at",))
    assert await database.read(values_of, select(POLICY_EDITIONS.c["values"])) == [{"a": "b"}]


async def test_a_foreign_key_holds(database: Database) -> None:
    """A row of a case that does not exist is refused, on SQLite too."""
    with pytest.raises(IntegrityError):
        await database.write(add_rows, BUYERS, [{"case_id": "none", "buyer_id": "b-77"}])


async def test_a_database_that_does_not_answer_is_away(tmp_path: Path, unused_tcp_port: int) -> None:
    """No server, or no folder: each is DatabaseAway, with one line of why, and the address as it was given."""
    for url in (
        f"postgresql://nobody@127.0.0.1:{unused_tcp_port}/none",
        f"postgresql://nobody@/none?host={tmp_path}",
        f"sqlite:///{tmp_path}/no/such/folder/x.db",
    ):
        database = Database(url)
        with pytest.raises(DatabaseAway) as away:
            await database.ping()
        assert str(away.value).startswith(f"{database.url}: ")
        assert "\n" not in str(away.value)
        await database.close()


async def test_a_database_that_answers_is_not_away(database: Database) -> None:
    """Ping passes; mistakes in what is asked stay what they are."""
    await database.ping()
    with pytest.raises(IntegrityError):
        await database.write(add_rows, ACCOUNTS, [{"merchant": "m", "account": "a", "permissions": None}])


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_connection_that_was_cut_is_away_and_comes_back(database: Database) -> None:
    """A server that drops us is DatabaseAway; the next transaction has a connection of its own."""
    loop = asyncio.get_running_loop()

    def cut_off(tx: Connection) -> None:
        me = tx.scalar(text("SELECT pg_backend_pid()"))
        kill = text("SELECT pg_terminate_backend(:pid)").bindparams(pid=me)
        asyncio.run_coroutine_threadsafe(database.read(Connection.scalar, kill), loop).result(PATIENCE)
        tx.execute(text("SELECT 1"))

    with pytest.raises(DatabaseAway):
        await database.write(cut_off)
    await database.ping()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_connections_that_were_cut_while_nobody_used_them(database: Database) -> None:
    """Nothing of it is felt: whoever comes next has a new one."""
    both = threading.Barrier(2)
    await asyncio.gather(*(database.read(lambda _: both.wait(PATIENCE)) for _ in range(2)))
    others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    await database.read(rows_of, text(f"{others} AND datname = current_database()"))
    await asyncio.gather(*(database.read(Connection.scalar, text("SELECT pg_sleep(0.1)")) for _ in range(3)))
    await database.ping()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_deadlock_is_away(database: Database) -> None:
    """Of two transactions that wait for each other one is told to try again."""
    await open_order(database, order("T1"))
    await open_order(database, order("T2"))
    both = threading.Barrier(2)

    def lock(tx: Connection, first: str, second: str) -> None:
        for number, order_id in enumerate((first, second)):
            tx.execute(select(CASES.c.version).where(CASES.c.order_id == order_id).with_for_update())
            if number == 0:
                both.wait(PATIENCE)

    crossing = database.write(lock, "T1", "T2"), database.write(lock, "T2", "T1")
    ended = await asyncio.gather(*crossing, return_exceptions=True)
    assert sorted(type(one).__name__ for one in ended) == ["DatabaseAway", "NoneType"]
