"""What a crash may have left: openings that no workflow answers to, and actions that were not answered."""

import asyncio
from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from api.starting import start_order
from api.steps import send_again
from runtime.clock import Clock
from store import actions, inbox, opening
from store.database import Database, DatabaseAway

log = structlog.get_logger(__name__)

EVERY = 5.0
"""Seconds between sweeps."""
LEFT = timedelta(seconds=10)
"""How old an opening or an action must be to count as left behind."""


async def sweep_for_ever(db: Database, temporal: Client, clock: Clock) -> None:
    """Sweeps until cancelled."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            await sweep(db, temporal, clock)
        except (RPCError, DatabaseAway) as away:
            log.warning("sweep_waits", error=str(away))


async def sweep(db: Database, temporal: Client, clock: Clock) -> None:
    """Starts cases still at version 0, sends pending actions again with the same id, frees facts that are parked."""
    before = await clock.now() - LEFT
    for unstarted in await opening.unstarted(db, before):
        log.info("start_again", case_id=unstarted.case_id)
        await start_order(temporal, unstarted.opening)
    for pending in await actions.pending(db, before):
        log.info("send_again", case_id=pending.asked.case_id, action=pending.asked.name)
        await send_again(db, temporal, clock, pending.asked)
    await inbox.release_missed(db)
