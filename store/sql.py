"""What SQLite and PostgreSQL say differently, said once; and writing many rows at once."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Table as CoreTable
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from store.tables import Table

Insert = postgresql.Insert | sqlite.Insert


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


async def one_at_a_time(session: AsyncSession, name: str) -> None:
    """Makes transactions that ask for the same name follow each other; on SQLite all writers do anyway."""
    if _dialect(session) == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


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
