"""ShipHold: goods that are not to leave, from asking to their release or refund.

Its story is the declaration in `domain/hold/life.py`; this file only puts it on Temporal.
"""

from temporalio import workflow

from domain.case.live import LiveCase
from domain.case.record import CaseEnded
from domain.hold.life import SHIP_HOLD
from domain.hold.opening import begun
from domain.hold.run import StartHold
from domain.hold.state import HoldState
from workflows.case import CaseWorkflow


@workflow.defn(name="ShipHold")
class ShipHold(CaseWorkflow[HoldState]):
    """One ship hold."""

    @workflow.init
    def __init__(self, start: StartHold) -> None:
        if start.state is None:
            super().__init__(begun(start.opening), written=0)
        else:
            super().__init__(LiveCase(SHIP_HOLD, start.state), written=start.state.version)

    @workflow.run
    async def run(self, start: StartHold) -> CaseEnded:
        """Lives the hold until it ends."""
        await self.live()
        if self.state.open:
            workflow.continue_as_new(StartHold(opening=start.opening, state=self.state))
        return CaseEnded(outcome=self.state.outcome, version=self.state.version)
