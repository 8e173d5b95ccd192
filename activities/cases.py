"""Telling other cases."""

from temporalio import activity
from temporalio.client import Client

from domain.case.errand import TellCase
from services.telling import tell
from store.database import Database


class Cases:
    """Activities on other cases.

    A workflow could signal another by a command of its own. That costs it five events instead of one, on the
    time-skipping server a signal to a case that has ended stops the clock for good, and it takes no case up again.
    """

    def __init__(self, db: Database, temporal: Client) -> None:
        self.db, self.temporal = db, temporal

    @activity.defn(name="tell_case")
    async def tell_case(self, request: TellCase) -> None:
        """Tells another case a fact, also one that has ended. A repeat changes nothing there."""
        fact = request.fact
        if not await tell(self.db, self.temporal, request.case_id, fact, fact.at):
            activity.logger.warning("the case that was to be told does not run", extra={"told": request.case_id})
