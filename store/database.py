"""One database, SQLite or PostgreSQL: its two kinds of transaction, and what the two say differently, said once."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, event, func, select, text
from sqlalchemy import Table as CoreTable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from runtime.errors import Away
from store.tables import Table

Insert = postgresql.Insert | sqlite.Insert

PASSING = ("08", "28", "3D", "40", "53", "57P")
"""PostgreSQL's states that pass: connection lost, let in under no such name or password, no such database, deadlock or
serialisation, out of resources, shutting down. Which of them pass by themselves, only its operators know."""


class DatabaseAway(Away):
    """The database does not answer, or cannot just now; the same again may succeed."""


class _Closing(sqlite3.Connection):
    """Gives back its locks when it is closed, also where a statement of it that was cut off is still about."""

    def close(self) -> None:
        if self.in_transaction:
            self.rollback()
        super().close()


class Database:
    """An engine and its transactions.

    SQLite's default BEGIN takes no lock until the first write, and two such writers lose one of their updates;
    `write()` therefore begins IMMEDIATE there.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        options: dict[str, Any] = (
            {"connect_args": {"timeout": 30, "factory": _Closing}} if self.sqlite else {"pool_pre_ping": True}
        )
        self.engine = create_async_engine(self.url, pool_size=5, max_overflow=10, hide_parameters=True, **options)
        self._session = async_sessionmaker(self.engine, expire_on_commit=False)
        self._turn = asyncio.Lock() if self.sqlite else nullcontext()
        if self.sqlite:
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)

    @asynccontextmanager
    async def read(self, *, at_one_instant: bool = False) -> AsyncIterator[AsyncSession]:
        """A transaction that writes nothing. Raises DatabaseAway.

        PostgreSQL shows each statement what is committed by then, unless all are to see the same instant; SQLite does.
        """
        with self._away():
            async with self._session() as session, session.begin():
                if at_one_instant and not self.sqlite:
                    await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
                yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction that is committed at the end. Raises DatabaseAway."""
        with self._away():
            async with self._turn, self._session() as session, session.begin():
                await session.connection(execution_options={"caseline_write": True})
                yield session

    async def ping(self) -> None:
        """Raises DatabaseAway unless the database answers."""
        async with self.read() as session:
            await session.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Gives back every connection."""
        await self.engine.dispose()

    @contextmanager
    def _away(self) -> Iterator[None]:
        try:
            yield
        except (OperationalError, InterfaceError, PoolTimeout, OSError) as error:
            raise DatabaseAway(self._why(error)) from error
        except DBAPIError as error:
            if error.connection_invalidated or str(getattr(error.orig, "sqlstate", "")).startswith(PASSING):
                raise DatabaseAway(self._why(error)) from error
            raise

    def _why(self, error: Exception) -> str:
        return f"{self.url.render_as_string(hide_password=True)}: {_first_line(error)}"


def core(table: type[Table]) -> CoreTable:
    """The bare table, for the frequent writes: SQLAlchemy sends its statements at half the cost of a mapped class's."""
    return cast(CoreTable, table.__table__)


def insert_into(session: AsyncSession, table: type[Table]) -> Insert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`; columns by their own names."""
    return _insert(_dialect(session), table)


async def add_rows(session: AsyncSession, table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows in the order given."""
    if rows:
        await session.execute(insert_into(session, table), [dict(row) for row in rows])


async def put_rows(
    session: AsyncSession, table: type[Table], rows: Sequence[Mapping[str, Any]], keep: Collection[str] = ()
) -> None:
    """Inserts rows, or brings those in line whose primary key is taken; the columns in `keep` stay as they are."""
    if rows:
        upsert = _upsert(_dialect(session), table, tuple(rows[0]), frozenset(keep))
        await session.execute(upsert, [dict(row) for row in rows])


async def take_turns(session: AsyncSession, name: str) -> None:
    """Makes transactions that ask for the same name follow each other; on SQLite all writers do anyway."""
    if _dialect(session) == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("caseline_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _dialect(session: AsyncSession) -> str:
    return session.get_bind().dialect.name


def _insert(dialect: str, table: type[Table]) -> Insert:
    return postgresql.insert(core(table)) if dialect == "postgresql" else sqlite.insert(core(table))


@cache
def _upsert(dialect: str, table: type[Table], columns: tuple[str, ...], keep: frozenset[str]) -> Insert:
    key = [column.name for column in core(table).primary_key]
    insert = _insert(dialect, table)
    changed = {name: insert.excluded[name] for name in columns if name not in key and name not in keep}
    return insert.on_conflict_do_update(index_elements=key, set_=changed)
