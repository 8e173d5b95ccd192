"""What every command needs of its database."""

from runtime.errors import StartupError
from store.database import Database
from store.migrate import at_head


class NotMigrated(StartupError):
    """The database lacks the tables of this version."""

    def __init__(self) -> None:
        super().__init__("the database is not migrated; run `caseline migrate` first")


async def require_migrated(db: Database) -> None:
    """Raises NotMigrated unless the tables are this version's."""
    if not await db.read(at_head):
        raise NotMigrated
