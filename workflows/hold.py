"""ShipHold: goods that are not to leave, from asking to their release or refund.

Its story is the declaration in `domain/hold/life.py`; this file only puts it on Temporal.
"""

from temporalio import workflow

from domain.case.record import CaseEnded
from domain.hold.life import SHIP_HOLD
from domain.hold.opening import StartHold, begin
from domain.hold.state import HoldState
from workflows.case import CaseWorkflow


@workflow.defn(name="ShipHold")
class ShipHold(CaseWorkflow[HoldState]):
    """One ship hold."""

    @workflow.init
    def __init__(self, start: StartHold) -> None:
        super().__init__(SHIP_HOLD, start.state, lambda: begin(start.opening), taken_up=start.taken_up)

    @workflow.run
    async def run(self, start: StartHold) -> CaseEnded:
        """Lives the hold until it ends."""
        return await self.run_to_end(start)
