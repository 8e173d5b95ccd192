"""Rows that are the lines of one order, and orders that are paid at the door."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.order.state import Source
from domain.policy import policy
from moving.outlook import look_ahead
from replay.columns import Columns
from replay.facts import accept, events, opening, platform
from replay.orders import RowReason
from replay.reading import OrderLog, read_log
from tests.replay.logs import write_log

HEADER = [
    "订单编号",
    "子订单",
    "下单",
    "付款",
    "发货",
    "揽收",
    "签收",
    "实付",
    "子实付",
    "邮费",
    "运单",
    "件数",
    "付款方式",
]
NAMES = {
    "order_id": "订单编号", "line_id": "子订单", "placed_at": "下单", "paid_at": "付款", "consigned_at": "发货",
    "picked_up_at": "揽收", "signed_at": "签收", "amount": "实付", "freight": "邮费", "tracking_no": "运单",
    "quantity": "件数", "pay_type": "付款方式",
}  # fmt: skip
EDITION = policy("taobao-2012")


def shape(**more: Any) -> Columns:
    columns = NAMES | more.pop("columns", {})
    return Columns.model_validate({
        "zone": "Asia/Shanghai", "columns": columns, "constants": {"platform": "taobao", "carrier": "zto"},
        "status": {}, "cash_on_delivery": ["货到付款"], **more,
    })  # fmt: skip


def row(order_id: str, line: str, **fields: str) -> list[str]:
    filled = {"订单编号": order_id, "子订单": line, "下单": "2026-11-11T10:00:00", "实付": "100.00"} | fields
    return [filled.get(name, "") for name in HEADER]


def read(tmp_path: Path, rows: list[list[str]], columns: Columns) -> OrderLog:
    return read_log(write_log(tmp_path / "orders.csv", rows, HEADER), columns)


PAID = {"付款": "2026-11-11T10:05:00"}


def test_rows_of_one_order_are_its_lines(tmp_path: Path) -> None:
    """What is off the whole is shared out to the fen; each parcel has the lines that left in it."""
    columns = shape(columns={"line_amount": "子实付"})
    whole = PAID | {"实付": "110.00", "邮费": "10.00"}
    sent = {"发货": "2026-11-12T10:00:00", "揽收": "2026-11-12T18:00:00"}
    rows = [
        row("A1", "A1-1", **whole, **sent, 子实付="70.00", 运单="ZT1", 件数="2"),
        row("A1", "A1-2", **whole, **sent, 子实付="35.00", 运单="ZT1"),
        row("A1", "A1-3", **whole, 子实付="0.00"),
        row("B1", "B1-1", **PAID, 子实付="100.00"),
    ]
    log = read(tmp_path, rows, columns)
    order, other = log.orders
    assert (log.rows, len(other.rows), order.consigned_at) == (4, 0, None)
    opened = opening(order, columns, EDITION)
    assert [(line.line_id, line.quantity, line.amount) for line in opened.lines] == [
        ("A1-1", 2, Decimal("66.66")),
        ("A1-2", 1, Decimal("33.34")),
        ("A1-3", 1, Decimal("0.00")),
    ]
    assert sum((line.amount for line in opened.lines), opened.freight) == Decimal("110.00")
    told = events(order.in_utc(), platform(columns, EDITION), "import")
    assert [event["type"] for event in told] == ["payment.received", "parcel.consigned", "parcel.picked_up"]
    assert told[1]["data"]["line_ids"] == ["A1-1", "A1-2"]


def test_rows_without_an_amount_of_their_own_are_summed_up(tmp_path: Path) -> None:
    """And their lines numbered, where they have no name; parcels of an order are told apart."""
    columns = shape()
    sent = {"发货": "2026-11-12T10:00:00", "揽收": "2026-11-12T18:00:00", "签收": "2026-11-14T18:00:00"}
    rows = [
        row("A1", "", **PAID, **sent, 实付="60.00", 邮费="6.00", 运单="ZT1"),
        row("A1", "", **PAID, **sent, 实付="40.00", 运单="ZT2"),
    ]
    (order,) = read(tmp_path, rows, columns).orders
    assert (order.amount, order.freight, order.signed_at) == (
        Decimal("100.00"),
        Decimal("6.00"),
        order.rows[0].signed_at,
    )
    assert [(line.line_id, line.amount) for line in opening(order, columns, EDITION).lines] == [
        ("1", Decimal("54.00")),
        ("2", Decimal("40.00")),
    ]
    told = events(order.in_utc(), platform(columns, EDITION), "import")
    assert len({event["id"] for event in told}) == len(told) == 7
    assert [event["data"].get("line_ids") for event in told if event["type"] == "parcel.consigned"] == [["1"], ["2"]]


def test_rows_that_disagree_are_set_aside_together(tmp_path: Path) -> None:
    """Half an order is worse than none; the reason names what they disagree on."""
    columns = shape(columns={"line_amount": "子实付"})
    rows = [
        row("A1", "A1-1", **PAID, 子实付="60.00"),
        row("A1", "A1-2", 子实付="40.00"),
        row("B1", "B1-1", **PAID, 子实付="60.00"),
        row("B1", "B1-2", **PAID | {"实付": "90.00"}, 子实付="40.00"),
        row("C1", "C1-1", **PAID, 子实付="60.00"),
        row("C1", "C1-1", **PAID, 子实付="40.00"),
        row("D1", "D1-1", **PAID, 子实付="60.00"),
        row("D1", "D1-2", **PAID, 子实付="forty"),
    ]
    log = read(tmp_path, rows, columns)
    assert log.orders == []
    assert sorted((one.line, one.reason) for one in log.set_aside) == [
        *((line, RowReason.ROWS_DISAGREE) for line in range(2, 8)),
        (8, RowReason.ROWS_DISAGREE),
        (9, RowReason.AMOUNT_UNREADABLE),
    ]


def test_an_order_paid_at_the_door_is_taken_over(tmp_path: Path) -> None:
    """Shipped before it is paid; delivered and not paid yet, it waits for that, and is not late."""
    columns = shape()
    sent = {"发货": "2026-11-12T10:00:00", "揽收": "2026-11-12T18:00:00", "签收": "2026-11-14T18:00:00"}
    (order,) = read(tmp_path, [row("A1", "A1-1", **sent, 付款方式="货到付款", 运单="ZT1")], columns).orders
    request = opening(order, columns, EDITION)
    assert (request.source, order.paid_at) == (Source.CASH_ON_DELIVERY, None)
    now = order.in_utc().placed_at + timedelta(days=4)
    told = events(order.in_utc(), platform(columns, EDITION), "import")
    outlook = look_ahead("A1", accept(request, EDITION, now), told, now)
    assert (outlook.stage, outlook.late) == ("delivered", False)
