"""Order logs made up for tests, in the shape of the public Olist data set."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

HEADER = (
    "order_id",
    "customer_id",
    "order_status",
    "purchased_at",
    "approved_at",
    "carrier_at",
    "delivered_at",
    "paid_amount",
)


def row(
    order_id: str,
    *,
    placed: str = "2018-01-08T10:00:00",
    paid: str = "",
    picked_up: str = "",
    signed: str = "",
    amount: str = "100.00",
    status: str = "",
) -> list[str]:
    """One row; what is not given is empty."""
    return [order_id, f"buyer-of-{order_id}", status, placed, paid, picked_up, signed, amount]


def write_log(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    """Writes a log."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


OLIST_LIKE = [
    row("in-time", paid="2018-01-08T10:10:00", picked_up="2018-01-09T09:00:00", signed="2018-01-10T18:00:00"),
    # 80 hours after payment
    row("late", paid="2018-01-08T10:10:00", picked_up="2018-01-11T18:10:00", signed="2018-01-12T15:00:00"),
    # 5 % would be 45, the cap is 30; signed after receipt is confirmed by timeout
    row(
        "late-dear",
        paid="2018-01-08T10:10:00",
        picked_up="2018-01-12T10:10:00",
        signed="2018-01-24T15:00:00",
        amount="900.00",
    ),
    row("to-the-minute", paid="2018-01-08T10:10:00", picked_up="2018-01-11T10:10:00", signed="2018-01-12T15:00:00"),
    row(
        "a-minute-late",
        paid="2018-01-08T10:10:00",
        picked_up="2018-01-11T10:11:00",
        signed="2018-01-12T15:00:00",
        amount="40.00",
    ),
    row("never-paid", status="created"),
    row("paid-a-minute-late", paid="2018-01-11T10:01:00", picked_up="2018-01-16T10:11:00"),
    row(
        "paid-to-the-minute",
        paid="2018-01-11T10:00:00",
        picked_up="2018-01-11T20:00:00",
        signed="2018-01-12T15:00:00",
    ),
    row("never-shipped", paid="2018-01-08T11:00:00", amount="10.00", status="canceled"),
    row("never-signed", paid="2018-01-08T11:00:00", picked_up="2018-01-09T11:00:00", status="shipped"),
    # 72.5 hours by the wall clock, but clocks went forward in between
    row(
        "summer-time",
        placed="2017-10-13T11:55:00",
        paid="2017-10-13T12:00:00",
        picked_up="2017-10-16T12:30:00",
        signed="2017-10-17T12:00:00",
    ),
    row("before-payment", paid="2018-01-08T10:10:00", picked_up="2018-01-08T10:09:00"),
    row("unreadable", placed="last Monday"),
    row("no-payment", picked_up="2018-01-09T09:00:00", signed="2018-01-10T18:00:00"),
]
