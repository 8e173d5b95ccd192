"""Telling a case a fact, whether it runs or has ended: what counts takes an ended one up again."""

from datetime import datetime

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.case.fact import Fact
from services.starting import take_up_for_fact
from store.database import Database
from store.ended import AfterEnd, ended_case, note_after_end

TRIES = 3
"""A case may be taken up again, or end, between two looks at it."""


async def tell(db: Database, temporal: Client, case_id: str, fact: Fact, now: datetime) -> bool:
    """Brings a fact to its case, which drops one that it has seen.

    The workflow is asked first: one whose row says that it has ended may still run its last errands.

    Returns:
        Whether it is there; False if the case is open, or unknown, and no workflow of it takes facts in.
    """
    for _ in range(TRIES):
        if await signal(temporal, case_id, fact):
            return True
        after_end = await db.write(note_after_end, case_id, fact, now)
        if after_end is AfterEnd.NOTED:
            return True
        if after_end is AfterEnd.COUNTS and (case := await db.read(ended_case, case_id)):
            await take_up_for_fact(temporal, case, fact)
            return True
    return False


async def signal(temporal: Client, case_id: str, fact: Fact) -> bool:
    """Signals a fact to the workflow of a case; False if none runs."""
    try:
        await temporal.get_workflow_handle(case_id).signal(fact.type, fact)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    return True
