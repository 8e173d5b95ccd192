"""A workbook, as a seller's workbench exports it, reads like the CSV that holds the same."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from domain.money import ZERO
from replay.columns import Columns
from replay.errors import LogUnusable
from replay.orders import RowReason
from replay.reading import read_log

MAPPING = """
zone = "Asia/Shanghai"
time_format = "%Y-%m-%d %H:%M:%S"

[columns]
order_id = "订单编号"
placed_at = "订单创建时间"
paid_at = "订单付款时间"
consigned_at = "发货时间"
picked_up_at = "揽收时间"
signed_at = "签收时间"
amount = "实付金额"
freight = "邮费"
quantity = "数量"
carrier = "物流公司"
tracking_no = "运单号"

[carriers]
"中通快递" = "zto"
"""
HEADER = [
    "订单编号", "订单创建时间", "订单付款时间", "发货时间", "揽收时间", "签收时间",
    "实付金额", "邮费", "数量", "物流公司", "运单号",
]  # fmt: skip
PLACED, PAID = datetime(2026, 11, 27, 9, 0), datetime(2026, 11, 27, 9, 5, 1)  # noqa: DTZ001 - as cells are


@pytest.fixture
def shape(tmp_path: Path) -> Columns:
    (tmp_path / "shop.toml").write_text(MAPPING, encoding="utf-8")
    return Columns.load(tmp_path / "shop.toml")


def saved(folder: Path, *rows: Sequence[object]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(folder / "orders.xlsx")
    return folder / "orders.xlsx"


def test_cells_read_as_what_they_show(tmp_path: Path, shape: Columns) -> None:
    """Times as times or as texts, amounts as numbers or as texts; empty rows and cells behind the last say nothing."""
    path = saved(
        tmp_path,
        HEADER,
        ["T1", PLACED, "2026-11-27 09:05:01", None, None, None, 19.9, 10, 2, "中通快递", 73100012345678],
        [None] * 11,
        ["T2", PLACED, PAID, None, None, None, "19.90", "", "", "yto", "YT1", None, None],
    )
    first, second = read_log(path, shape).orders
    assert first.paid_at is not None
    assert first.paid_at.isoformat() == "2026-11-27T09:05:01+08:00"
    assert (first.amount, first.freight, first.quantity) == (Decimal("19.90"), Decimal("10.00"), 2)
    assert (first.carrier, first.waybill) == ("zto", "73100012345678")
    assert (second.amount, second.paid_at, second.quantity) == (first.amount, first.paid_at, 1)
    assert second.freight == ZERO
    assert (second.line, second.carrier, second.waybill) == (4, "yto", "YT1")


def test_a_number_that_lost_its_last_digits_is_no_order_id(tmp_path: Path, shape: Columns) -> None:
    """A spreadsheet keeps fifteen digits; an order id of nineteen, kept as a number, is another order's by now."""
    row: list[object] = [3821745612234567890, PLACED, None, None, None, None, 5, 0, 1, "yto", ""]
    log = read_log(saved(tmp_path, HEADER, row), shape)
    assert [(one.line, one.reason) for one in log.set_aside] == [(2, RowReason.ORDER_ID_ROUNDED)]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"邮费": 6}, RowReason.FREIGHT_UNREADABLE),
        ({"邮费": "free"}, RowReason.FREIGHT_UNREADABLE),
        ({"数量": 0}, RowReason.QUANTITY_UNREADABLE),
        ({"数量": 1.5}, RowReason.QUANTITY_UNREADABLE),
        ({"物流公司": "某某快递"}, RowReason.PARCEL_UNUSABLE),
        ({"运单号": "YT 1/2"}, RowReason.PARCEL_UNUSABLE),
    ],
)
def test_what_taking_over_needs_is_checked_too(
    tmp_path: Path, shape: Columns, changed: dict[str, object], reason: RowReason
) -> None:
    """Freight is part of the amount, a quantity is whole, and a carrier has a name here."""
    good = dict(zip(HEADER, ["T1", PLACED, None, None, None, None, 5, 0, 1, "yto", "YT1"], strict=True))
    log = read_log(saved(tmp_path, HEADER, list((good | changed).values())), shape)
    assert [one.reason for one in log.set_aside] == [reason]


def test_what_is_no_workbook_is_told_so(tmp_path: Path, shape: Columns) -> None:
    """A CSV that was only called a workbook."""
    (tmp_path / "orders.xlsx").write_text("订单编号\n", encoding="utf-8")
    with pytest.raises(LogUnusable, match="no workbook"):
        read_log(tmp_path / "orders.xlsx", shape)
