"""OrderCase: one order from placing to the end of its return window.

Its story is the declaration in `domain/order/life.py`; this file only puts it on Temporal.
"""

from pydantic import BaseModel
from temporalio import workflow

from domain.case.live import LiveCase
from domain.order.life import ORDER
from domain.order.opening import OpenedOrder, begun
from domain.order.state import OrderState
from workflows.case import CaseWorkflow


class StartOrder(BaseModel):
    """What an order's workflow starts from; `state` is there when it goes on from a run before."""

    order: OpenedOrder
    state: OrderState | None = None


class OrderEnded(BaseModel):
    """How an order ended."""

    outcome: str | None
    version: int


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
    async def run(self, start: StartOrder) -> OrderEnded:
        """Lives the order until it ends."""
        await self.live()
        if self.state.open:
            workflow.continue_as_new(StartOrder(order=start.order, state=self.state))
        return OrderEnded(outcome=self.state.outcome, version=self.state.version)
