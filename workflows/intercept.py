"""ParcelIntercept: one parcel, from asking the carrier to its return or claim.

Its story is the declaration in `domain/intercept/life.py`; this file only puts it on Temporal.
"""

from temporalio import workflow

from domain.case.record import CaseEnded
from domain.intercept.life import PARCEL_INTERCEPT
from domain.intercept.opening import StartIntercept, begin
from domain.intercept.state import InterceptState
from workflows.case import CaseWorkflow


@workflow.defn(name="ParcelIntercept")
class ParcelIntercept(CaseWorkflow[InterceptState]):
    """One interception."""

    @workflow.init
    def __init__(self, start: StartIntercept) -> None:
        super().__init__(PARCEL_INTERCEPT, start.state, lambda: begin(start.opening), taken_up=start.taken_up)

    @workflow.run
    async def run(self, start: StartIntercept) -> CaseEnded:
        """Lives the interception until it ends."""
        return await self.run_to_end(start)
