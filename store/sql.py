"""What SQLite and PostgreSQL say differently, said once."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from store.tables import Table


def insert_into(session: AsyncSession, table: type[Table]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


async def add_rows(session: AsyncSession, table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows in the order given."""
    if rows:
        await session.execute(insert_into(session, table), [dict(row) for row in rows])


async def put_rows(
    session: AsyncSession, table: type[Table], rows: Sequence[Mapping[str, Any]], keep: Collection[str] = ()
) -> None:
    """Inserts rows, or brings those in line whose primary key is taken; the columns in `keep` stay as they are."""
    if not rows:
        return
    key = [column.name for column in inspect(table).primary_key]
    insert = insert_into(session, table)
    names = {attribute: column.name for attribute, column in inspect(table).columns.items() if attribute in rows[0]}
    changed = {
        column: insert.excluded[column]
        for attribute, column in names.items()
        if column not in key and attribute not in keep
    }
    await session.execute(insert.on_conflict_do_update(index_elements=key, set_=changed), [dict(row) for row in rows])


async def one_at_a_time(session: AsyncSession, name: str) -> None:
    """Makes transactions that ask for the same name follow each other; on SQLite all writers do anyway."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
