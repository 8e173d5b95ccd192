"""One row of an order log: read into an order, or set aside with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from domain.money import yuan
from replay.columns import ISO, Columns
from replay.orders import Reason, RecordedOrder, SetAside

ORDER_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
WHOLE_GROUPED = r"(\d{1,10}|\d{1,3}(?:,\d{3}){1,3})"
AMOUNT = re.compile(WHOLE_GROUPED + r"(\.\d+)?")

TIMES = ("placed_at", "paid_at", "consigned_at", "picked_up_at", "signed_at")


class Unplayable(Exception):
    """The row cannot be played."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def read_row(row: Mapping[str, str], line: int, shape: Columns) -> RecordedOrder | SetAside:
    """Reads a row whose fields are all there.

    Args:
        row: the fields by column.
        line: of the file.
        shape: which column is which.
    """
    names = shape.columns.named()
    fields = {field: row[name].strip() for field, name in names.items()}
    order_id = fields["order_id"]
    try:
        _check_order_id(order_id)
        order = RecordedOrder(
            order_id=order_id,
            line=line,
            amount=_amount(fields["amount"], shape.decimal),
            status=fields.get("status", ""),
            buyer_id=fields.get("buyer_id", ""),
            **_times(fields, shape),
        )
        _check(order, shape)
    except Unplayable as why:
        return SetAside(line=line, order_id=order_id, reason=why.reason, detail=why.detail)
    return order


def _check_order_id(order_id: str) -> None:
    if not order_id:
        raise Unplayable(Reason.ORDER_ID_MISSING)
    if not ORDER_ID.fullmatch(order_id):
        raise Unplayable(Reason.ORDER_ID_UNUSABLE, order_id[:80])


def _amount(text: str, decimal: str) -> Decimal:
    plain = text if decimal == "." else text.translate(str.maketrans(",.", ".,"))
    if text and not AMOUNT.fullmatch(plain):
        raise Unplayable(Reason.AMOUNT_UNREADABLE, text[:80])
    amount = yuan(plain.replace(",", "") or 0)
    if not amount:
        raise Unplayable(Reason.AMOUNT_MISSING, text[:80])
    return amount


def _times(fields: Mapping[str, str], shape: Columns) -> dict[str, datetime]:
    times = {field: _time(fields[field], shape) for field in TIMES if fields.get(field)}
    if "placed_at" not in times:
        raise Unplayable(Reason.PLACED_MISSING)
    return times


def _time(text: str, shape: Columns) -> datetime:
    try:
        read = datetime.fromisoformat(text) if shape.time_format == ISO else datetime.strptime(text, shape.time_format)
    except ValueError as error:
        raise Unplayable(Reason.TIME_UNREADABLE, text[:80]) from error
    zone = shape.time_zone()
    known = read.astimezone(zone) if read.tzinfo else read.replace(tzinfo=zone)
    return known.replace(microsecond=0)


def _check(order: RecordedOrder, shape: Columns) -> None:
    """What the times say must be possible, one after another."""
    shipped_at = order.consigned_at or order.picked_up_at
    if order.signed_at and not order.picked_up_at:
        raise Unplayable(Reason.PICK_UP_MISSING)
    if shipped_at and not order.paid_at:
        raise Unplayable(Reason.PAYMENT_MISSING)
    if order.paid_at and _before(order.paid_at, order.placed_at):
        raise Unplayable(Reason.PAID_BEFORE_PLACED, f"{order.paid_at:%Y-%m-%d %H:%M}")
    if order.paid_at and order.picked_up_at and _before(order.picked_up_at, order.paid_at):
        raise Unplayable(Reason.PICKED_UP_BEFORE_PAID, f"{order.picked_up_at:%Y-%m-%d %H:%M}")
    if order.paid_at and order.consigned_at and _before(order.consigned_at, order.paid_at):
        raise Unplayable(Reason.SHIPPED_BEFORE_PAID, f"{order.consigned_at:%Y-%m-%d %H:%M}")
    if order.signed_at and order.picked_up_at and _before(order.signed_at, order.picked_up_at):
        raise Unplayable(Reason.SIGNED_BEFORE_PICK_UP, f"{order.signed_at:%Y-%m-%d %H:%M}")
    if _contradicts(order, shape):
        raise Unplayable(Reason.STATUS_CONTRADICTS, order.status[:80])


def _before(one: datetime, other: datetime) -> bool:
    """By instants: two times of one zone would be compared by their wall clocks."""
    return one.timestamp() < other.timestamp()


def _contradicts(order: RecordedOrder, shape: Columns) -> bool:
    words = shape.status
    return (
        (order.status in words.delivered and order.signed_at is None)
        or (order.status in words.shipped and (order.picked_up_at or order.consigned_at) is None)
        or (order.status in words.shipped and order.signed_at is not None)
        or (order.status in words.unshipped and (order.picked_up_at or order.consigned_at) is not None)
    )
