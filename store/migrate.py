"""Bringing a database to the tables of this version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from runtime.errors import OtherTables
from store.database import take_turns

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(tx: Connection) -> None:
    """Brings the database up to this version, in one transaction; several processes may ask at once.

    Raises:
        OtherTables: it has the tables of a version that this one does not know.
    """
    take_turns(tx, "migrate")
    config = _config()
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    for revision in MigrationContext.configure(tx).get_current_heads():
        if revision not in known:
            raise OtherTables(revision)
    config.attributes["connection"] = tx
    command.upgrade(config, "head")


def at_head(tx: Connection) -> bool:
    """Whether the database has the tables of this version."""
    known = ScriptDirectory.from_config(_config()).get_heads()
    return set(MigrationContext.configure(tx).get_current_heads()) == set(known)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config
