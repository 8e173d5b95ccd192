"""Signing in while the owner locks the account."""

import pytest

from domain.roles import Role
from services import signing_in
from services.context import Context
from services.errors import NotAllowed
from services.passwords import hash_password
from store import logins, sessions

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_who_is_locked_while_signing_in_gets_no_session(here: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock that came between the password and the session holds."""
    now = await here.clock.now()
    await here.db.write(logins.add_login, "demo", "ann", [Role.AGENT], await hash_password("a-good-password"), now)
    assert (await signing_in.sign_in(here, "ann", "a-good-password")).principal.account == "ann"
    monkeypatch.setattr(sessions, "find_session", lambda *_: None)
    with pytest.raises(NotAllowed) as refused:
        await signing_in.sign_in(here, "ann", "a-good-password")
    assert refused.value.code == "account_locked"
