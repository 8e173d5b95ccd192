"""`caseline token` as a main account uses it."""

from io import StringIO

import pytest
from rich.console import Console

from commands.tokens import add_token, show_tokens
from domain.roles import Role
from store.database import Database

LONG = "warehouse-of-the-second-branch-in-shenzhen-bao-an"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_names_are_listed_whole(database: Database) -> None:
    """A name that is wider than the terminal can still be copied: `token revoke` asks for it."""
    narrow = Console(file=StringIO(), width=40)
    await add_token(database, "a-shop-with-a-long-name-too", LONG, [Role.WAREHOUSE, Role.AGENT], narrow)
    out = StringIO()
    await show_tokens(database, None, Console(file=out, width=40))
    (row,) = [line for line in out.getvalue().splitlines() if LONG in line]
    assert "a-shop-with-a-long-name-too" in row
    assert "warehouse, agent" in row
