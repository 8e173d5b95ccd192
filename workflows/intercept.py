"""ParcelIntercept: one parcel, from asking the carrier to its return or claim.

Its story is the declaration in `domain/intercept/life.py`; this file only puts it on Temporal.
"""

from temporalio import workflow

from domain.case.live import LiveCase
from domain.case.record import CaseEnded
from domain.intercept.life import PARCEL_INTERCEPT
from domain.intercept.opening import begun
from domain.intercept.run import StartIntercept
from domain.intercept.state import InterceptState
from workflows.case import CaseWorkflow


@workflow.defn(name="ParcelIntercept")
class ParcelIntercept(CaseWorkflow[InterceptState]):
    """One interception."""

    @workflow.init
    def __init__(self, start: StartIntercept) -> None:
        if start.state is None:
            super().__init__(begun(start.opening), written=0)
        else:
            super().__init__(LiveCase(PARCEL_INTERCEPT, start.state), written=start.state.version)

    @workflow.run
    async def run(self, start: StartIntercept) -> CaseEnded:
        """Lives the interception until it ends."""
        await self.live()
        if self.state.open:
            workflow.continue_as_new(StartIntercept(opening=start.opening, state=self.state))
        return CaseEnded(outcome=self.state.outcome, version=self.state.version)
