"""Tokens are kept hashed and stand for an account with its roles and permissions."""

from sqlalchemy import select

from domain.roles import Role
from store import tokens
from store.database import Database
from store.tables import TOKENS
from store.tokens import Principal
from tests.store.looking import rows_of
from tests.store.scenes import HOUR, NOON


async def test_a_token_stands_for_its_account(database: Database) -> None:
    """Roles come with the token, permissions with the account that the owner granted them to."""
    token = tokens.new_token()
    await database.write(
        tokens.add, tokens.hash_token(token), "demo", "demo-agent", [Role.AGENT, Role.SUPERVISOR], NOON
    )
    found = await database.read(tokens.find, tokens.hash_token(token), NOON)
    assert found == Principal("demo", "demo-agent", (Role.AGENT, Role.SUPERVISOR), ())
    await database.write(tokens.grant, "demo", "demo-agent", ["logistics_tools"])
    await database.write(tokens.grant, "other", "demo-agent", ["everything"])
    found = await database.read(tokens.find, tokens.hash_token(token), NOON)
    assert found is not None
    assert found.permissions == ("logistics_tools",)
    await database.write(tokens.grant, "demo", "demo-agent", [])
    found = await database.read(tokens.find, tokens.hash_token(token), NOON)
    assert found is not None
    assert found.permissions == ()


async def test_an_unknown_token_stands_for_nobody(database: Database) -> None:
    """No account without the very token."""
    assert await database.read(tokens.find, tokens.hash_token("guess"), NOON) is None


async def test_a_revoked_token_stands_for_nobody_until_it_is_added_again(database: Database) -> None:
    """Revoking ends all tokens of an account, of one shop alone; adding a demo token again revives it."""
    for name, merchant in (("one", "demo"), ("two", "demo"), ("three", "other")):
        await database.write(tokens.add, tokens.hash_token(name), merchant, "agent", [Role.AGENT], NOON)
    assert await database.write(tokens.revoke, "demo", "agent", NOON + HOUR) == 2
    assert await database.write(tokens.revoke, "demo", "agent", NOON + HOUR) == 0
    assert await database.read(tokens.find, tokens.hash_token("one"), NOON) is None
    assert await database.read(tokens.find, tokens.hash_token("three"), NOON) is not None
    await database.write(tokens.add, tokens.hash_token("one"), "demo", "agent", [Role.AGENT], NOON)
    assert await database.read(tokens.find, tokens.hash_token("one"), NOON) is not None


async def test_ops_see_tokens_without_their_secret(database: Database) -> None:
    """A list names accounts, of one shop or all; nothing stored equals the token."""
    token = tokens.new_token()
    await database.write(tokens.add, tokens.hash_token(token), "demo", "agent", [Role.AGENT], NOON)
    await database.write(tokens.add, tokens.hash_token("x"), "other", "owner", [Role.OWNER], NOON)
    assert [one.account for one in await database.read(tokens.list_tokens, "demo")] == ["agent"]
    assert [one.merchant for one in await database.read(tokens.list_tokens)] == ["demo", "other"]
    for row in await database.read(rows_of, select(TOKENS)):
        assert token not in repr(row)


def test_tokens_differ_and_are_long() -> None:
    """A token cannot be guessed: 256 random bits, told apart from other secrets by its prefix."""
    made = {tokens.new_token() for _ in range(100)}
    assert len(made) == 100
    assert all(token.startswith("cl_") and len(token) >= 46 for token in made)
