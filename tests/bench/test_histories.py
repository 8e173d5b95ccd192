"""What Temporal Cloud would bill for a history."""

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from bench.histories import billable_actions


def _billed(*events: HistoryEvent) -> int:
    return billable_actions(WorkflowHistory("order:demo:taobao:T1", events))


def _event(kind: str) -> HistoryEvent:
    return HistoryEvent(event_type=EventType.Value(f"EVENT_TYPE_{kind}"))


def _marker(workflow_task: int) -> HistoryEvent:
    marker = _event("MARKER_RECORDED")
    marker.marker_recorded_event_attributes.workflow_task_completed_event_id = workflow_task
    return marker


def test_what_counts_as_one_action() -> None:
    """A start, a signal, an update, a timer, an upsert and an activity count once each."""
    kinds = (
        "WORKFLOW_EXECUTION_STARTED",
        "WORKFLOW_EXECUTION_SIGNALED",
        "WORKFLOW_EXECUTION_UPDATE_ACCEPTED",
        "TIMER_STARTED",
        "UPSERT_WORKFLOW_SEARCH_ATTRIBUTES",
        "ACTIVITY_TASK_SCHEDULED",
    )
    assert _billed(*map(_event, kinds)) == len(kinds)


def test_what_is_free() -> None:
    """Workflow tasks, what became of a timer or an activity, and the end cost nothing more."""
    kinds = (
        "WORKFLOW_TASK_SCHEDULED",
        "WORKFLOW_TASK_STARTED",
        "WORKFLOW_TASK_COMPLETED",
        "TIMER_CANCELED",
        "TIMER_FIRED",
        "ACTIVITY_TASK_STARTED",
        "ACTIVITY_TASK_COMPLETED",
        "WORKFLOW_EXECUTION_UPDATE_COMPLETED",
        "WORKFLOW_EXECUTION_COMPLETED",
    )
    assert _billed(*map(_event, kinds)) == 0


def test_local_activities_of_one_task_are_one_action() -> None:
    """Two local activities in one workflow task are billed together, those of another task again."""
    assert _billed(_marker(4), _marker(4), _marker(10)) == 2


def test_retries_count_again() -> None:
    """An activity's third attempt was two retries; local activities tell theirs with the workflow task."""
    started = _event("ACTIVITY_TASK_STARTED")
    started.activity_task_started_event_attributes.attempt = 3
    task = _event("WORKFLOW_TASK_COMPLETED")
    metering = task.workflow_task_completed_event_attributes.metering_metadata
    metering.nonfirst_local_activity_execution_attempts = 1
    assert _billed(_event("ACTIVITY_TASK_SCHEDULED"), started, task) == 1 + 2 + 1
