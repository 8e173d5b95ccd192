"""What has to be so before a process serves cases: the tables, and the editions that cases use."""

from commands.database import require_migrated
from domain.own_editions import register_own
from domain.policy import policies
from runtime.errors import StartupError
from runtime.settings import Settings
from store.database import Database
from store.editions import ChangedValue, compare_editions

NAMED = 3
"""How many changed values one line names."""


class NotReady(StartupError):
    """The policy editions are not as the cases need them."""


async def check_ready(db: Database, settings: Settings) -> None:
    """Raises NotMigrated, or NotReady when a value of an edition that cases use has changed."""
    if settings.policies_dir:
        register_own(settings.policies_dir)
    await require_migrated(db)
    if changed := await db.write(compare_editions, policies()):
        more = f" and {len(changed) - NAMED} more" if len(changed) > NAMED else ""
        named = "; ".join(map(_told, changed[:NAMED]))
        raise NotReady(f"cases use {named}{more}. A changed value needs a new edition, with an id of its own")


def _told(value: ChangedValue) -> str:
    now = f"is {value.now} now" if value.now is not None else "is not there any more"
    return f"{value.policy} with {value.path} = {value.was}, which {now}"
