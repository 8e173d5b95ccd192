"""How cases began, by their histories: when a worker had taken each up, and which attempts to write failed."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowHistory

AT_ONCE = 24
LOOK_EVERY = 0.2
PATIENCE = 300.0
"""Seconds after which a case that nobody takes up ends the run."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Of one case.

    Attributes:
        taken_up_at: when its first workflow task was done, by the machine's clock.
        failed_attempts: of its local activities so far; `by_server`: activities that went by way of the server.
    """

    taken_up_at: float
    failed_attempts: int
    by_server: int


async def beginnings(temporal: Client, case_ids: Iterable[str]) -> dict[str, Beginning]:
    """Waits until every case has been taken up. Raises TimeoutError."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(case_id: str) -> tuple[str, Beginning]:
        async with room:
            return case_id, await _beginning(temporal, case_id)

    async with asyncio.timeout(PATIENCE):
        return dict(await asyncio.gather(*(one(case_id) for case_id in case_ids)))


async def _beginning(temporal: Client, case_id: str) -> Beginning:
    while True:
        history = await temporal.get_workflow_handle(case_id).fetch_history()
        done = [event for event in history.events if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED]
        if done:
            return Beginning(
                taken_up_at=done[0].event_time.ToDatetime(UTC).timestamp(),
                failed_attempts=failed_attempts(history),
                by_server=_count(history, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED),
            )
        await asyncio.sleep(LOOK_EVERY)


def failed_attempts(history: WorkflowHistory) -> int:
    """Attempts of local activities that came to nothing, as their markers tell."""
    return sum(map(_failed, history.events))


def _failed(event: HistoryEvent) -> int:
    marker = event.marker_recorded_event_attributes
    if marker.marker_name != "core_local_activity":
        return 0
    told = json.loads(marker.details["data"].payloads[0].data)
    return int(told["attempt"]) - 1 + marker.HasField("failure")


def _count(history: WorkflowHistory, kind: EventType.ValueType) -> int:
    return sum(event.event_type == kind for event in history.events)
