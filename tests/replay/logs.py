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
