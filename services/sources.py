"""Sources that sign what they report (Standard Webhooks): their owner sets them up, and whoever signs is let in."""

import base64
import binascii
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from standardwebhooks import Webhook, WebhookVerificationError

from domain.lives import FACTS
from domain.roles import Role
from services.context import Context
from services.errors import NotFound, SourceThere, invalid_field
from store import sources
from store.database import Database
from store.sources import Source
from store.tokens import Principal

SENDERS: tuple[Role, ...] = tuple(sorted({role for fact in FACTS.values() for role in fact.senders}))
"""The roles that report anything."""
FORMER_FOR = timedelta(days=1)
"""How long the secret before a rotation is still good."""
PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64
"""Bytes of a secret, as Standard Webhooks has them."""


async def add_source(
    here: Context, merchant: str, name: str, roles: Sequence[Role], secret: str | None
) -> tuple[Source, str | None]:
    """Sets up a source; answers it, and its secret if that was made here.

    Raises:
        SourceThere: the shop has one of that name.
        Invalid: the secret is none.
    """
    made = None if secret else new_secret()
    now = await here.clock.now()
    source = Source(f"src_{uuid4().hex}", merchant, name, tuple(roles), now, None)
    if not await here.db.write(sources.add, source, made or _checked(secret or "")):
        raise SourceThere(f"There is a source {name} already.")
    return source, made


async def find_source(here: Context, merchant: str, source_id: str) -> Source:
    """A source of the shop. Raises NotFound."""
    found = await here.db.read(sources.find, merchant, source_id)
    if found is None:
        raise NotFound(f"There is no source {source_id}.")
    return found


async def change_roles(here: Context, source: Source, roles: Sequence[Role]) -> Source:
    """Sets what a source may report as."""
    await here.db.write(sources.set_roles, source.merchant, source.source_id, roles)
    return await find_source(here, source.merchant, source.source_id)


async def rotate_secret(here: Context, source: Source, secret: str | None) -> tuple[Source, str | None]:
    """A new secret, the given one or one made here; the one before is good for a day. Raises Invalid."""
    made = None if secret else new_secret()
    now = await here.clock.now()
    good = made or _checked(secret or "")
    await here.db.write(sources.rotate, source.merchant, source.source_id, good, now, now + FORMER_FOR)
    return await find_source(here, source.merchant, source.source_id), made


async def remove_source(here: Context, source: Source) -> None:
    """Ends a source."""
    await here.db.write(sources.remove, source.merchant, source.source_id)


async def find_signer(
    db: Database, source_id: str, headers: Mapping[str, str], body: bytes, now: datetime
) -> Principal | None:
    """Whom a signed body comes from; None where it is not signed by that source, or not within the last five minutes.

    Raises:
        DatabaseAway: nobody can say.
    """
    known = await db.read(sources.signer, source_id, now)
    if known is None or not any(_is_signed(secret, headers, body) for secret in known.secrets):
        return None
    source = known.source
    return Principal(source.merchant, f"source:{source.name}", source.roles, ())


def _is_signed(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    try:
        Webhook(secret).verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError):  # the library lets malformed ones through as ValueError
        return False
    return True


def new_secret() -> str:
    """A secret to sign with, as Standard Webhooks writes it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def _checked(secret: str) -> str:
    try:
        raw = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raw = b""
    if not SHORTEST <= len(raw) <= LONGEST:
        raise invalid_field("secret", f"must be {SHORTEST} to {LONGEST} bytes in base64, {PREFIX} before them or not")
    return secret
