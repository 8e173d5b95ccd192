"""One row of an order log: read into an order, or set aside with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from domain.money import yuan
from domain.times import YEARS
from replay.columns import ISO, Columns
from replay.orders import TIMES, RecordedOrder, RowReason, SetAside

ORDER_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
WHOLE_GROUPED = r"(\d{1,10}|\d{1,3}(?:,\d{3}){1,3})"
AMOUNT = re.compile(WHOLE_GROUPED + r"(\.\d+)?")

LONGEST = timedelta(days=366)
"""An order that takes longer than this from purchase to delivery has a wrong year in one of its times."""


class Unplayable(Exception):
    """The row cannot be played."""

    def __init__(self, reason: RowReason, detail: str = "") -> None:
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
        raise Unplayable(RowReason.ORDER_ID_MISSING)
    if not ORDER_ID.fullmatch(order_id):
        raise Unplayable(RowReason.ORDER_ID_UNUSABLE, order_id[:80])


def _amount(text: str, decimal: str) -> Decimal:
    plain = text if decimal == "." else text.translate(str.maketrans(",.", ".,"))
    if text and not AMOUNT.fullmatch(plain):
        raise Unplayable(RowReason.AMOUNT_UNREADABLE, text[:80])
    amount = yuan(plain.replace(",", "") or 0)
    if not amount:
        raise Unplayable(RowReason.AMOUNT_MISSING, text[:80])
    return amount


def _times(fields: Mapping[str, str], shape: Columns) -> dict[str, datetime]:
    times = {field: _time(fields[field], shape) for field in TIMES if fields.get(field)}
    if "placed_at" not in times:
        raise Unplayable(RowReason.PLACED_MISSING)
    return times


def _time(text: str, shape: Columns) -> datetime:
    try:
        iso = shape.time_format == ISO
        read = datetime.fromisoformat(text) if iso else datetime.strptime(text, shape.time_format)  # noqa: DTZ007
        known = read if read.tzinfo else read.replace(tzinfo=shape.time_zone())
        moment = known.astimezone(shape.time_zone()).replace(microsecond=0)
        year = moment.astimezone(UTC).year
    except (ValueError, OverflowError) as error:
        raise Unplayable(RowReason.TIME_UNREADABLE, text[:80]) from error
    if year not in YEARS:
        raise Unplayable(RowReason.TIME_UNREADABLE, text[:80])
    return moment


def _check(order: RecordedOrder, shape: Columns) -> None:
    """What the times say must be possible, one after another."""
    shipped_at = order.consigned_at or order.picked_up_at
    if order.signed_at and not order.picked_up_at:
        raise Unplayable(RowReason.PICK_UP_MISSING)
    if shipped_at and not order.paid_at:
        raise Unplayable(RowReason.PAYMENT_MISSING)
    _in_order(order.placed_at, order.paid_at, RowReason.PAID_BEFORE_PLACED)
    _in_order(order.paid_at, order.picked_up_at, RowReason.PICKED_UP_BEFORE_PAID)
    _in_order(order.paid_at, order.consigned_at, RowReason.SHIPPED_BEFORE_PAID)
    _in_order(order.picked_up_at, order.signed_at, RowReason.SIGNED_BEFORE_PICK_UP)
    if any(_apart(order.placed_at, time) > LONGEST for time in (order.paid_at, shipped_at, order.signed_at) if time):
        raise Unplayable(RowReason.TIMES_TOO_FAR_APART)
    if _contradicts(order, shape):
        raise Unplayable(RowReason.STATUS_CONTRADICTS, order.status[:80])


def _in_order(first: datetime | None, then: datetime | None, otherwise: RowReason) -> None:
    if first and then and _apart(first, then) < timedelta():
        raise Unplayable(otherwise, f"{then:%Y-%m-%d %H:%M}, {first:%Y-%m-%d %H:%M}")


def _apart(first: datetime, then: datetime) -> timedelta:
    """In real time: two times of one zone would be compared by their wall clocks."""
    return then.astimezone(UTC) - first.astimezone(UTC)


def _contradicts(order: RecordedOrder, shape: Columns) -> bool:
    words = shape.status
    return (
        (order.status in words.delivered and order.signed_at is None)
        or (order.status in words.shipped and (order.picked_up_at or order.consigned_at) is None)
        or (order.status in words.shipped and order.signed_at is not None)
        or (order.status in words.unshipped and (order.picked_up_at or order.consigned_at) is not None)
    )
