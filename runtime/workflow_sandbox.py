"""The SDK's workflow sandbox without the question that it asks of every payload and that nothing of ours answers.

The SDK asks an instance for each payload what context its converter should know, inside the sandbox: a fifth of a
worker's CPU. The pydantic converter knows no context, so the answer never matters.
"""

from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner


class ContextFreeSandbox(SandboxedWorkflowRunner):
    """For a data converter that takes no serialization context."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """An instance of the SDK's, which answers without entering the sandbox that there is no context."""
        instance = super().create_instance(det)
        instance.get_serialization_context = _no_context  # type: ignore[method-assign]
        return instance


def _no_context(command_info: object) -> None:
    return None
