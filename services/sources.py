"""Sources that sign what they report: their owner sets them up, and whoever signs is let in.

They sign by Standard Webhooks; a platform's own messages (`services/inbound.py`) by its own ways.
"""

import base64
import binascii
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import uuid4

import structlog
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from standardwebhooks import Webhook, WebhookVerificationError
from temporalio.service import RPCError

from connectors.connector import Connector
from connectors.registry import CONNECTORS
from domain.case.ids import Carrier
from domain.lives import FACTS
from domain.policy import Platform
from domain.roles import Role
from services import pulling
from services.context import Context
from services.errors import NotFound, SourceThere, invalid_field
from store import sources
from store.database import Database
from store.sources import Source
from store.tokens import Principal

log = structlog.get_logger(__name__)

SENDERS: tuple[Role, ...] = tuple(sorted({role for fact in FACTS.values() for role in fact.senders}))
"""The roles that report anything."""
FORMER_FOR = timedelta(days=1)
"""How long the secret before a rotation is still good."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=64)]
PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64
"""Bytes of a secret, as Standard Webhooks has them."""


class Connection(BaseModel):
    """What is needed to read a platform's own messages.

    Attributes:
        key: the platform's name for the application, where its signature needs that.
        platform: the marketplace of the orders, where the platform has several; else its own.
        categories: the platform's category id to ours; what is not in it is of `category`.
        carriers: the platform's number of a carrier to ours, where it has numbers and no names.
        pull: whether the platform is asked for what changed, every `pull_every` seconds, beside its pushes; a tracking
            service, to watch what parcels were announced since.
        callback: under which address from outside a tracking service reaches this source.
        session: what the platform gave the application for the shop; never shown again.
        account: the platform's number of the shop or customer, where its calls name that.
    """

    model_config = ConfigDict(extra="forbid")

    key: Annotated[str, StringConstraints(max_length=200)] = ""
    platform: Platform | None = None
    category: Name = "general"
    categories: dict[Name, Name] = {}
    carriers: dict[Name, Carrier] = {}
    pull: bool = False
    pull_every: Annotated[int, Field(ge=60, le=86_400)] = 600
    callback: Annotated[str, StringConstraints(max_length=500)] = ""
    session: Annotated[str, StringConstraints(max_length=500)] = ""
    account: Annotated[str, StringConstraints(max_length=100)] = ""


async def add_source(
    here: Context, merchant: str, name: str, roles: Sequence[Role], secret: str | None
) -> tuple[Source, str | None]:
    """Sets up a source that speaks as we do; answers it, and its secret if that was made here.

    Raises:
        SourceThere: the shop has one of that name.
        Invalid: the secret is none.
    """
    made = None if secret else new_secret()
    source = Source(f"src_{uuid4().hex}", merchant, name, tuple(roles), await here.clock.now(), None)
    return await _add(here, source, made or _checked(secret or "")), made


async def add_platform(
    here: Context, merchant: str, name: str, connector: Connector, connection: Connection, secret: str | None
) -> tuple[Source, str | None]:
    """Sets up a source of a platform's own messages; answers it, and its secret if that was made here.

    Raises:
        SourceThere: the shop has one of that name.
    """
    made = None if secret else secrets.token_hex(16)
    source = Source(
        source_id=f"src_{uuid4().hex}",
        merchant=merchant,
        name=name,
        roles=connector.speaks_as,
        created_at=await here.clock.now(),
        rotated_at=None,
        connector=connector.name,
        connection=_kept(connector, connection),
    )
    added = await _add(here, source, made or secret or "", connection.session)
    await _pull(here, added)
    return added, made


async def _pull(here: Context, source: Source) -> None:
    """Has the platform asked for what changed, or looked at how that is to be."""
    try:
        if (source.connection or {}).get("pull"):
            await pulling.pull(here.temporal, source)
        else:
            await pulling.want(here.temporal, source)
    except RPCError as away:
        log.warning("pull_waits", source=source.source_id, error=away.message)


async def _add(here: Context, source: Source, secret: str, session: str = "") -> Source:
    if not await here.db.write(sources.add, source, secret, session):
        raise SourceThere(f"There is a source {source.name} already.")
    return source


def _kept(connector: Connector, connection: Connection) -> dict[str, Any]:
    """A connection as it is kept: with the marketplace that the platform is, where it was not named."""
    own = connector.name if connector.name in set(Platform) else None
    return connection.model_dump(mode="json", exclude={"session"}) | {"platform": connection.platform or own}


async def change_connection(here: Context, source: Source, connection: Connection) -> Source:
    """Sets what is needed to read a source's messages. Raises NotFound: it has none of a platform's own."""
    connector = CONNECTORS.get(source.connector or "")
    if connector is None:
        raise NotFound(f"Source {source.name} sends no platform's messages.")
    kept = _kept(connector, connection)
    await here.db.write(sources.connect, source.merchant, source.source_id, kept, connection.session)
    changed = await find_source(here, source.merchant, source.source_id)
    await _pull(here, changed)
    return changed


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
    ours = source.connector is None
    made = None if secret else new_secret() if ours else secrets.token_hex(16)
    now = await here.clock.now()
    good = made or (_checked(secret or "") if ours else secret or "")
    await here.db.write(sources.rotate, source.merchant, source.source_id, good, now, now + FORMER_FOR)
    return await find_source(here, source.merchant, source.source_id), made


async def remove_source(here: Context, source: Source) -> None:
    """Ends a source."""
    await here.db.write(sources.remove, source.merchant, source.source_id)
    if source.connector:
        await pulling.want(here.temporal, source)


async def find_signer(
    db: Database, source_id: str, headers: Mapping[str, str], body: bytes, now: datetime
) -> Principal | None:
    """Whom a signed body comes from; None where it is not signed by that source, or not within the last five minutes.

    Raises:
        DatabaseAway: nobody can say.
    """
    known = await db.read(sources.signer, source_id, now)
    if (
        known is None
        or known.source.connector
        or not any(_is_signed(secret, headers, body) for secret in known.secrets)
    ):
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
        raise invalid_field(
            "secret",
            f"must be {SHORTEST} to {LONGEST} bytes in base64, {PREFIX} before them or not",
            f"须为 {SHORTEST} 到 {LONGEST} 字节的 base64，可以带前缀 {PREFIX}",
        )
    return secret
