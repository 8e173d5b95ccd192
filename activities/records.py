"""The read model, as workflows write it."""

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.incidents import Incidents
from domain.case.declare import LastScan
from domain.case.errand import EndReservation, StockChange
from domain.case.record import (
    AskLastScan,
    MemoToStamp,
    MemoToWrite,
    MessagesToSeeTo,
    RecordCase,
    TakenUp,
    TakeUp,
)
from domain.errors import HistoryStands
from domain.privacy import KeptText
from domain.shop.stock import Reservation
from store import ended, holds, inbound, memos, parcels, parked, records, stock
from store.database import Database
from workflows.failures import HISTORY_STANDS


class Records:
    """Activities on the store."""

    def __init__(self, db: Database, incidents: Incidents) -> None:
        self.db, self.incidents = db, incidents

    @activity.defn(name="record_case")
    async def record_case(self, write: RecordCase) -> str:
        """Writes the read model from one version to the next; a version lower than the stored one is dropped.

        Answers the write's mark, which so stands in the history. A write that would replace another story raises an
        incident; the workflow task fails by it and leaves nothing in the history, and a call that cannot do that is
        tried again for as long as it takes somebody to look.
        """
        try:
            await self.db.write(records.record_case, write)
        except HistoryStands as stands:
            self.incidents.report(write.case_id, stands)
            raise ApplicationError(str(stands), type=HISTORY_STANDS, non_retryable=activity.info().is_local) from stands
        for naming in parked.naming(write):
            await self.db.write(parked.take_up, naming)
        return write.mark

    @activity.defn(name="take_up")
    async def take_up(self, request: TakeUp) -> TakenUp:
        """How a case stands that is taken up again after its end; from here on its workflow alone writes it."""
        return await self.db.write(ended.take_up, request.case_id)

    @activity.defn(name="end_reservation")
    async def end_reservation(self, request: EndReservation) -> None:
        """Releases reserved units, or takes those that leave out of stock; a repeat changes nothing."""
        if request.change is StockChange.RELEASE:
            await self.db.write(stock.release, request.reservation_id)
        else:
            await self.db.write(stock.consume, request.reservation_id, request.quantity)

    @activity.defn(name="take_stock")
    async def take_stock(self, request: Reservation) -> None:
        """Takes units that left out of stock, once for each id (S3-13)."""
        await self.db.write(stock.take, request)

    @activity.defn(name="stamp_memo")
    async def stamp_memo(self, request: MemoToStamp) -> None:
        """Puts the shop's own hold memo on an order, or says there that the hold is released (S0-08, S0-15, S0-27)."""
        await self.db.write(holds.stamp_memo, request)

    @activity.defn(name="write_memo")
    async def write_memo(self, request: MemoToWrite) -> None:
        """Puts a memo on an order, once for each memo id (S2-33)."""
        kept = KeptText(request.memo_id, "memo", request.text, 0)
        await self.db.write(
            memos.keep, [memos.memo_of(kept, request.case_id, request.merchant, request.by, request.at)]
        )

    @activity.defn(name="see_to_messages")
    async def see_to_messages(self, request: MessagesToSeeTo) -> None:
        """Has a platform's messages tried again, or sets them aside for good; a repeat changes nothing."""
        await self.db.write(inbound.see_to, request)

    @activity.defn(name="last_scan")
    async def last_scan(self, request: AskLastScan) -> LastScan | None:
        """The newest scan of a parcel; with none after `known`, the next scan of any kind will wake the case."""
        return await self.db.write(
            parcels.last_scan, request.case_id, request.carrier, request.tracking_no, request.known
        )
