"""Migrations make exactly the tables that the code declares."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, text

from runtime.errors import OtherTables
from store.database import Database, add_rows
from store.migrate import SCRIPTS, at_head, migrate
from store.tables import MEMOS, METADATA
from tests.store.looking import rows_of


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, METADATA))


async def test_migrated_schema_is_the_declared_one(database: Database) -> None:
    """Nothing is left for a further migration to do."""
    assert await database.read(_differences) == []


async def test_a_fresh_database_is_not_at_head_until_it_is_migrated(empty_database: Database) -> None:
    """`at_head` tells an empty database from a migrated one; migrating again changes nothing."""
    assert not await empty_database.read(at_head)
    await empty_database.write(migrate)
    assert await empty_database.read(at_head)
    await empty_database.write(migrate)
    assert await empty_database.read(at_head)


async def test_processes_may_migrate_at_the_same_time(empty_database: Database) -> None:
    """Of several processes that start together one makes the tables, the others find them."""
    await asyncio.gather(*(empty_database.write(migrate) for _ in range(4)))
    assert await empty_database.read(at_head)


async def _to(db: Database, revision: str) -> None:
    """Brings a database up or down to a revision."""

    def go(tx: Connection) -> None:
        config = Config(attributes={"connection": tx})
        config.set_main_option("script_location", str(SCRIPTS))
        there = MigrationContext.configure(tx).get_current_revision() or ""
        (command.downgrade if there > revision else command.upgrade)(config, revision)

    await db.write(go)


async def test_memos_from_before_get_their_line(empty_database: Database) -> None:
    """What was written for the shop's people can be searched too; other texts stay without a line."""
    texts: dict[str, tuple[str, Any]] = {
        "memo:1": ("memo", "缺货 \n周五到"),
        "memo:2": ("memo", "@4.15阿华 重拍订单"),
        "memo:3": ("ship_hold", "暂不发货"),
        "memo:4": ("address", {"city": "广州市"}),
        "memo:5": ("note", "长" * 400),
    }
    at = datetime(2026, 11, 21, 16, tzinfo=UTC)
    shared = {"case_id": "c", "merchant": "demo", "flag": 0, "role": "agent", "account": "demo-agent", "at": at}
    rows = [{"memo_id": id_, "purpose": purpose, "text": said, **shared} for id_, (purpose, said) in texts.items()]
    await _to(empty_database, "0004_work_columns")
    await empty_database.write(add_rows, MEMOS, rows)
    for revision in ("0005_memo_lines", "0004_work_columns", "0005_memo_lines"):
        await _to(empty_database, revision)
    found = await empty_database.read(rows_of, select(MEMOS.c.memo_id, MEMOS.c.line))
    lines = {row.memo_id: row.line for row in found}
    assert lines == {
        "memo:1": "@11.22 demo-agent 缺货 周五到",
        "memo:2": "@4.15阿华 重拍订单",
        "memo:3": "@11.22 demo-agent 暂不发货",
        "memo:4": None,
        "memo:5": f"@11.22 demo-agent {'长' * 327}",
    }


async def test_a_database_of_another_version_is_left_as_it_is(database: Database) -> None:
    """One sentence says so, and what to do."""
    await database.write(Connection.execute, text("UPDATE alembic_version SET version_num = 'of_tomorrow'"))
    with pytest.raises(OtherTables, match="of_tomorrow"):
        await database.write(migrate)
    assert not await database.read(at_head)


def test_migrations_are_numbered() -> None:
    """Each file is named after its revision, and the numbers run in the order of the steps."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    steps = list(reversed(list(ScriptDirectory.from_config(config).walk_revisions())))
    assert [Path(step.path).stem for step in steps] == [step.revision for step in steps]
    assert [int(step.revision[:4]) for step in steps] == list(range(1, len(steps) + 1))
