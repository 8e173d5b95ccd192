"""Telling other cases."""

from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.case.errand import TellCase


class Cases:
    """Activities on other cases.

    A workflow could signal another by a command of its own. That costs it five events instead of one, and on the
    time-skipping server a signal to a case that has ended stops the clock for good.
    """

    def __init__(self, temporal: Client) -> None:
        self.temporal = temporal

    @activity.defn(name="tell_case")
    async def tell_case(self, request: TellCase) -> None:
        """Tells another case a fact; one that has ended needs to hear no more. A repeat changes nothing there."""
        try:
            await self.temporal.get_workflow_handle(request.case_id).signal(request.fact.type, request.fact)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            activity.logger.info("the case that was to be told has ended", extra={"told": request.case_id})
