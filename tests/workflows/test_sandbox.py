"""The workflow sandbox: what it lets through, and what it still refuses."""

from __future__ import annotations

from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.converter import WorkflowSerializationContext
from temporalio.worker import Replayer

from runtime.converter import DATA_CONVERTER
from tests.workflows.asks_the_clock import AsksTheClock
from worker import workflow_sandbox

QUEUE = {"name": "any"}
TIME = "2026-11-11T00:00:00Z"
FIRST_TASK: list[dict[str, Any]] = [
    {
        "eventId": "1",
        "eventTime": TIME,
        "eventType": "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED",
        "workflowExecutionStartedEventAttributes": {"workflowType": {"name": "AsksTheClock"}, "taskQueue": QUEUE},
    },
    {
        "eventId": "2",
        "eventTime": TIME,
        "eventType": "EVENT_TYPE_WORKFLOW_TASK_SCHEDULED",
        "workflowTaskScheduledEventAttributes": {"taskQueue": QUEUE},
    },
    {
        "eventId": "3",
        "eventTime": TIME,
        "eventType": "EVENT_TYPE_WORKFLOW_TASK_STARTED",
        "workflowTaskStartedEventAttributes": {"scheduledEventId": "2"},
    },
    {
        "eventId": "4",
        "eventTime": TIME,
        "eventType": "EVENT_TYPE_WORKFLOW_TASK_COMPLETED",
        "workflowTaskCompletedEventAttributes": {"scheduledEventId": "2", "startedEventId": "3"},
    },
]


async def test_a_workflow_that_asks_the_machines_clock_is_refused() -> None:
    """The sandbox is on: its task fails, and nothing of it is kept."""
    replayer = Replayer(workflows=[AsksTheClock], data_converter=DATA_CONVERTER, workflow_runner=workflow_sandbox())
    with pytest.raises(RuntimeError, match=r"Cannot access datetime\.datetime\.now"):
        await replayer.replay_workflow(WorkflowHistory.from_json("any", {"events": FIRST_TASK}))


def test_the_converter_takes_no_context_and_stores_nothing_elsewhere() -> None:
    """So it does not matter that the sandbox is not asked for either."""
    context = WorkflowSerializationContext(namespace="any", workflow_id="any")
    assert DATA_CONVERTER.with_context(context).payload_converter is DATA_CONVERTER.payload_converter
    assert DATA_CONVERTER.payload_codec is None
    assert DATA_CONVERTER.external_storage is None
