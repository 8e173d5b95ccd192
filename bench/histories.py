"""What a case left in Temporal: events of its history, and what Temporal Cloud would bill for them."""

from dataclasses import dataclass

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHistory

ONE_ACTION_EACH = frozenset(
    {
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
        EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
        EventType.EVENT_TYPE_TIMER_STARTED,
        EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
        EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
        EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
    }
)
"""Events that stand for one billable action; docs/benchmark.md gives the rule and its source."""


@dataclass(frozen=True, slots=True)
class Left:
    """What one closed case left behind."""

    events: int
    actions: int


async def left_by(temporal: Client, workflow_id: str) -> Left:
    """Waits until the case is closed and counts. Raises WorkflowFailureError if it did not end well."""
    case = temporal.get_workflow_handle(workflow_id)
    await case.result()
    history = await case.fetch_history()
    return Left(events=len(history.events), actions=billable_actions(history))


def billable_actions(history: WorkflowHistory) -> int:
    """Temporal Cloud's billable actions that a history shows.

    The markers of one workflow task count as one action, however many local activities it ran; a retried activity
    counts again, as do local activities that were tried again within a task.
    """
    single = sum(event.event_type in ONE_ACTION_EACH for event in history.events)
    markers = {
        event.marker_recorded_event_attributes.workflow_task_completed_event_id
        for event in history.events
        if event.event_type == EventType.EVENT_TYPE_MARKER_RECORDED
    }
    retried = sum(
        max(event.activity_task_started_event_attributes.attempt - 1, 0)
        + event.workflow_task_completed_event_attributes.metering_metadata.nonfirst_local_activity_execution_attempts
        for event in history.events
    )
    return single + len(markers) + retried
