"""`caseline import` beside a running Caseline."""

import asyncio
import json
import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from domain.times import CHINA
from runtime.groups import ended, signal_group
from store.database import Database
from store.tables import CASES
from tests.forked import Forked
from tests.patience import PATIENCE
from tests.real_servers import RealStack
from tests.replay.logs import row, write_log

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

MAPPING = """
zone = "Asia/Shanghai"

[columns]
order_id = "order_id"
placed_at = "purchased_at"
paid_at = "approved_at"
picked_up_at = "carrier_at"
signed_at = "delivered_at"
amount = "paid_amount"

[constants]
platform = "taobao"
"""


async def test_a_dry_run_says_it_a_run_does_it_and_a_second_run_does_nothing(
    real_stack: RealStack, tmp_path: Path
) -> None:
    """Rows that cannot be are named with their reason, and are why the command ends with 1."""

    def ago(**time: float) -> str:
        return (datetime.now(UTC) - timedelta(**time)).isoformat(timespec="seconds")

    rows = [
        row("IN-LATE", placed=ago(hours=81), paid=ago(hours=80)),
        row("IN-TIME", placed=ago(hours=31), paid=ago(hours=30)),
        row("IN-VAIN", placed="?"),
    ]
    orders = write_log(tmp_path / "orders.csv", rows)
    (tmp_path / "shop.toml").write_text(MAPPING, encoding="utf-8")
    since, report = ago(hours=100), tmp_path / "report.json"
    words = ("import", str(orders), "--columns", str(tmp_path / "shop.toml"), "--since", since)

    dry = await real_stack.command(*words, "--dry-run", "--report", str(report))
    assert dry.code == 1, dry.err
    assert "late: IN-LATE, charged here" in dry.out
    assert "1 set aside: A time does not read" in dry.out
    assert "  line 4, order IN-VAIN: ?\n" in dry.out
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["opened"], [one["order_id"] for one in told["outlook"]]) == (0, ["IN-LATE", "IN-TIME"])

    done = await real_stack.command(*words)
    assert "2 orders opened, 0 were there already" in done.out, done.err
    again = await real_stack.command(*words)
    assert "0 orders opened, 2 were there already" in again.out, again.err

    wrong = await real_stack.command(*words[:-1], "yesterday")
    assert (wrong.code, "must be a time with its offset" in wrong.err) == (2, True)
    typo = await real_stack.command(*words, "--merchant", "dmeo")
    assert (typo.code, "of the shop dmeo; is that its name?" in typo.err) == (2, True)


WORKBOOK = """
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
line_id = "子订单编号"
line_amount = "子订单实付"
carrier = "物流公司"
tracking_no = "运单号"
buyer_name = "收货人"
buyer_phone = "手机"

[carriers]
"中通快递" = "zto"

[constants]
platform = "tmall"
"""
HEADER = [
    "订单编号", "子订单编号", "订单创建时间", "订单付款时间", "发货时间", "揽收时间", "签收时间", "实付金额", "邮费",
    "子订单实付", "物流公司", "运单号", "收货人", "手机",
]  # fmt: skip
ORDERS = 60


def workbook(folder: Path) -> Path:
    """Orders of two lines, of which one has left; and three rows that cannot be."""
    now = datetime.now(CHINA).replace(tzinfo=None, microsecond=0)

    def ago(hours: float) -> datetime:
        return now - timedelta(hours=hours)

    def row(order: str, line: str, *left: object, carrier: str = "中通快递") -> list[object]:
        placed, paid = ago(31), ago(30)
        sent = [*left, None, carrier, f"ZT{order}{line}"] if left else [None, None, None, None, None]
        times, parcel = sent[:3], sent[3:]
        return [order, f"{order}{line}", placed, paid, *times, 109.5, 10, 49.75, *parcel, "陈小姐", "13800000000"]

    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.append(HEADER)
    for number in range(ORDERS):
        sheet.append(row(f"X{number}", "-1", ago(20), ago(19)))
        sheet.append(row(f"X{number}", "-2"))
    sheet.append(row("Y1", "-1", ago(20), ago(19), carrier="某某快运"))
    sheet.append(["Y2", "Y2-1", "昨天", *[None] * 11])
    sheet.append(row("", "-1"))
    book.save(folder / "orders.xlsx")
    return folder / "orders.xlsx"


async def test_a_workbook_is_taken_over_though_its_run_is_killed_and_given_back_whole(
    real_stack: RealStack, database: Database, tmp_path: Path
) -> None:
    """The second run opens what the first did not; what comes out holds each order once, and no secret."""
    orders, shape, out = workbook(tmp_path), tmp_path / "shop.toml", tmp_path / "import.log"
    shape.write_text(WORKBOOK, encoding="utf-8")
    since = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
    words = ("import", str(orders), "--columns", str(shape), "--since", since)

    async def opened() -> int:
        return await database.read(lambda tx: tx.scalar(select(func.count()).select_from(CASES)) or 0)

    first = Forked(*words, env=os.environ | real_stack.settings.as_environment(), out=out)
    async with asyncio.timeout(PATIENCE):
        while not await opened() and first.poll() is None:  # noqa: ASYNC110 - rows, not events
            await asyncio.sleep(0.01)
    signal_group(first.pid, signal.SIGKILL)
    await ended(first)
    there = await opened()

    second = await real_stack.command(*words)
    assert f"{ORDERS - there} orders opened, {there} were there already" in second.out, second.err
    assert f"{2 * ORDERS + 3} rows: {ORDERS} orders, 3 set aside" in second.out
    assert "order Y1: 某某快运 ZTY1-1" in second.out
    assert (second.code, second.err) == (1, "")

    given_back = tmp_path / "shop.jsonl"
    exported = await real_stack.command("export", str(given_back))
    assert exported.code == 0, exported.err
    rows = [json.loads(line) for line in given_back.read_text(encoding="utf-8").splitlines()]
    assert f"{len(rows)} rows of demo" in exported.out
    cases = [one["row"] for one in rows if one["table"] == "cases"]
    assert {case["order_id"] for case in cases} == {f"X{number}" for number in range(ORDERS)}
    assert len(cases) == ORDERS
    assert all(len(case["state"]["lines"]) == 2 for case in cases)
    buyers = [one["row"] for one in rows if one["table"] == "buyers"]
    assert {(buyer["name"], buyer["phone"]) for buyer in buyers} == {("陈小姐", "13800000000")}
    assert {one["table"] for one in rows}.isdisjoint({"tokens", "sessions"})
    again = await real_stack.command("export", str(given_back))
    assert (again.code, "it is there already" in again.err) == (2, True)
    typo = await real_stack.command("export", str(tmp_path / "none.jsonl"), "--merchant", "dmeo")
    assert (typo.code, (tmp_path / "none.jsonl").exists()) == (2, False)
