"""What platforms send as they send it: checked by the platform's own signature, kept, answered, and taken in.

A message is kept before the platform is answered, and taken in right after. What does not get through is tried again
here (`take_in_for_ever`); what nobody can read waits for a person.
"""

import asyncio
from datetime import datetime, timedelta

import structlog
from temporalio.service import RPCError

from connectors.connector import Connector
from connectors.registry import CONNECTORS
from connectors.translation import Answer, Credentials, Delivery, Shop, Taken, Unreadable
from domain.policy import Platform
from services.context import Context
from services.errors import ServiceError
from services.platform_steps import NotYet
from services.taking_in import leave_unreadable, take_in
from store import inbound, sources
from store.database import Database, DatabaseAway
from store.inbound import KeptMessage
from store.sources import Signer, Source

log = structlog.get_logger(__name__)

LOOK_EVERY = 1.0
"""Seconds between looks for messages that are to be tried again; a new one is tried by whoever keeps it."""
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
"""How long a message rests that did not get through: twice as long each time, up to that."""
GIVE_UP_AFTER = timedelta(days=1)
"""How long a message may wait for its order or for Temporal; then a person sees to it."""


def connector_of(source: Source) -> Connector | None:
    """Whose messages a source sends; None: it speaks as we do."""
    return CONNECTORS.get(source.connector or "")


def shop_of(source: Source) -> Shop:
    """What of the shop a translation needs to know."""
    known = source.connection or {}
    return Shop(
        platform=Platform(known.get("platform") or Platform.TAOBAO),
        categories=known.get("categories") or {},
        category=known.get("category") or "general",
        carriers=known.get("carriers") or {},
    )


async def find_sender(db: Database, connector: str, source_id: str, now: datetime) -> Signer | None:
    """The source of that connector, whichever shop's it is; None: there is none."""
    known = await db.read(sources.signer, source_id, now)
    return known if known and known.source.connector == connector else None


def against_signature(signer: Signer, delivery: Delivery, now: datetime) -> str | None:
    """What speaks against a delivery's being the platform's, by each secret that is good now; None: nothing."""
    connector, why = CONNECTORS[signer.source.connector or ""], "there is no secret"
    key = (signer.source.connection or {}).get("key") or ""
    for secret in signer.secrets:
        found = connector.against(delivery, Credentials(key, secret), now)
        if found is None:
            return None
        why = found
    return why


async def take_delivery(here: Context, source: Source, delivery: Delivery) -> Answer:
    """Keeps what a delivery holds, takes it in as far as that goes at once, and says what the platform is answered.

    Raises:
        DatabaseAway: nothing was kept; the platform is to send it again.
    """
    connector, now = CONNECTORS[source.connector or ""], await here.clock.now()
    messages = connector.messages(delivery)
    if isinstance(messages, Unreadable):
        new, ids = await here.db.write(inbound.keep_delivery, source, delivery, now), []
    else:
        new = await here.db.write(inbound.keep, source, messages, now, now + FIRST_PAUSE)
        ids = [one.id for one in messages]
    for seq in new:
        await try_message(here, seq)
    return connector.acknowledge(delivery, Taken(at=now, kept=tuple(ids)))


async def take_in_for_ever(here: Context) -> None:
    """Tries what waits until cancelled; nothing that goes wrong ends it."""
    while True:
        try:
            for seq in await here.db.read(inbound.due, await here.clock.now()):
                await try_message(here, seq)
        except DatabaseAway as away:
            log.warning("messages_wait", error=str(away))
        except Exception:
            log.exception("messages_failed")
        await asyncio.sleep(LOOK_EVERY)


async def try_message(here: Context, seq: int) -> None:
    """Takes a message in, or says when it is tried again; after a day of trying somebody is asked."""
    kept = await here.db.read(inbound.find, seq)
    source = await here.db.read(sources.find, kept.merchant, kept.source_id) if kept else None
    if kept is None or source is None:
        return
    try:
        await take_in(here, source, shop_of(source), kept)
    except NotYet as not_yet:
        await _put_off(here, source, kept, str(not_yet))
    except (RPCError, DatabaseAway) as away:
        log.warning("message_waits", message=seq, error=str(away))
        await _put_off(here, source, kept, "Temporal or the database did not answer")
    except ServiceError as error:
        log.warning("message_waits", message=seq, code=error.code)
        await _put_off(here, source, kept, error.detail)
    except Exception as fault:  # a connector's own: the same again would fail the same way
        log.exception("connector_failed", message=seq)
        await leave_unreadable(here, source, kept, f"the connector fails on it: {type(fault).__name__}")


async def _put_off(here: Context, source: Source, kept: KeptMessage, reason: str) -> None:
    now = await here.clock.now()
    if now - kept.since >= GIVE_UP_AFTER:
        await leave_unreadable(here, source, kept, reason)
        return
    pause = min(FIRST_PAUSE * 2 ** min(kept.attempts, 20), LONGEST_PAUSE)
    await here.db.write(inbound.put_off, kept, reason, now + pause)
