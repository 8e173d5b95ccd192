"""Signing in with account and password: a session of half a day, in any of the API's processes."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from runtime.clock import SystemClock
from services import passwords
from services.context import Context
from services.errors import NotAllowed, TooManyAttempts, WrongPassword
from store import logins, sessions
from store.logins import Login
from store.tokens import Principal

SESSION = timedelta(hours=12)
"""How long a browser stays signed in: a shift, never a night."""
ATTEMPTS = 10
"""How often one may try under a name before it has to wait."""
WITHIN = timedelta(minutes=15)
"""How long tries count together."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has begun.

    Attributes:
        secret: what the browser's cookie holds; the store keeps only its hash.
    """

    secret: str
    principal: Principal
    expires_at: datetime


def session_hash(secret: str) -> str:
    """What is kept of a session's secret. It is random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def csrf_token(secret: str) -> str:
    """What a session's page has to send with whatever changes something; other sites cannot read it."""
    return hashlib.sha256(f"csrf:{secret}".encode()).hexdigest()


async def sign_in(here: Context, account: str, password: str) -> Session:
    """Begins a session. Sessions and tries go by the real clock, also on the sandbox's test clock.

    Raises:
        TooManyAttempts: under this name, whether there is such an account or not.
        WrongPassword: or no such account; which of both is not said.
        NotAllowed: the shop's owner locked the account.
    """
    now = await SystemClock().now()
    attempt, again_at = await here.db.write(sessions.count_sign_in, account, now, WITHIN)
    if attempt > ATTEMPTS:
        wait = ceil((again_at - now).total_seconds())
        raise TooManyAttempts("Too many attempts under this name. Please wait.", retry_after=wait)
    found = await here.db.read(logins.find_login, account)
    if not await passwords.fits(password, found.password_hash if found else None) or found is None:
        raise WrongPassword("This account or password is not right.")
    if found.locked:
        raise NotAllowed("This account is locked; the shop's owner can open it again.", code="account_locked")
    return await _begin(here, found, now)


async def _begin(here: Context, login: Login, now: datetime) -> Session:
    secret, expires_at = secrets.token_urlsafe(32), now + SESSION
    key = session_hash(secret)
    await here.db.write(sessions.begin_session, key, login.account, now, expires_at)
    principal = await here.db.read(sessions.find_session, key, now)
    if principal is None:
        raise NotAllowed("This account was locked just now.", code="account_locked")
    return Session(secret, principal, expires_at)


async def sign_out(here: Context, secret: str) -> None:
    """Ends a session, whether it still was one or not."""
    await here.db.write(sessions.end_session, session_hash(secret))
