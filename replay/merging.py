"""Rows of a log that are the lines of one order: what each was paid, and where the rows must agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from domain.money import ZERO, share_out
from replay.orders import RecordedOrder, RowReason, SetAside


def merge(rows: Sequence[RecordedOrder]) -> RecordedOrder | list[SetAside]:
    """The order that its rows are lines of, or why none of them is one: half an order is worse than none.

    Where the rows say what each line was paid (`line_amount`), `amount` and `freight` are the order's, and what is off
    the whole is shared out; else each row's are its own, and the order's their sum.
    """
    first = rows[0]
    if any((row.placed_at, row.paid_at) != (first.placed_at, first.paid_at) for row in rows):
        return _aside(rows, "times of ordering or paying")
    if len({_line_id(row, number) for number, row in enumerate(rows, 1)}) < len(rows):
        return _aside(rows, "the same line twice")
    weights = [row.line_amount for row in rows if row.line_amount is not None]
    if len(weights) == len(rows):
        if any((row.amount, row.freight) != (first.amount, first.freight) for row in rows):
            return _aside(rows, "amounts of the order")
        amount, freight = first.amount, first.freight
        paid = share_out(amount - freight, weights)
    else:
        paid = [row.amount - row.freight for row in rows]
        freight = sum((row.freight for row in rows), ZERO)
        amount = sum(paid, freight)
    return first.model_copy(
        update={
            "amount": amount,
            "freight": freight,
            "rows": tuple(
                _line(row, number, part) for (number, row), part in zip(enumerate(rows, 1), paid, strict=True)
            ),
            **{name: _all_of(rows, name) for name in ("consigned_at", "picked_up_at", "signed_at")},
        }
    )


def parcels(order: RecordedOrder) -> list[list[RecordedOrder]]:
    """The rows that left together, parcel by parcel; one that has not left is in none."""
    left = [row for row in order.lines if row.announced_at]
    return [list(rows) for _, rows in groupby(sorted(left, key=_parcel), key=_parcel)]


def _parcel(row: RecordedOrder) -> tuple[str, str]:
    return row.carrier, row.waybill


def _line(row: RecordedOrder, number: int, paid: Decimal) -> RecordedOrder:
    return row.model_copy(update={"line_id": _line_id(row, number), "line_amount": paid})


def _line_id(row: RecordedOrder, number: int) -> str:
    return row.line_id or str(number)


def _all_of(rows: Sequence[RecordedOrder], name: str) -> datetime | None:
    """When it was so of the last of them; None while it is not of all."""
    times = [getattr(row, name) for row in rows]
    return max(times) if all(times) else None


def _aside(rows: Sequence[RecordedOrder], detail: str) -> list[SetAside]:
    return [
        SetAside(line=row.line, order_id=row.order_id, reason=RowReason.ROWS_DISAGREE, detail=detail) for row in rows
    ]
