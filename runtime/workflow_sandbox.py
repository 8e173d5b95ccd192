"""The SDK's workflow sandbox, and what surrounds it, without work of which nothing comes here.

Around each activation of a workflow the SDK walks to all payloads six times, for a codec and for a store outside of
Temporal, and asks the sandbox about each; and what it has the sandbox do, it compiles anew each time. That was more
than a third of a worker's CPU. Our converter has neither codec nor store, so that a walk changes nothing.
"""

from collections.abc import Callable, Coroutine
from functools import cache
from typing import Any, TypeAlias

from temporalio.bridge import worker as bridge
from temporalio.converter import DataConverter
from temporalio.converter._extstore import StorageOperationMetrics
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

Walk: TypeAlias = Callable[..., Coroutine[Any, Any, StorageOperationMetrics]]


class QuickSandbox(SandboxedWorkflowRunner):
    """The SDK's sandbox; what it runs is compiled once."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """An instance of the SDK's."""
        instance: Any = super().create_instance(det)
        run = instance._run_code
        instance._run_code = lambda code, **names: run(_compiled(code), **names)
        made: WorkflowInstance = instance
        return made


def leave_payloads_alone() -> None:
    """From here on no payload of this process is walked to whose converter does nothing to it there."""
    bridge.decode_activation = _where_needed(_DECODE)
    bridge.encode_completion = _where_needed(_ENCODE)


def _where_needed(walk: Walk) -> Walk:
    async def walk_or_not(message: Any, converter: DataConverter, **options: Any) -> StorageOperationMetrics:
        if converter.payload_codec is None and converter.external_storage is None:
            return StorageOperationMetrics()
        return await walk(message, converter, **options)

    return walk_or_not


_DECODE: Walk = bridge.decode_activation
_ENCODE: Walk = bridge.encode_completion


@cache
def _compiled(code: str) -> Any:
    return compile(code, "<workflow sandbox>", "exec")
