"""Puts cases that tests have lived into the store, and asks reports about them."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

from domain.case.ids import CaseKind
from domain.case.record import RecordCase, record
from domain.case.state import CaseState
from domain.order.state import OrderState
from domain.parcels.journey import first_scan_at, last_scan_at
from store.case_rows import Owner, case_columns
from store.database import Database, add_rows
from store.records import put_case_rows
from store.reports.catalogue import REPORTS, report_rows
from store.reports.shape import Period, Row
from store.tables import BUYERS, CASES, PARCEL_SCANS, WORK_ITEMS
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import Order

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
_numbers = count(1)


async def asked(
    db: Database, name: str, days: tuple[date, date] = NOVEMBER, merchant: str = "demo"
) -> list[tuple[Any, ...]]:
    """The lines of a report as a table; each has just the columns that are declared."""
    report = REPORTS[name]
    names = [column.name for column in report.columns]
    rows: list[Row] = await db.read_at_once(report_rows, merchant, report, Period(*days))
    assert [list(row) for row in rows] == [names] * len(rows)
    return [tuple(row.values()) for row in rows]


async def keep(
    db: Database,
    lived: Order,
    order_id: str = "T1001",
    *,
    platform: str = "taobao",
    merchant: str = "demo",
    buyer: str | None = None,
) -> str:
    """Stores an order and its requests under another id; answers the order's case."""
    children = lived.children.values() if isinstance(lived, Trade) else ()
    for state in (lived.state, *(child.state for child in children)):
        await keep_case(db, state, order_id, platform=platform, merchant=merchant)
    case_id = f"order:{merchant}:{platform}:{order_id}"
    if buyer:
        await db.write(add_rows, BUYERS, [{"case_id": case_id, "buyer_id": buyer}])
    return case_id


async def keep_case(
    db: Database, state: CaseState, order_id: str, *, platform: str = "taobao", merchant: str = "demo"
) -> None:
    """Stores one case with its rows, and the scans of an order's parcels."""
    lived = record(state, since=0).model_dump_json()
    for old, new in ((":demo:taobao:T1001", f":{merchant}:{platform}:{order_id}"), ('"T1001"', f'"{order_id}"')):
        lived = lived.replace(old, new)
    write = RecordCase.model_validate_json(lived)
    of_case = write.common
    case = {
        "case_id": write.case_id,
        "kind": state.kind,
        "merchant": merchant,
        "platform": platform,
        "order_id": order_id,
        "order_case_id": of_case.order_case,
        "policy": state.policy,
        "version": write.version,
        "opened_at": state.opened_at,
        "content_hash": "",
        "opening": {},
        **case_columns(write),
    }
    await db.write(add_rows, CASES, [case])
    owner = Owner(write.case_id, CaseKind(state.kind), merchant, of_case.order_case, state.policy)
    await db.write(put_case_rows, owner, write, whole=True)
    if isinstance(state, OrderState):
        await db.write(add_rows, PARCEL_SCANS, _scans(write.case_id, state))


async def call(
    db: Database,
    case_id: str,
    at: datetime,
    outcome: str = "reached",
    reason: str | None = None,
    *,
    by: str = "xiao-li",
    promised: datetime | None = None,
    state: str = "done",
) -> None:
    """A call about payment that was made."""
    data = {"reason": reason, "promised_pay_at": promised.isoformat() if promised else None}
    row = {
        "item_id": f"wi-{next(_numbers)}",
        "case_id": case_id,
        "merchant": case_id.split(":")[1],
        "type": "payment_reminder",
        "matter": str(next(_numbers)),
        "work_group": "presale",
        "state": state,
        "created_at": at,
        "due_at": at,
        "outcome": outcome,
        "data": {name: value for name, value in data.items() if value},
        "done_at": at,
        "done_by": by,
        "version": 1,
    }
    await db.write(add_rows, WORK_ITEMS, [row])


def _scans(case_id: str, state: OrderState) -> list[dict[str, Any]]:
    """The first and the last that the carrier said of each parcel."""
    return [
        {
            "case_id": case_id,
            "carrier": parcel.carrier,
            "tracking_no": parcel.tracking_no,
            "type": "scanned",
            "at": at,
            "recorded_at": at,
            "event_key": f"scan/{next(_numbers)}",
            "woke": True,
        }
        for parcel in state.parcels
        for at in (first_scan_at(parcel), last_scan_at(parcel))
        if at
    ]
