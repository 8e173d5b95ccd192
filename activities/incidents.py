"""Incidents: a case that would come to another story than the one that is written.

So it is under a build that reads its history otherwise. Each is an error in the log and counts; docs/ops.md says what
is then to be done.
"""

import structlog
from temporalio import workflow
from temporalio.common import MetricMeter
from temporalio.worker import (
    ExecuteWorkflowInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)

from domain.errors import HistoryStands

log = structlog.get_logger(__name__)

REPORT = "report_history_stands"


class Incidents(Interceptor):
    """Reports what the store refuses, and what a workflow finds out while it replays."""

    def __init__(self, meter: MetricMeter) -> None:
        self._counter = meter.create_counter(
            "caseline_history_stands",
            "Times that a case would have come to another story than the one that is written.",
        )
        self._counter.add(0)  # so that the first one is a rise

    def report(self, case_id: str, stands: HistoryStands) -> None:
        """Logs and counts one."""
        log.error("history_stands", case_id=case_id, why=str(stands))
        self._counter.add(1)

    def workflow_interceptor_class(self, input: WorkflowInterceptorClassInput) -> type[WorkflowInboundInterceptor]:  # noqa: A002
        """Stands before every workflow."""
        input.unsafe_extern_functions[REPORT] = self.report
        return _Watching


class _Watching(WorkflowInboundInterceptor):
    async def execute_workflow(self, input: ExecuteWorkflowInput) -> object:  # noqa: A002
        try:
            return await super().execute_workflow(input)
        except HistoryStands as stands:
            workflow.extern_functions()[REPORT](workflow.info().workflow_id, stands)
            raise
