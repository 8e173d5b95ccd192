"""The SDK's workflow sandbox without the questions that it asks of every payload and that nothing of ours answers.

For each payload the SDK asks an instance, inside the sandbox, what context its converter should know and where a large
payload would be stored outside of Temporal: a quarter of a worker's CPU. Our converter knows no context, and no payload
is stored elsewhere, so the answers never matter.
"""

from temporalio.converter import StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

NOWHERE = StorageDriverStoreContext(target=None)


class ContextFreeSandbox(SandboxedWorkflowRunner):
    """For a data converter that takes no serialization context and stores nothing outside of Temporal."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """An instance of the SDK's, which answers both without entering the sandbox."""
        instance = super().create_instance(det)
        instance.get_serialization_context = _no_context  # type: ignore[method-assign]
        instance.get_external_store_context = _nowhere  # type: ignore[method-assign]
        return instance


def _no_context(command_info: object) -> None:
    return None


def _nowhere(command_info: object) -> StorageDriverStoreContext:
    return NOWHERE
