"""`caseline replay` from end to end: made-up logs, from the file to the report."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from replay.columns import Columns
from replay.errors import EditionUnknown, LogUnusable, ReportUnwritable
from replay.orders import RowReason
from replay.report import ReplayReport
from replay.run import replay_file
from tests.replay.logs import OLIST_LIKE, row, write_log


def replayed(log: Path, edition: str = "taobao-2012") -> ReplayReport:
    report_to = log.with_suffix(".json")
    replay_file(None, log, Columns(), edition, report_to, Console(file=StringIO()))
    return ReplayReport.model_validate_json(report_to.read_text(encoding="utf-8"))


def test_a_log_is_played_and_reported(tmp_path: Path) -> None:
    """Every order ends as its recorded times say under the edition, to the minute; bad rows are set aside."""
    found = replayed(write_log(tmp_path / "log.csv", OLIST_LIKE))
    orders = {order.order_id: order for order in found.orders}

    assert (found.rows, found.played) == (14, 11)
    assert {row.order_id: row.reason for row in found.set_aside} == {
        "before-payment": RowReason.PICKED_UP_BEFORE_PAID,
        "unreadable": RowReason.TIME_UNREADABLE,
        "no-payment": RowReason.PAYMENT_MISSING,
    }
    penalties = {name: (order.points, str(order.compensation)) for name, order in orders.items() if order.late}
    assert penalties == {
        "late": (3, "5.00"),
        "late-dear": (3, "30.00"),
        "a-minute-late": (3, "2.00"),
        "never-shipped": (3, "0.50"),
    }
    shipments = found.late_shipments
    assert (shipments.owed, shipments.late, shipments.never_shipped) == (9, 4, 1)
    assert (shipments.points, str(shipments.compensation)) == (12, "37.50")

    assert {name for name, order in orders.items() if order.closed_unpaid} == {"never-paid", "paid-a-minute-late"}
    assert (found.closed_unpaid, found.paid_after_closing) == (2, 1)
    waits = {"never-shipped", "paid-a-minute-late"}  # somebody ships it; somebody pays it back, or takes the order up
    assert {name for name, order in orders.items() if order.open} == waits
    shipped = {name for name, order in orders.items() if order.owed and not order.never_shipped}
    assert {name for name, order in orders.items() if order.auto_confirmed} == shipped
    assert {name for name, order in orders.items() if order.confirmed_unsigned} == {"late-dear", "never-signed"}
    assert {name for name, order in orders.items() if order.tracking_stalled} == {"late-dear", "never-signed"}
    assert found.suspected_fake_shipment == 0


MAPPING = """
zone = "Asia/Shanghai"
time_format = "%d.%m.%Y %H:%M"
decimal = ","
delimiter = ";"

[columns]
order_id = "nr"
placed_at = "placed"
paid_at = "paid"
consigned_at = "said shipped"
picked_up_at = "picked up"
signed_at = "signed"
amount = "amount"
"""

OTHER_SHAPE = """nr;placed;paid;said shipped;picked up;signed;amount
fake;05.03.2024 10:00;05.03.2024 10:05;06.03.2024 09:00;;;1.250,00
scanned-late;05.03.2024 10:00;05.03.2024 10:05;06.03.2024 09:00;09.03.2024 08:00;10.03.2024 09:00;20,00
told-late;05.03.2024 10:00;05.03.2024 10:05;09.03.2024 09:00;06.03.2024 08:00;07.03.2024 09:00;20,00
"""


def test_the_command_plays_a_log_of_another_shape(tmp_path: Path) -> None:
    """The mapping names columns, zone, format and signs; the seller's word and the carrier's scans are told apart."""
    (tmp_path / "columns.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "log.csv").write_text(OTHER_SHAPE, encoding="utf-8")
    done = caseline(tmp_path, "replay", "log.csv", "--columns", "columns.toml", "--report", "report.json")

    assert done.returncode == 0, done.stderr
    found = ReplayReport.model_validate_json((tmp_path / "report.json").read_text(encoding="utf-8"))
    orders = {order.order_id: order for order in found.orders}
    assert orders["fake"].suspected_fake_shipment
    assert orders["fake"].never_shipped
    assert {name for name, order in orders.items() if order.late} == {"fake", "scanned-late"}
    assert (str(found.late_shipments.compensation), found.suspected_fake_shipment) == ("31.00", 1)
    assert "Late shipments" in done.stdout


def test_the_command_says_in_a_line_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    """A missing column ends it with exit code 2, naming the column and those found; no traceback."""
    (tmp_path / "log.csv").write_text(OTHER_SHAPE, encoding="utf-8")
    done = caseline(tmp_path, "replay", "log.csv")
    assert done.returncode == 2
    assert "no column order_id" in done.stderr
    assert "found: nr;placed;paid" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_log_of_which_nothing_can_be_played_is_told_with_an_example(tmp_path: Path) -> None:
    """Most likely the time format is wrong: the message shows a value."""
    log = write_log(tmp_path / "log.csv", [row("A1", placed="08/01/2018"), row("A2", placed="09/01/2018")])
    with pytest.raises(LogUnusable, match=r"none of its 2 rows can be played.*the first in line 2: 08/01/2018"):
        replayed(log)


def test_an_unknown_edition_is_told_with_the_known_ones(tmp_path: Path) -> None:
    """Before anything is started."""
    log = write_log(tmp_path / "log.csv", OLIST_LIKE)
    with pytest.raises(EditionUnknown, match="taobao-2012"):
        replayed(log, edition="taobao-1999")


@pytest.mark.parametrize(
    ("place", "told"), [("", "it is a folder"), ("nowhere/report.json", "its folder does not exist")]
)
def test_a_report_that_cannot_be_written_is_told_before_the_play(tmp_path: Path, place: str, told: str) -> None:
    """Nobody waits for a long log to hear that."""
    log = write_log(tmp_path / "log.csv", OLIST_LIKE)
    with pytest.raises(ReportUnwritable, match=told):
        replay_file(None, log, Columns(), "taobao-2012", tmp_path / place, Console(file=StringIO()))


def caseline(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as a user does, in a folder of its own."""
    project = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(project), "CASELINE_DATA_DIR": str(folder / "data")},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
