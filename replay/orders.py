"""What a log tells of an order, and why a row is set aside instead of being played."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.money import ZERO

TIMES = ("placed_at", "paid_at", "consigned_at", "picked_up_at", "signed_at")


class RowReason(StrEnum):
    """Why a row is set aside; each has its sentence in `SENTENCES`."""

    ROW_MALFORMED = "row_malformed"
    ORDER_ID_MISSING = "order_id_missing"
    ORDER_ID_UNUSABLE = "order_id_unusable"
    ORDER_ID_ROUNDED = "order_id_rounded"
    ORDER_REPEATED = "order_repeated"
    TIME_UNREADABLE = "time_unreadable"
    AMOUNT_UNREADABLE = "amount_unreadable"
    AMOUNT_MISSING = "amount_missing"
    FREIGHT_UNREADABLE = "freight_unreadable"
    QUANTITY_UNREADABLE = "quantity_unreadable"
    PARCEL_UNUSABLE = "parcel_unusable"
    PLACED_MISSING = "placed_missing"
    PAYMENT_MISSING = "payment_missing"
    PICK_UP_MISSING = "pick_up_missing"
    PAID_BEFORE_PLACED = "paid_before_placed"
    SHIPPED_BEFORE_PAID = "shipped_before_paid"
    PICKED_UP_BEFORE_PAID = "picked_up_before_paid"
    SIGNED_BEFORE_PICK_UP = "signed_before_pick_up"
    TIMES_TOO_FAR_APART = "times_too_far_apart"
    STATUS_CONTRADICTS = "status_contradicts"
    ROWS_DISAGREE = "rows_disagree"
    CASH_ON_DELIVERY = "cash_on_delivery"


SENTENCES: dict[RowReason, str] = {
    RowReason.ROW_MALFORMED: "The row does not have as many fields as the header.",
    RowReason.ORDER_ID_MISSING: "The row names no order.",
    RowReason.ORDER_ID_UNUSABLE: "The order id is not 1 to 64 letters, digits, dots, hyphens and underscores.",
    RowReason.ORDER_ID_ROUNDED: "The order id is a number of more than 15 digits, which a spreadsheet rounds.",
    RowReason.ORDER_REPEATED: "An earlier row has the same order id.",
    RowReason.TIME_UNREADABLE: "A time does not read in the format of the mapping, or its year is not 2000 to 2199.",
    RowReason.AMOUNT_UNREADABLE: "The amount does not read as money.",
    RowReason.AMOUNT_MISSING: "No amount is recorded, so nothing says what the order was paid.",
    RowReason.FREIGHT_UNREADABLE: "The freight does not read as money, or is more than the whole amount.",
    RowReason.QUANTITY_UNREADABLE: "The quantity is not a whole number from 1 to 100,000.",
    RowReason.PARCEL_UNUSABLE: "The carrier or the waybill number is not written as one; `[carriers]` may name it.",
    RowReason.PLACED_MISSING: "The time of the purchase is missing.",
    RowReason.PAYMENT_MISSING: "The order was shipped, but no time of payment is recorded.",
    RowReason.PICK_UP_MISSING: "The order was signed for, but no pick-up by the carrier is recorded.",
    RowReason.PAID_BEFORE_PLACED: "The payment is recorded before the purchase.",
    RowReason.SHIPPED_BEFORE_PAID: "The seller is recorded to have shipped before the payment.",
    RowReason.PICKED_UP_BEFORE_PAID: "The pick-up by the carrier is recorded before the payment.",
    RowReason.SIGNED_BEFORE_PICK_UP: "The delivery is recorded before the pick-up by the carrier.",
    RowReason.TIMES_TOO_FAR_APART: "More than a year lies between the purchase and a later time.",
    RowReason.STATUS_CONTRADICTS: "The status says something else than the times.",
    RowReason.ROWS_DISAGREE: "The rows of the order do not agree, or one of them is set aside.",
    RowReason.CASH_ON_DELIVERY: "It is paid at the door: it can be taken over, but not played.",
}


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class SetAside(_Value):
    """A row that is not played.

    Attributes:
        line: of the file, counted from 1, the header included; of a row of several lines the last.
        detail: the value at fault.
    """

    line: int
    order_id: str
    reason: RowReason
    detail: str = ""


class RecordedOrder(_Value):
    """An order as its log has it, its times with the log's zone, to the second.

    Attributes:
        amount: what was paid in all, in the log's currency; `freight` is part of it.
        consigned_at: the seller's word; None where the log has no such column or no such time.
        line_id, line_amount: of a row that is a line of its order: its name, and what was paid for it without freight.
        at_the_door: whether it is paid when it is delivered.
        rows: its lines, where it has several rows.
    """

    order_id: str
    line: int
    amount: Decimal
    placed_at: datetime
    paid_at: datetime | None = None
    consigned_at: datetime | None = None
    picked_up_at: datetime | None = None
    signed_at: datetime | None = None
    status: str = ""
    freight: Decimal = ZERO
    quantity: int = 1
    sku: str = ""
    title: str = ""
    carrier: str = "recorded"
    tracking_no: str = ""
    buyer_id: str = ""
    buyer_name: str = ""
    buyer_phone: str = ""
    buyer_address: str = ""
    buyer_region: str = ""
    line_id: str = ""
    line_amount: Decimal | None = None
    at_the_door: bool = False
    rows: tuple[RecordedOrder, ...] = ()

    @property
    def lines(self) -> tuple[RecordedOrder, ...]:
        """Its rows, or itself."""
        return self.rows or (self,)

    @property
    def goods(self) -> Decimal:
        """What was paid for a line: all but the freight, of an order that has no other."""
        return self.amount - self.freight if self.line_amount is None else self.line_amount

    @property
    def announced_at(self) -> datetime | None:
        """When the seller said that it is shipped; else the pick-up's time stands for it."""
        return self.consigned_at or self.picked_up_at

    @property
    def waybill(self) -> str:
        """The parcel's number; where the log has none, the order's stands for it."""
        return self.tracking_no or self.order_id

    def in_utc(self) -> RecordedOrder:
        """The same with its times in UTC: those of one zone would be compared by their wall clocks."""
        times = {name: time.astimezone(UTC) for name in TIMES if (time := getattr(self, name))}
        return self.model_copy(update=times | {"rows": tuple(row.in_utc() for row in self.rows)})
