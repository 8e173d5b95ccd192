"""Invoices over fees: what stands booked, once each, whoever asks at the same time."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.case.ids import CaseKind
from store import intercept_invoices
from store.database import Database, add_rows
from store.intercept_invoices import InterceptInvoice, NothingToInvoice
from store.tables import CASES, LEDGER_ENTRIES
from tests.store.scenes import DAY, HOUR, NOON

CASE = "intercept:{merchant}:taobao:T1:1:{number}"


async def fee(
    db: Database,
    number: int,
    *,
    carrier: str = "zto",
    merchant: str = "demo",
    at_hour: int = 0,
    reversed_: bool = False,
) -> None:
    """An interception whose fee of three yuan was booked so many hours after noon."""
    case_id, at = CASE.format(merchant=merchant, number=number), NOON + at_hour * HOUR
    case = {
        "case_id": case_id,
        "kind": CaseKind.PARCEL_INTERCEPT,
        "merchant": merchant,
        "platform": "taobao",
        "order_id": "T1",
        "order_case_id": f"order:{merchant}:taobao:T1",
        "policy": "douyin",
        "stage": "intercepted",
        "open": True,
        "version": 2,
        "opened_at": at,
        "updated_at": at,
        "content_hash": "",
        "opening": {},
        "state": {"carrier": carrier},
    }
    entry = {
        "entry_id": f"{case_id}/1",
        "case_id": case_id,
        "order_case_id": case["order_case_id"],
        "number": 1,
        "version": 2,
        "at": at,
        "kind": "intercept_fee",
        "amount": Decimal("3.00"),
        "unit": "CNY",
        "debit": "merchant",
        "credit": "carrier",
        "rule": "S1-20",
        "cause": "errand",
        "reverses": "",
    }
    reversal = entry | {"entry_id": f"{case_id}/2", "number": 2, "cause": "mistake", "reverses": entry["entry_id"]}
    await db.write(add_rows, CASES, [case])
    await db.write(add_rows, LEDGER_ENTRIES, [entry, reversal] if reversed_ else [entry])


async def ask(db: Database, *, until: timedelta = DAY, carrier: str | None = None) -> InterceptInvoice | None:
    """An invoice over what was booked from noon on; None where there is nothing."""
    try:
        return await db.write(
            intercept_invoices.ask_for, "demo", NOON, NOON + until, carrier, "demo-finance", NOON + DAY
        )
    except NothingToInvoice:
        return None


@pytest.mark.rule("S1-33")
async def test_what_stands_booked_in_the_range(database: Database) -> None:
    """Reversed fees, other shops' and those at or after the end are left out; carriers can be told apart."""
    await fee(database, 1)
    await fee(database, 2, carrier="yto")
    await fee(database, 3, reversed_=True)
    await fee(database, 4, merchant="other")
    await fee(database, 5, at_hour=2)
    one = await ask(database, until=2 * HOUR, carrier="zto")
    assert one is not None
    assert (one.count, one.amount) == (1, Decimal("3.00"))
    rest = await ask(database)
    assert rest is not None
    assert (rest.count, rest.amount) == (2, Decimal("6.00"))
    assert (await database.read(intercept_invoices.list_invoices, "other")).items == []


@pytest.mark.rule("S1-33")
async def test_a_fee_is_on_one_invoice(database: Database) -> None:
    """Of several who ask at the same time one gets it."""
    await fee(database, 1)
    asked = await asyncio.gather(*(ask(database) for _ in range(5)))
    assert len([invoice for invoice in asked if invoice]) == 1
    assert await ask(database) is None


async def test_invoices_come_in_pages(database: Database) -> None:
    """The latest first."""
    for number in (1, 2, 3):
        await fee(database, number)
        await database.write(
            intercept_invoices.ask_for, "demo", NOON, NOON + DAY, None, "demo-finance", NOON + number * HOUR
        )
    first = await database.read(intercept_invoices.list_invoices, "demo", 2)
    second = await database.read(intercept_invoices.list_invoices, "demo", 2, first.next)
    hours = [(invoice.requested_at - NOON) // HOUR for invoice in (*first.items, *second.items)]
    assert (hours, second.next) == ([3, 2, 1], None)
