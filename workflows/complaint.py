"""Complaint: one complaint, from filing to its end.

Its story is the declaration in `domain/complaint/life.py`; this file only puts it on Temporal.
"""

from temporalio import workflow

from domain.case.record import CaseEnded
from domain.complaint.life import COMPLAINT
from domain.complaint.opening import StartComplaint, begin
from domain.complaint.state import ComplaintState
from workflows.case import CaseWorkflow


@workflow.defn(name="Complaint")
class Complaint(CaseWorkflow[ComplaintState]):
    """One complaint case."""

    @workflow.init
    def __init__(self, start: StartComplaint) -> None:
        super().__init__(COMPLAINT, start.state, lambda: begin(start.opening), taken_up=start.taken_up)

    @workflow.run
    async def run(self, start: StartComplaint) -> CaseEnded:
        """Lives the complaint until it ends."""
        return await self.run_to_end(start)
