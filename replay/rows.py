"""One row of an order log: read into an order, or set aside with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.money import yuan
from domain.order.state import Source
from domain.times import YEARS
from replay.columns import ISO, Columns
from replay.orders import TIMES, RecordedOrder, RowReason, SetAside
from replay.sheets import ROUNDED

NUMBER = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""An order's, or a waybill's."""
WHOLE_GROUPED = r"(\d{1,10}|\d{1,3}(?:,\d{3}){1,3})"
QUANTITY = re.compile(r"[1-9][0-9]{0,4}|100000")
CARRIER = re.compile(r"[a-z0-9_-]{1,32}")
AMOUNT = re.compile(WHOLE_GROUPED + r"(\.\d+)?")

LONGEST = timedelta(days=366)
"""An order that takes longer than this from purchase to delivery has a wrong year in one of its times."""

TEXTS = (
    "status", "sku", "title", "tracking_no", "buyer_id", "buyer_name", "buyer_phone", "buyer_address", "buyer_region",
)  # fmt: skip


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
            freight=_freight(fields.get("freight", ""), shape.decimal),
            quantity=_quantity(fields.get("quantity", "")),
            line_id=_line_id(fields.get("line_id", "")),
            line_amount=_line_amount(fields.get("line_amount"), shape.decimal),
            at_the_door=_is_at_the_door(fields.get("pay_type", ""), shape),
            carrier=_carrier(fields.get("carrier", ""), shape),
            **_told(fields, shape),
        )
        _check(order, shape)
    except Unplayable as why:
        return SetAside(line=line, order_id=order_id, reason=why.reason, detail=why.detail)
    return order


def _check_order_id(order_id: str) -> None:
    if not order_id:
        raise Unplayable(RowReason.ORDER_ID_MISSING)
    if order_id.startswith(ROUNDED):
        raise Unplayable(RowReason.ORDER_ID_ROUNDED, order_id.removeprefix(ROUNDED)[:80])
    if not NUMBER.fullmatch(order_id):
        raise Unplayable(RowReason.ORDER_ID_UNUSABLE, order_id[:80])


def _amount(text: str, decimal: str) -> Decimal:
    amount = _money(text, decimal, RowReason.AMOUNT_UNREADABLE)
    if not amount:
        raise Unplayable(RowReason.AMOUNT_MISSING, text[:80])
    return amount


def _freight(text: str, decimal: str) -> Decimal:
    return _money(text, decimal, RowReason.FREIGHT_UNREADABLE)


def _money(text: str, decimal: str, otherwise: RowReason) -> Decimal:
    plain = text if decimal == "." else text.translate(str.maketrans(",.", ".,"))
    if text and not AMOUNT.fullmatch(plain):
        raise Unplayable(otherwise, text[:80])
    return yuan(plain.replace(",", "") or 0)


def _carrier(text: str, shape: Columns) -> str:
    return shape.carriers.get(text, text) if text else shape.constants.carrier


def _line_id(text: str) -> str:
    if text and not NUMBER.fullmatch(text):
        raise Unplayable(RowReason.ORDER_ID_UNUSABLE, text[:80])
    return text


def _line_amount(text: str | None, decimal: str) -> Decimal | None:
    return None if text is None else _money(text, decimal, RowReason.AMOUNT_UNREADABLE)


def _is_at_the_door(text: str, shape: Columns) -> bool:
    return shape.constants.source is Source.CASH_ON_DELIVERY or text in shape.cash_on_delivery


def _quantity(text: str) -> int:
    if text and not QUANTITY.fullmatch(text):
        raise Unplayable(RowReason.QUANTITY_UNREADABLE, text[:80])
    return int(text or 1)


def _told(fields: Mapping[str, str], shape: Columns) -> dict[str, Any]:
    return {field: fields.get(field, "") for field in TEXTS} | _times(fields, shape)


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
    if order.freight > order.amount:
        raise Unplayable(RowReason.FREIGHT_UNREADABLE, f"{order.freight} of {order.amount}")
    if not CARRIER.fullmatch(order.carrier) or not NUMBER.fullmatch(order.waybill):
        raise Unplayable(RowReason.PARCEL_UNUSABLE, f"{order.carrier} {order.tracking_no}"[:80])
    if order.signed_at and not order.picked_up_at:
        raise Unplayable(RowReason.PICK_UP_MISSING)
    _in_order(order.placed_at, order.paid_at, RowReason.PAID_BEFORE_PLACED)
    if not order.at_the_door:
        _check_paid_first(order)
    _in_order(order.picked_up_at, order.signed_at, RowReason.SIGNED_BEFORE_PICK_UP)
    if any(
        _apart(order.placed_at, time) > LONGEST for time in (order.paid_at, order.announced_at, order.signed_at) if time
    ):
        raise Unplayable(RowReason.TIMES_TOO_FAR_APART)
    if _contradicts(order, shape):
        raise Unplayable(RowReason.STATUS_CONTRADICTS, order.status[:80])


def _check_paid_first(order: RecordedOrder) -> None:
    if order.announced_at and not order.paid_at:
        raise Unplayable(RowReason.PAYMENT_MISSING)
    _in_order(order.paid_at, order.picked_up_at, RowReason.PICKED_UP_BEFORE_PAID)
    _in_order(order.paid_at, order.consigned_at, RowReason.SHIPPED_BEFORE_PAID)


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
