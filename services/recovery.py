"""Recovery: every few seconds, what a crash may have left is mended, and tasks go to people by load."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from runtime.clock import Clock
from services.errors import Unavailable
from services.sending import send_again
from services.staffing import assign_by_load
from services.starting import start_alone, start_order
from store import actions, inbox, new_orders, opening
from store.database import Database, DatabaseAway
from store.new_orders import NewOrder

log = structlog.get_logger(__name__)

EVERY = 5.0
"""Seconds between looks."""
AT_ONCE = 10
LEFT = timedelta(seconds=10)
"""How old an opening or an action must be to count as left behind."""


async def recover_for_ever(db: Database, temporal: Client, clock: Clock) -> None:
    """Recovers until cancelled; nothing that goes wrong ends it."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            await recover(db, temporal, clock)
        except DatabaseAway as away:
            log.warning("recovery_waits", error=str(away))
        except Exception:
            log.exception("recovery_failed")


async def recover(db: Database, temporal: Client, clock: Clock) -> None:
    """Frees facts that are parked, starts orders for which something is due, sends pending actions again by their ids.

    A crash leaves those: openings that no workflow answers to, and actions that nobody answered. Then tasks go to
    people, in shops that want it so.
    """
    now = await clock.now()
    before = now - LEFT
    await db.write(inbox.release_missed)
    orders, pending = await db.read(new_orders.overdue, before), await db.read(actions.pending, before)
    alone = await db.read(opening.unstarted_alone, before)
    room = asyncio.Semaphore(AT_ONCE)

    async def attempt(what: str, case_id: str, work: Callable[[], Awaitable[object]]) -> None:
        """One that does not get through is left to the next look, and holds up no other."""
        async with room:
            log.info(what, case_id=case_id)
            try:
                await work()
            except (RPCError, Unavailable, DatabaseAway) as away:
                log.warning("recovery_waits", case_id=case_id, error=str(away))
            except Exception:
                log.exception("recovery_failed", case_id=case_id)

    await asyncio.gather(
        *(attempt("start_again", one.case_id, partial(_start_again, db, temporal, one)) for one in orders),
        *(attempt("start_again", one.case_id, partial(start_alone, db, temporal, one)) for one in alone),
        *(
            attempt("send_again", one.request.case_id, partial(send_again, db, temporal, clock, one.request))
            for one in pending
        ),
    )
    if assigned := await assign_by_load(db, now):
        log.info("assigned", tasks=assigned)


async def _start_again(db: Database, temporal: Client, order: NewOrder) -> None:
    """Starts an order unless it runs. One that was terminated before anything happened to it is left alone."""
    if not await start_order(temporal, order.opening):
        await db.write(new_orders.remove, order.case_id)
