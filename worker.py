"""Composition root of a worker process: the workflows, and the activities with what they depend on."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.records import Records
from domain.case.queues import CASES
from store.database import Database
from workflows.order import OrderCase

PASSED_THROUGH = ("domain", "pydantic", "pydantic_core", "annotated_types", "typing_inspection")
"""Modules that are the same in every workflow: pure, and slow to load anew for each."""
FINISH_WITHIN = timedelta(seconds=5)
"""How long activities may go on once the worker is told to stop."""


def case_worker(client: Client, db: Database, *, sandboxed: bool = True) -> Worker:
    """A worker for every kind of case; `sandboxed` off saves CPU and loses the check that code replays."""
    records = Records(db)
    return Worker(
        client,
        task_queue=CASES,
        workflows=[OrderCase],
        activities=[records.record_case, records.last_scan],
        graceful_shutdown_timeout=FINISH_WITHIN,
        workflow_runner=workflow_sandbox() if sandboxed else UnsandboxedWorkflowRunner(),
    )


def workflow_sandbox() -> WorkflowRunner:
    """The SDK's sandbox, with our pure modules passed through."""
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))
