"""Migrations make exactly the tables that the code declares."""

import asyncio
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from store.database import Database
from store.migrate import at_head, migrate
from store.tables import Table


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Table.metadata))


async def test_migrated_schema_is_the_declared_one(database: Database) -> None:
    """Nothing is left for a further migration to do."""
    async with database.read() as session:
        assert await (await session.connection()).run_sync(_differences) == []


async def test_a_fresh_database_is_not_at_head_until_it_is_migrated(empty_database: Database) -> None:
    """`at_head` tells an empty database from a migrated one; migrating again changes nothing."""
    assert not await at_head(empty_database)
    await migrate(empty_database)
    assert await at_head(empty_database)
    await migrate(empty_database)
    assert await at_head(empty_database)


async def test_processes_may_migrate_at_the_same_time(empty_database: Database) -> None:
    """Of several processes that start together one makes the tables, the others find them."""
    await asyncio.gather(*(migrate(empty_database) for _ in range(4)))
    assert await at_head(empty_database)
