"""A whole log: every row is played or set aside, and a file that is no such log is told so."""

from __future__ import annotations

from pathlib import Path

import pytest

from replay.columns import Columns
from replay.errors import LogUnusable
from replay.orders import RowReason
from replay.reading import read_log
from tests.replay.logs import HEADER, row, write_log


def test_no_row_gets_lost(tmp_path: Path) -> None:
    """Good rows, bad ones, short ones and repeated ones add up to the rows of the file."""
    rows = [row("A1"), row("A2", placed="?"), row("A1", amount="5.00"), ["A3", "too", "short"], row("A4")]
    log = read_log(write_log(tmp_path / "log.csv", rows), Columns())
    assert [order.order_id for order in log.orders] == ["A1", "A4"]
    assert [(row.line, row.order_id, row.reason) for row in log.set_aside] == [
        (3, "A2", RowReason.TIME_UNREADABLE),
        (4, "A1", RowReason.ORDER_REPEATED),
        (5, "A3", RowReason.ROW_MALFORMED),
    ]
    assert log.rows == len(rows)


def test_a_byte_order_mark_and_unused_columns_do_no_harm(tmp_path: Path) -> None:
    """Spreadsheets put a mark before the first name, and logs have columns that nobody needs."""
    path = write_log(tmp_path / "log.csv", [[*row("A1"), "x"]], [*HEADER, "estimated"])
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert [order.order_id for order in read_log(path, Columns()).orders] == ["A1"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "it is empty"),
        (b"order_id,order_status\nA1,delivered\n", "no column purchased_at, approved_at, carrier_at"),
        (b"order_id,order_status\nA1,delivered\n", "found: order_id, order_status"),
        (",".join(HEADER).encode(), "it has a header but no rows"),
        (b"PK\x03\x04\xff\xfe\x00\x00", "it is no utf-8-sig text"),
        (",".join(HEADER).encode() + b'\n"A1,never closed', "it is no CSV"),
        (",".join([*HEADER, "order_id"]).encode(), "several columns are named order_id"),
    ],
)
def test_a_file_that_is_no_such_log_is_told_so(tmp_path: Path, content: bytes, told: str) -> None:
    """The message names the file and what is wrong with it, with the columns that it does have."""
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(LogUnusable, match=r"log\.csv cannot be read") as caught:
        read_log(path, Columns())
    assert told in str(caught.value)
