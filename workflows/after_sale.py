"""AfterSaleCase: one request, from asking to its end.

Its story is the declaration in `domain/after_sale/life.py`; this file only puts it on Temporal.
"""

from temporalio import workflow

from domain.after_sale.life import AFTER_SALE
from domain.after_sale.opening import StartAfterSale, begin
from domain.after_sale.state import AfterSaleState
from domain.case.record import CaseEnded
from workflows.case import CaseWorkflow


@workflow.defn(name="AfterSaleCase")
class AfterSaleCase(CaseWorkflow[AfterSaleState]):
    """One after-sale case."""

    @workflow.init
    def __init__(self, start: StartAfterSale) -> None:
        super().__init__(AFTER_SALE, start.state, lambda: begin(start.opening), taken_up=start.taken_up)

    @workflow.run
    async def run(self, start: StartAfterSale) -> CaseEnded:
        """Lives the request until it ends."""
        return await self.run_to_end(start)
