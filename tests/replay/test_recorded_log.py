"""A recorded log of real orders, where there is one: the late count must be the one that the file itself gives.

CASELINE_REPLAY_FILE names the file, a CSV in the shape of the public Olist data set.
"""

from __future__ import annotations

import csv
import os
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from replay.columns import Columns
from replay.report import ReplayReport
from replay.run import replay_file

FILE = os.environ.get("CASELINE_REPLAY_FILE", "")
UTC = ZoneInfo("UTC")
LOCAL = ZoneInfo("America/Sao_Paulo")


def moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL).astimezone(UTC) if text else None


def late_by_the_file(path: Path) -> set[str]:
    """The late orders, straight from the file, without any code of the product.

    Late is what was paid within three days of the purchase and reached the carrier more than 72 hours after the
    payment, or never. Left out are rows that contradict themselves: handed over before they were paid, or shipped
    without a payment. An order that was paid later than three days was closed as unpaid, so nothing of it was late.
    """
    late = set()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            placed, paid, handed_over = (moment(row[n]) for n in ("purchased_at", "approved_at", "carrier_at"))
            if placed is None or paid is None or paid - placed > timedelta(days=3):
                continue
            if handed_over and handed_over < paid:
                continue
            if handed_over is None or handed_over - paid > timedelta(hours=72):
                late.add(row["order_id"])
    return late


@pytest.mark.skipif(not FILE, reason="CASELINE_REPLAY_FILE names no recorded order log")
def test_the_late_orders_are_those_that_the_file_gives(tmp_path: Path) -> None:
    """Played whole, order by order the same verdict as from the recorded times alone."""
    report_to = tmp_path / "report.json"
    replay_file(None, Path(FILE), Columns(), "taobao-2012", report_to, Console(file=StringIO()))

    found = ReplayReport.model_validate_json(report_to.read_text(encoding="utf-8"))
    expected = late_by_the_file(Path(FILE))
    assert {order.order_id for order in found.orders if order.late} == expected
    assert found.late_shipments.late == len(expected)
    assert found.late_shipments.points == 3 * len(expected)
    assert found.played + len(found.set_aside) == found.rows
    # Nobody answers here: goods that never left wait for shipping, money that came after closing for a person.
    assert found.still_open == found.late_shipments.never_shipped + found.paid_after_closing
