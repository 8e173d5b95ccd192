"""Having a platform asked for what changed: one workflow a source, which the source's settings start and end."""

from contextlib import suppress

import structlog
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError, RPCStatusCode

from domain.case.queues import CASES
from domain.pulling import StartPulling
from store import sources
from store.database import Database, DatabaseAway
from store.sources import Source
from workflows.priorities import running_case

log = structlog.get_logger(__name__)


async def pull(client: Client, source: Source) -> None:
    """Has a source pulled, or looks again at how: the workflow ends by itself where it is no longer to be.

    Raises:
        RPCError: Temporal is away; the next process that starts has it pulled.
    """
    await client.start_workflow(
        "PullSource",
        StartPulling(source_id=source.source_id, since=source.created_at),
        id=f"pull:{source.merchant}:{source.source_id}",
        task_queue=CASES,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        static_summary=f"{source.connector} {source.name}",
        priority=running_case(source.merchant),
        start_signal="wanted",
    )


async def want(client: Client, source: Source) -> None:
    """Says that something of a source is to be asked for; where that is not heard, its next look finds it."""
    try:
        await client.get_workflow_handle(f"pull:{source.merchant}:{source.source_id}").signal("wanted")
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            log.warning("enquiry_waits", source=source.source_id, error=error.message)


async def pull_all(db: Database, client: Client) -> None:
    """Has every source pulled that is to be, as when a process starts."""
    with suppress(RPCError, DatabaseAway):
        for source in await db.read(sources.pulled):
            await pull(client, source)
