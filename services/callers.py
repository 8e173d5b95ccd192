"""Who is calling: the account behind a token."""

import time
from datetime import UTC, datetime

from store import tokens
from store.database import Database
from store.tokens import Principal

KEPT = 1.0
"""Seconds for which a good token is not looked up again: how long one may be good that was revoked elsewhere."""


class Callers:
    """Whom tokens stand for. Only good ones are kept: a new one is good at once."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._known: dict[str, tuple[float, Principal]] = {}

    async def find(self, token: str) -> Principal | None:
        """Whom a token stands for; None if it is unknown, revoked or expired."""
        token_hash, now = tokens.hash_token(token), time.monotonic()
        until, principal = self._known.get(token_hash, (0.0, None))
        if principal and now < until:
            return principal
        found = await self.db.read(tokens.find, token_hash, datetime.now(UTC))  # noqa: TID251
        self._known = {known: entry for known, entry in self._known.items() if now < entry[0]}
        if found:
            self._known[token_hash] = now + KEPT, found
        return found

    def forget(self) -> None:
        """What was granted has changed: every token is looked up again."""
        self._known.clear()
