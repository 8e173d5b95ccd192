"""Complaint: one complaint, from filing to its end.

Its story is the declaration in `domain/complaint/life.py`; this file only puts it on Temporal.
"""

from temporalio import workflow

from domain.case.live import LiveCase
from domain.case.record import CaseEnded
from domain.complaint.life import COMPLAINT
from domain.complaint.opening import begun
from domain.complaint.run import StartComplaint
from domain.complaint.state import ComplaintState
from workflows.case import CaseWorkflow


@workflow.defn(name="Complaint")
class Complaint(CaseWorkflow[ComplaintState]):
    """One complaint case."""

    @workflow.init
    def __init__(self, start: StartComplaint) -> None:
        if start.state is None:
            super().__init__(begun(start.opening), written=0)
        else:
            super().__init__(LiveCase(COMPLAINT, start.state), written=start.state.version)

    @workflow.run
    async def run(self, start: StartComplaint) -> CaseEnded:
        """Lives the complaint until it ends."""
        await self.live()
        if self.state.open:
            workflow.continue_as_new(StartComplaint(opening=start.opening, state=self.state))
        return CaseEnded(outcome=self.state.outcome, version=self.state.version)
