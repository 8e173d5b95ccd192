"""`caseline import` beside a running Caseline."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

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
    assert "or its year is not 2000 to 2199. (1 rows: line 4)" in dry.out
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["opened"], [one["order_id"] for one in told["outlook"]]) == (0, ["IN-LATE", "IN-TIME"])

    done = await real_stack.command(*words)
    assert "2 orders opened, 0 were there already" in done.out, done.err
    again = await real_stack.command(*words)
    assert "0 orders opened, 2 were there already" in again.out, again.err

    wrong = await real_stack.command(*words[:-1], "yesterday")
    assert (wrong.code, "must be a time with its offset" in wrong.err) == (2, True)
