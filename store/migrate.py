"""Bringing a database to the tables of this version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from runtime.errors import OtherTables
from store.database import Database, take_turns

SCRIPTS = Path(__file__).parent / "migrations"


async def migrate(db: Database) -> None:
    """Brings the database up to this version, in one transaction; several processes may ask at once.

    Raises:
        OtherTables: it has the tables of a version that this one does not know.
    """
    async with db.write() as session:
        await take_turns(session, "migrate")
        await (await session.connection()).run_sync(_upgrade)


async def at_head(db: Database) -> bool:
    """Whether the database has the tables of this version."""
    async with db.read() as session:
        return await (await session.connection()).run_sync(_is_at_head)


def _upgrade(connection: Connection) -> None:
    config = _config()
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    for revision in MigrationContext.configure(connection).get_current_heads():
        if revision not in known:
            raise OtherTables(revision)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_at_head(connection: Connection) -> bool:
    known = ScriptDirectory.from_config(_config()).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(known)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config
