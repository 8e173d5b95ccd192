"""One database, SQLite or PostgreSQL: its transactions, and what the two say differently, said once.

The store's functions are ordinary functions of a connection. A whole transaction of them runs in one thread:
`await db.read(cases.get_case, case_id, merchant)`.
"""

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import psycopg
import sqlalchemy
from pydantic_core import from_json, to_json
from sqlalchemy import Connection, Engine, Table, create_engine, event, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.sql.dml import ReturningInsert

from runtime.errors import Away

P = ParamSpec("P")
T = TypeVar("T")
Insert = postgresql.Insert | sqlite.Insert
Query = sqlalchemy.Select[*tuple[Any, ...]]
"""A statement that answers rows of a table."""
Row = sqlalchemy.Row[*tuple[Any, ...]]
"""A row of a table as a statement answers it, its columns by name."""
Transaction: TypeAlias = Connection
"""What services hand on who put several functions of the store together into one."""

READERS = 4
"""Threads of a process that read, each with a connection of its own."""
WRITERS = 8
"""Threads of a process that write to PostgreSQL; to SQLite one, because it has one writer."""
CONNECT_WITHIN = 10
"""Seconds for PostgreSQL to let us in."""
BEGIN = "BEGIN"
BEGIN_TO_WRITE = "BEGIN IMMEDIATE"
"""How a transaction begins on SQLite."""
PASSING = ("08", "28", "3D", "40", "53", "57P")
"""PostgreSQL's states that pass: connection lost, let in under no such name or password, no such database, deadlock or
serialisation, out of resources, shutting down. Which of them pass by themselves, only its operators know."""


class DatabaseAway(Away):
    """The database does not answer, or cannot just now; the same again may succeed."""


class Database:
    """An engine, and the threads in which its transactions run.

    A transaction that has begun goes on to its end, whatever becomes of who waits for it; one that is cancelled before
    its turn never begins. SQLite's default BEGIN takes no lock until the first write, and two such writers lose one of
    their updates; `write()` therefore begins IMMEDIATE there. Readers do not wait for writers.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(self.url, READERS + self._writing_threads())
        # Without a transaction PostgreSQL shows each statement what is committed by then, as it does within one.
        self._reading = self.engine if self.sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._seeing = self.engine if self.sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")
        self._readers = ThreadPoolExecutor(READERS, "store-reader")
        self._writers = ThreadPoolExecutor(self._writing_threads(), "store-writer")

    async def read(self, f: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function reads; on PostgreSQL each of its statements sees what is committed by then.

        Raises:
            DatabaseAway: and whatever the function raises.
        """
        return await self._run(self._readers, self._reading, BEGIN, lambda tx: f(tx, *args, **kwargs))

    async def read_at_once(self, f: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function reads, all of it as it was at one instant. Raises as `read` does."""
        return await self._run(self._readers, self._seeing, BEGIN, lambda tx: f(tx, *args, **kwargs))

    async def write(self, f: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function answers; what it wrote is committed then, or nothing of it if it raises.

        Raises:
            DatabaseAway: and whatever the function raises.
        """
        return await self._run(self._writers, self.engine, BEGIN_TO_WRITE, lambda tx: f(tx, *args, **kwargs))

    async def ping(self) -> None:
        """Raises DatabaseAway unless the database answers."""
        await self.read(Connection.scalar, text("SELECT 1"))

    async def close(self) -> None:
        """Gives back every connection, once what is under way has come to its end."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._readers.shutdown()
        self._writers.shutdown()
        self.engine.dispose()

    def _writing_threads(self) -> int:
        return 1 if self.sqlite else WRITERS

    async def _run(self, threads: ThreadPoolExecutor, engine: Engine, begin: str, act: Callable[[Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(threads, self._transact, engine, begin, act)

    def _transact(self, engine: Engine, begin: str, act: Callable[[Connection], T]) -> T:
        with self._away(), engine.begin() as tx:
            if self.sqlite:
                begin_sqlite(tx, begin)
            return act(tx)

    @contextmanager
    def _away(self) -> Iterator[None]:
        try:
            yield
        except (OperationalError, InterfaceError) as error:
            raise DatabaseAway(self._why(error)) from error
        except DBAPIError as error:
            if error.connection_invalidated or str(getattr(error.orig, "sqlstate", "")).startswith(PASSING):
                raise DatabaseAway(self._why(error)) from error
            raise

    def _why(self, error: Exception) -> str:
        return f"{self.url.render_as_string(hide_password=True)}: {_first_line(error)}"


def begin_sqlite(tx: Connection, begin: str) -> None:
    """Begins on SQLite as it is told to; an event of SQLAlchemy's to do it would cost each statement something."""
    tx.connection.cursor().execute(begin)


def insert_into(tx: Connection, table: Table) -> Insert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return insert_of(tx.dialect.name, table)


def add_rows(tx: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows in the order given."""
    if rows:
        tx.execute(insert_into(tx, table), rows)


def put_rows(tx: Connection, table: Table, rows: Sequence[Mapping[str, Any]], keep: Collection[str] = ()) -> None:
    """Inserts rows, or brings those in line whose primary key is taken; the columns in `keep` stay as they are."""
    if rows:
        tx.execute(_upsert(tx.dialect.name, table, tuple(rows[0]), frozenset(keep)), rows)


def take_turns(tx: Connection, name: str) -> None:
    """Makes transactions that ask for the same name follow each other; on SQLite all writers do anyway."""
    if tx.dialect.name == "postgresql":
        tx.execute(_TURN, {"name": name})


_TURN = select(func.pg_advisory_xact_lock(func.hashtextextended(sqlalchemy.bindparam("name"), 0)))


def _engine(url: sqlalchemy.URL, connections: int) -> Engine:
    """An engine whose pool has a connection for each thread; the drivers are ours to choose."""
    if url.get_backend_name() == "sqlite":
        options: dict[str, Any] = {"connect_args": {"timeout": 30}}
    else:
        url = url.set(drivername="postgresql+psycopg")
        options = {"connect_args": {"connect_timeout": CONNECT_WITHIN}}
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        json_serializer=_to_json,
        json_deserializer=from_json,
        **options,
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    else:
        event.listen(engine, "checkout", _look_for_the_end)
    return engine


def _to_json(value: object) -> str:
    return to_json(value).decode()


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _look_for_the_end(connection: psycopg.Connection, _record: object, _proxy: object) -> None:
    """A server that hung up while nobody used its connections has said so on them: that asks nothing of it."""
    try:
        connection.pgconn.consume_input()  # what it last said
        connection.pgconn.consume_input()  # and that nothing comes after it
    except psycopg.OperationalError as gone:
        raise InvalidatePoolError from gone


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@cache
def insert_of(dialect: str, table: Table) -> Insert:
    """The same by a dialect's name, for statements that are built once: building one costs more than sending it."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def insert_new(dialect: str, table: Table, key: tuple[str, ...]) -> ReturningInsert[str]:
    """An INSERT that answers the row's id; nothing, and leaves all as it is, where the key is taken."""
    return insert_of(dialect, table).on_conflict_do_nothing(index_elements=key).returning(*table.primary_key)


@cache
def _upsert(dialect: str, table: Table, columns: tuple[str, ...], keep: frozenset[str]) -> Insert:
    key = [column.name for column in table.primary_key]
    insert = insert_of(dialect, table)
    changed = {name: insert.excluded[name] for name in columns if name not in key and name not in keep}
    return insert.on_conflict_do_update(index_elements=key, set_=changed)
