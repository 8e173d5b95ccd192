"""AfterSaleCase: one request, from asking to its end.

Its story is the declaration in `domain/after_sale/life.py`; this file only puts it on Temporal.
"""

from temporalio import workflow

from domain.after_sale.life import AFTER_SALE
from domain.after_sale.opening import begun
from domain.after_sale.run import StartAfterSale
from domain.after_sale.state import AfterSaleState
from domain.case.live import LiveCase
from domain.case.record import CaseEnded
from workflows.case import CaseWorkflow


@workflow.defn(name="AfterSaleCase")
class AfterSaleCase(CaseWorkflow[AfterSaleState]):
    """One after-sale case."""

    @workflow.init
    def __init__(self, start: StartAfterSale) -> None:
        if start.state is None:
            super().__init__(begun(start.opening), written=0)
        else:
            super().__init__(LiveCase(AFTER_SALE, start.state), written=start.state.version)

    @workflow.run
    async def run(self, start: StartAfterSale) -> CaseEnded:
        """Lives the request until it ends."""
        await self.live()
        if self.state.open:
            workflow.continue_as_new(StartAfterSale(opening=start.opening, state=self.state))
        return CaseEnded(outcome=self.state.outcome, version=self.state.version)
