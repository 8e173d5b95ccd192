"""`caseline account`: who signs in to the desk."""

from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import TypeAdapter, ValidationError
from rich.console import Console

from domain.case.ids import ShopName
from domain.roles import SHOP_STAFF, Role
from domain.shop.staff import Account as AccountName
from runtime.errors import StartupError
from services.passwords import hash_password, new_password
from store import logins
from store.database import Database


class NoAccount(StartupError):
    """The account cannot be made, or there is none."""


async def add_account(db: Database, merchant: str, account: str, roles: Sequence[Role], console: Console) -> None:
    """Makes an account that signs in. Raises NoAccount."""
    try:
        TypeAdapter(ShopName).validate_python(merchant)
        TypeAdapter(AccountName).validate_python(account)
    except ValidationError as error:
        raise NoAccount(f"{merchant}, {account}: {error.errors()[0]['msg']}") from None
    if others := [role for role in roles if role not in SHOP_STAFF]:
        raise NoAccount(f"role: only a shop's staff signs in, not {', '.join(others)}")
    password = new_password()
    kept = await hash_password(password)
    if not await db.write(logins.add_login, merchant, account, roles, kept, datetime.now(UTC)):
        raise NoAccount(f"account: the name {account} is taken")
    _show(console, account, password)


async def reset_account(db: Database, merchant: str, account: str, console: Console) -> None:
    """Gives an account a new password and lets it in again. Raises NoAccount."""
    password = new_password()
    if not await db.write(logins.set_password, merchant, account, await hash_password(password)):
        raise NoAccount(f"account: nobody of {merchant} signs in as {account}")
    await db.write(logins.set_locked, merchant, account, None)
    _show(console, account, password)


def _show(console: Console, account: str, password: str) -> None:
    console.print(f"Password of {account}. It is shown this once:", highlight=False, soft_wrap=True)
    console.print(password, highlight=False)
