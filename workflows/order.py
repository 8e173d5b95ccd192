"""OrderCase: one order from placing to the end of its return window.

Its story is the declaration in `domain/order/life.py`; this file only puts it on Temporal.
"""

from temporalio import workflow

from domain.case.record import CaseEnded
from domain.order.life import ORDER
from domain.order.opening import begin
from domain.order.run import StartOrder
from domain.order.state import OrderState
from workflows.case import CaseWorkflow


@workflow.defn(name="OrderCase")
class OrderCase(CaseWorkflow[OrderState]):
    """One order case."""

    @workflow.init
    def __init__(self, start: StartOrder) -> None:
        super().__init__(ORDER, start.state, lambda: begin(start.order), taken_up=start.taken_up)

    @workflow.run
    async def run(self, start: StartOrder) -> CaseEnded:
        """Lives the order until it ends."""
        return await self.run_to_end(start)
