"""OrderCase: one order from placing to the end of its return window.

Its story is the declaration in `domain/order/life.py`; this file only puts it on Temporal.
"""

from temporalio import workflow

from domain.case.live import LiveCase
from domain.case.record import CaseEnded
from domain.order.life import ORDER
from domain.order.opening import begun
from domain.order.run import StartOrder
from domain.order.state import OrderState
from workflows.case import CaseWorkflow


@workflow.defn(name="OrderCase")
class OrderCase(CaseWorkflow[OrderState]):
    """One order case."""

    @workflow.init
    def __init__(self, start: StartOrder) -> None:
        if start.state is None:
            super().__init__(begun(start.order), written=0)
        else:
            super().__init__(LiveCase(ORDER, start.state), written=start.state.version)

    @workflow.run
    async def run(self, start: StartOrder) -> CaseEnded:
        """Lives the order until it ends."""
        await self.live()
        if self.state.open:
            workflow.continue_as_new(StartOrder(order=start.order, state=self.state))
        return CaseEnded(outcome=self.state.outcome, version=self.state.version)
