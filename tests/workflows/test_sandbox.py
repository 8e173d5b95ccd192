"""The workflow sandbox: what it lets through, and what it still refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.bridge import worker as bridge
from temporalio.bridge.proto.workflow_activation import SignalWorkflow, WorkflowActivation, WorkflowActivationJob
from temporalio.bridge.proto.workflow_commands import CompleteWorkflowExecution, WorkflowCommand
from temporalio.bridge.proto.workflow_completion import Success, WorkflowActivationCompletion
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter, PayloadCodec
from temporalio.worker import Replayer

from runtime.converter import DATA_CONVERTER
from runtime.workflow_sandbox import leave_payloads_alone
from tests.workflows.asks_the_clock import AsksTheClock
from tests.workflows.released import HISTORIES
from worker import workflow_sandbox
from workflows.order import OrderCase

PLAIN = HISTORIES / "plain.json"
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


async def test_no_payload_of_ours_is_walked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain order's history replays although every walk would fail."""
    monkeypatch.setattr(bridge, "decode_activation", bridge.decode_activation)  # to be put back
    monkeypatch.setattr(bridge, "encode_completion", bridge.encode_completion)
    leave_payloads_alone()
    monkeypatch.setattr(bridge, "CommandAwarePayloadVisitor", None)
    replayer = Replayer(workflows=[OrderCase], data_converter=DATA_CONVERTER, workflow_runner=workflow_sandbox())
    await replayer.replay_workflow(WorkflowHistory.from_json("plain", PLAIN.read_text(encoding="utf-8")))


async def test_a_converter_with_a_codec_walks_to_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever shares the process with a worker of ours may have one: it decodes what came, and encodes what goes."""
    monkeypatch.setattr(bridge, "decode_activation", bridge.decode_activation)
    monkeypatch.setattr(bridge, "encode_completion", bridge.encode_completion)
    leave_payloads_alone()
    walked = DataConverter(payload_codec=Reversing())
    limits: dict[str, Any] = {"storage_concurrency_limit": 1}
    came = WorkflowActivation(
        jobs=[WorkflowActivationJob(signal_workflow=SignalWorkflow(input=[Payload(data=b"abc")]))]
    )
    await bridge.decode_activation(came, walked, decode_headers=False, **limits)
    assert came.jobs[0].signal_workflow.input[0].data == b"cba"
    done = CompleteWorkflowExecution(result=Payload(data=b"abc"))
    goes = WorkflowActivationCompletion(
        successful=Success(commands=[WorkflowCommand(complete_workflow_execution=done)])
    )
    await bridge.encode_completion(goes, walked, encode_headers=False, **limits)
    assert goes.successful.commands[0].complete_workflow_execution.result.data == b"cba"


class Reversing(PayloadCodec):
    """Turns bytes around."""

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [Payload(data=payload.data[::-1]) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return await self.encode(payloads)
