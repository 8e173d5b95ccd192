"""Sessions end by themselves, and tries to sign in are counted for a while."""

from datetime import timedelta

from domain.roles import Role
from store import accounts, logins, sessions
from store.database import Database
from store.tokens import Principal
from tests.store.scenes import HOUR, NOON

WITHIN = timedelta(minutes=15)


async def test_a_session_is_over_at_its_time(database: Database) -> None:
    """Until then it stands for its account, with its shop and roles."""
    await database.write(logins.put_login, "demo", "mei", [Role.AGENT], "hash", NOON)
    await database.write(sessions.begin_session, "key", "mei", NOON, NOON + HOUR)
    assert await database.read(sessions.find_session, "key", NOON) == Principal("demo", "mei", (Role.AGENT,), ())
    assert await database.read(sessions.find_session, "key", NOON + HOUR) is None
    assert await database.read(sessions.find_session, "other", NOON) is None


async def test_tries_are_counted_from_the_first(database: Database) -> None:
    """Under each name for itself; after a while counting begins anew, and with a session too."""
    for number in (1, 2, 3):
        assert await database.write(sessions.count_sign_in, "mei", NOON, WITHIN) == (number, NOON + WITHIN)
    assert await database.write(sessions.count_sign_in, "li", NOON, WITHIN) == (1, NOON + WITHIN)
    later = NOON + WITHIN
    assert await database.write(sessions.count_sign_in, "mei", later, WITHIN) == (1, later + WITHIN)
    await database.write(sessions.begin_session, "key", "mei", later, later + HOUR)
    assert await database.write(sessions.count_sign_in, "mei", later, WITHIN) == (1, later + WITHIN)


async def test_who_is_locked_out_cannot_act(database: Database) -> None:
    """Neither in a session that was there, nor as somebody to give a task to."""
    await database.write(logins.put_login, "demo", "mei", [Role.AGENT], "hash", NOON)
    await database.write(sessions.begin_session, "key", "mei", NOON, NOON + HOUR)
    assert [one.account for one in await database.read(accounts.list_staff, "demo")] == ["mei"]
    assert await database.write(logins.set_locked, "demo", "mei", NOON)
    assert await database.read(sessions.find_session, "key", NOON) is None
    assert await database.read(accounts.list_staff, "demo") == []
    assert not await database.write(logins.set_locked, "other", "mei", None)


async def test_a_name_is_one_shops(database: Database) -> None:
    """People sign in with it alone."""
    assert await database.write(logins.add_login, "demo", "mei", [Role.AGENT], "hash", NOON)
    assert not await database.write(logins.add_login, "other", "mei", [Role.OWNER], "hash", NOON)
    found = await database.read(logins.find_login, "mei")
    assert found is not None
    assert found.merchant == "demo"
