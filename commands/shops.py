"""Whether there is a shop of a name that somebody has typed."""

from runtime.errors import StartupError
from store import accounts
from store.database import Database


class NoSuchShop(StartupError):
    """Nobody has an account or a token of the shop."""


async def require_shop(db: Database, merchant: str) -> None:
    """Raises NoSuchShop: what is done for it would be seen by nobody."""
    if not (await db.read(accounts.list_accounts, merchant, 1)).items:
        raise NoSuchShop(f"nobody has a token or an account of the shop {merchant}; is that its name?")
