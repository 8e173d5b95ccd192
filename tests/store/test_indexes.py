"""Every query of the contract has an index to go by (PostgreSQL; table scans are made unattractive, not impossible)."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, text

from store import (
    actions,
    buyers,
    cases,
    deadlines,
    gauges,
    intercept_invoices,
    intercepts,
    leases,
    ledger,
    memo_search,
    memos,
    messages,
    new_orders,
    search,
    sessions,
    timeline,
    tokens,
    wall,
    work_items,
    work_rows,
)
from store.cases import CaseFilter, CaseSort
from store.database import Database
from store.intercepts import InterceptFilter
from store.leases import Lease
from store.memo_search import MemoFilter
from store.pages import write_cursor
from store.reports.catalogue import REPORTS, report_rows
from store.reports.shape import Period, ShopReport
from store.work_items import WorkItemFilter
from tests.store.scenes import DAY, HOUR, NOON, consigned, open_order, order, paid, report, scan, statements

T1 = "order:demo:taobao:T1001"
Query = Callable[[Database], Awaitable[object]]


def _cases(only: CaseFilter, sort: CaseSort = CaseSort.UPDATED) -> Query:
    return lambda db: db.read(cases.list_cases, "demo", only, sort)


def _second_page(sort: CaseSort) -> Query:
    async def query(db: Database) -> None:
        first = await db.read(cases.list_cases, "demo", None, sort, 1)
        await db.read(cases.list_cases, "demo", None, sort, 1, first.next)

    return query


def _report(report: ShopReport) -> Query:
    return lambda db: db.read_at_once(report_rows, "demo", report, Period(NOON.date(), NOON.date()))


SORTED: dict[str, Query] = {
    "cases by update": _cases(CaseFilter()),
    "cases by due time": _cases(CaseFilter(), CaseSort.DUE),
    "cases by update, second page": _second_page(CaseSort.UPDATED),
    "cases by due time, second page": _second_page(CaseSort.DUE),
    "cases of a stage": _cases(CaseFilter(kind="order", stage="awaiting_payment")),
    "cases due soon": _cases(CaseFilter(due_before=NOON + DAY), CaseSort.DUE),
    "interceptions": lambda db: db.read(intercepts.list_intercepts, "demo", InterceptFilter()),
    "interceptions of a time": lambda db: db.read(
        intercepts.list_intercepts, "demo", InterceptFilter(carrier="zto", since=NOON, until=NOON + DAY)
    ),
    "invoices over fees": lambda db: db.read(intercept_invoices.list_invoices, "demo"),
    "timeline": lambda db: db.read(timeline.timeline, T1),
    "the shop's memos": lambda db: db.read(memo_search.search, "demo"),
    "the shop's memos, second page": lambda db: db.read(
        memo_search.search, "demo", None, 1, write_cursor(NOON, "memo:2")
    ),
    "memos with words": lambda db: db.read(
        memo_search.search, "demo", MemoFilter(words="缺货", flag=1, account="demo-agent", since=NOON, until=NOON + DAY)
    ),
    "open work items": lambda db: db.read(work_items.list_items, "demo", WorkItemFilter(state="open")),
    "a group's inbox": lambda db: db.read(
        work_items.list_items, "demo", WorkItemFilter(state="open", groups=("presale",))
    ),
    "a type's inbox": lambda db: db.read(
        work_items.list_items, "demo", WorkItemFilter(state="open", type="check_order")
    ),
    "one person's inbox": lambda db: db.read(
        work_items.list_items, "demo", WorkItemFilter(state="open", assignee="ana")
    ),
    "an inbox, second page": lambda db: db.read(
        work_items.list_items, "demo", WorkItemFilter(state="open", groups=("presale",)), 1, write_cursor(NOON, "wi-1")
    ),
    "open cases": lambda db: db.read(cases.open_case_ids),
    "pending actions": lambda db: db.read(actions.pending, NOON),
    "backlog": lambda db: db.read(new_orders.backlog, NOON),
    "new orders to be started": lambda db: db.read(new_orders.overdue, NOON),
    "what a case is to hear": lambda db: db.write(leases.take, T1, Lease(NOON, NOON + HOUR)),
}
FOUND: dict[str, Query] = {
    "one case": lambda db: db.read(cases.get_case, T1, "demo"),
    "cases of an order": _cases(CaseFilter(order_id="T1001")),
    "deadlines": lambda db: db.read(deadlines.deadlines, T1),
    "ledger": lambda db: db.read_at_once(ledger.ledger, T1),
    "parcels being stopped": lambda db: db.read(intercepts.being_stopped, T1),
    "memos of an order": lambda db: db.read(memo_search.search, "demo", MemoFilter(order_id="T1001")),
    "memos by waybill": lambda db: db.read(memo_search.search, "demo", MemoFilter(tracking_no="ZT1")),
    "memos by waybill and order": lambda db: db.read(
        memo_search.search, "demo", MemoFilter(tracking_no="ZT1", order_id="T1001")
    ),
    "memos": lambda db: db.read(memos.memos, T1),
    "messages": lambda db: db.read(messages.messages, "demo", "T1001", of=T1),
    "work items of a family": lambda db: db.read(work_items.list_items, "demo", WorkItemFilter(family=T1)),
    "search": lambda db: db.read(search.find_cases, "demo", "8000", personal=True),
    "a buyer's counts": lambda db: db.read(buyers.count_cases, "demo", "b-1"),
    "buyer": lambda db: db.read(buyers.buyer, T1),
    "work items of a case": lambda db: db.read(work_items.list_items, "demo", WorkItemFilter(case_id=T1)),
    "two groups' inbox": lambda db: db.read(
        work_items.list_items, "demo", WorkItemFilter(state="open", groups=("presale", "aftersale"))
    ),
    "rows of an inbox": lambda db: db.read(work_rows.cases_in_rows, [T1]),
    "counts of an inbox": lambda db: db.read(work_rows.count_open, "demo", "ana", NOON),
    "a session": lambda db: db.read(sessions.find_session, "hash", NOON),
    "work items of all states": lambda db: db.read(work_items.list_items, "demo"),
    "token": lambda db: db.read(tokens.find, "hash", NOON),
    "waiting cases": lambda db: db.read(leases.waiting_cases, NOON),
    "undelivered": lambda db: db.read(leases.undelivered),
    "the wall": lambda db: db.read_at_once(wall.wall, "demo", NOON),
    "gauges": lambda db: db.read(gauges.gauges, NOON),
    "facts of a parcel": lambda db: report(db, scan("signed", "s9")),
    "announcement of a parcel": lambda db: report(db, consigned("ZT1", "ship-9", "T2")),
}
FOUND |= {f"report {report.name}": _report(report) for report in REPORTS.values()}


pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture
async def filled(database: Database) -> Database:
    """A few cases, parcels and facts."""
    for order_id in ("T1001", "T2", "T3"):
        await open_order(database, order(order_id))
    await report(database, consigned(), scan("picked_up", "s1"), scan("scanned", "s2"), paid())
    return database


BY_INDEX = ("enable_seqscan", "enable_bitmapscan")
"""What is turned off so that a small table is read as a large one is."""


async def _plans(db: Database, query: Query, off: Sequence[str] = BY_INDEX) -> list[str]:
    """How PostgreSQL answers each statement of a query without what is turned off."""
    with statements(db) as sent:
        await query(db)
    return await db.read_at_once(_explain, sent, off)


def _explain(tx: Connection, sent: Sequence[tuple[str, Any]], off: Sequence[str]) -> list[str]:
    plans = []
    for setting in off:
        tx.execute(text(f"SET LOCAL {setting} = off"))
    for statement, parameters in sent:
        if statement.startswith("SELECT") and "FROM" in statement:
            explained = tx.exec_driver_sql(f"EXPLAIN {statement}", parameters)
            plans.append("\n".join(line for (line,) in explained))
    assert plans
    return plans


@pytest.mark.parametrize("name", [*SORTED, *FOUND])
async def test_a_query_goes_by_an_index(filled: Database, name: str) -> None:
    """No table is read from end to end."""
    for plan in await _plans(filled, {**SORTED, **FOUND}[name]):
        assert "Seq Scan" not in plan, plan
        assert "Index Cond" in plan, plan


@pytest.mark.parametrize("name", SORTED)
async def test_a_list_comes_sorted_out_of_its_index(filled: Database, name: str) -> None:
    """A page is read where it stands: nothing is sorted to find its beginning."""
    plan, *_ = await _plans(filled, SORTED[name], (*BY_INDEX, "enable_sort"))
    assert "Sort" not in plan, plan
