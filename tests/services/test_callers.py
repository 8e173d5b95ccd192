"""Who is calling: good tokens are kept for a second, and only they."""

import time

import pytest

from domain.roles import Role
from services import callers
from services.callers import Callers
from store import tokens
from store.database import Database
from tests.store.scenes import NOON, statements

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def _add(db: Database, token: str) -> None:
    await db.write(tokens.add, tokens.hash_token(token), "demo", "ann", [Role.AGENT], NOON)


async def test_a_good_token_is_looked_up_once(database: Database) -> None:
    """Within a second it stands for the same account without a look into the database."""
    await _add(database, "good")
    known = Callers(database)
    found = await known.find("good")
    assert found
    assert found.account == "ann"
    with statements(database) as sent:
        assert await known.find("good") == found
    assert sent == []


async def test_a_new_token_is_good_at_once(database: Database) -> None:
    """That nobody knew it a moment ago is not kept."""
    known = Callers(database)
    assert await known.find("new") is None
    await _add(database, "new")
    assert await known.find("new")


async def test_a_revoked_token_ends_with_what_was_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Revoked elsewhere it is good for a second at most; what this process grants counts at once."""
    await _add(database, "good")
    known = Callers(database)
    assert await known.find("good")
    await database.write(tokens.grant, "demo", "ann", ["refund"])
    known.forget()
    assert (await known.find("good")).permissions == ("refund",)  # type: ignore[union-attr]
    await database.write(tokens.revoke, "demo", "ann", NOON)
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + callers.KEPT)
    assert await known.find("good") is None
