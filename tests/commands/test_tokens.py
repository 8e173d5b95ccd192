"""`caseline token` as a main account uses it."""

from datetime import timedelta
from io import StringIO

import pytest
from rich.console import Console

from commands.tokens import NewToken, NoToken, add_token, revoke_token, show_tokens
from domain.roles import Role
from store import tokens
from store.database import Database

LONG = "warehouse-of-the-second-branch-in-shenzhen-bao-an"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_names_are_listed_whole(database: Database) -> None:
    """A name that is wider than the terminal can still be copied: `token revoke` asks for it."""
    narrow = Console(file=StringIO(), width=40)
    await add_token(database, NewToken("a-shop-with-a-long-name-too", LONG, [Role.WAREHOUSE, Role.AGENT]), narrow)
    out = StringIO()
    await show_tokens(database, None, Console(file=out, width=40))
    (row,) = [line for line in out.getvalue().splitlines() if LONG in line]
    assert "a-shop-with-a-long-name-too" in row
    assert "warehouse, agent" in row


@pytest.mark.parametrize(
    "new",
    [
        NewToken("a:b", "ann", [Role.AGENT]),
        NewToken("店铺", "ann", [Role.AGENT]),
        NewToken("", "ann", [Role.AGENT]),
        NewToken("demo", "", [Role.AGENT]),
        NewToken("demo", "a\x00b", [Role.AGENT]),
        NewToken("demo", "\udcff", [Role.AGENT]),
        NewToken("demo", "ann", [Role.AGENT, Role.SYSTEM]),
        NewToken("demo", "ann", [Role.AGENT, Role.BUYER], buyer="b-77"),
        NewToken("demo", "ann", [Role.BUYER], buyer=""),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_token_that_cannot_be_is_not_made(database: Database, new: NewToken) -> None:
    """A shop's name is part of ids, an account is a name, and nobody is Caseline itself."""
    with pytest.raises(NoToken):
        await add_token(database, new, Console(file=StringIO()))
    assert await database.read(tokens.list_tokens) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_single_token_is_revoked_by_the_hash_that_is_listed(database: Database) -> None:
    """The others of its account stay good; whom a buyer's token reaches is said when it is made."""
    said = StringIO()
    await add_token(database, NewToken("demo", "shop-app", [Role.BUYER]), Console(file=said))
    await add_token(database, NewToken("demo", "shop-app", [Role.BUYER], "b-77", timedelta(days=1)), Console(file=said))
    assert said.getvalue().count("EVERY buyer") == 1
    out = StringIO()
    await show_tokens(database, "demo", Console(file=out, width=40))
    (bound,) = [one for one in await database.read(tokens.list_tokens) if one.buyer == "b-77"]
    assert bound.token_hash in out.getvalue()
    assert [await revoke_token(database, bound.token_hash) for _ in range(2)] == [1, 0]
    assert [one.buyer for one in await database.read(tokens.list_tokens) if not one.revoked_at] == [None]
