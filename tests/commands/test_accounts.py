"""`caseline account` as who runs Caseline uses it: for the first owner of a shop, and for one who forgot."""

from io import StringIO

import pytest
from rich.console import Console

from commands.accounts import NoAccount, add_account, reset_account
from domain.roles import Role
from services.passwords import fits
from store import logins
from store.database import Database

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def console() -> tuple[Console, StringIO]:
    """A terminal, and what is shown on it."""
    out = StringIO()
    return Console(file=out, width=200), out


async def test_the_first_owner_gets_a_password(database: Database) -> None:
    """It is shown once, and only its hash is kept."""
    shown, out = console()
    await add_account(database, "demo", "boss", [Role.OWNER], shown)
    password = out.getvalue().split()[-1]
    login = await database.read(logins.find_login, "boss")
    assert login is not None
    assert password not in login.password_hash
    assert await fits(password, login.password_hash)


async def test_who_was_locked_out_is_let_in_again(database: Database) -> None:
    """By a new password; the old one opens nothing any more."""
    shown, out = console()
    await add_account(database, "demo", "boss", [Role.OWNER], shown)
    await reset_account(database, "demo", "boss", shown)
    old, new = (line.strip() for line in out.getvalue().splitlines()[1::2])
    login = await database.read(logins.find_login, "boss")
    assert login is not None
    assert await fits(new, login.password_hash)
    assert not await fits(old, login.password_hash)


@pytest.mark.parametrize(
    ("merchant", "account", "role"),
    [("a:b", "ann", Role.AGENT), ("demo", "", Role.AGENT), ("demo", "ann", Role.ERP), ("demo", "boss", Role.AGENT)],
)
async def test_what_cannot_be_is_refused(database: Database, merchant: str, account: str, role: Role) -> None:
    """Shops and names of other forms, outside systems, a name that is taken."""
    shown, _ = console()
    await add_account(database, "demo", "boss", [Role.OWNER], shown)
    with pytest.raises(NoAccount):
        await add_account(database, merchant, account, [role], shown)


async def test_nobody_is_reset(database: Database) -> None:
    """An account of another shop is none of this one's."""
    shown, _ = console()
    await add_account(database, "demo", "boss", [Role.OWNER], shown)
    with pytest.raises(NoAccount):
        await reset_account(database, "other", "boss", shown)
