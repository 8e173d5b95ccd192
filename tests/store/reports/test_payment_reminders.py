"""What calls about payment bring in."""

from datetime import date
from decimal import Decimal

import pytest

from store.database import Database
from tests.domain.orders import Order, at
from tests.store.reports.kept import asked, call, keep

ELEVENTH, TWELFTH = date(2026, 11, 11), date(2026, 11, 12)


def paid_in(hours: float, *amounts: str) -> Order:
    """An order of 209 yuan that is paid so long after placing, in one go or in parts."""
    order = Order()
    for amount in amounts or ("209.00",):
        order.pay(amount, when=at(hours=hours))
    return order


@pytest.mark.rule("S2-45")
async def test_calls_and_what_they_bring_by_day_and_account(database: Database) -> None:
    """An order called twice by one person counts once and its money once; money from before the call does not."""
    parts = await keep(database, paid_in(17, "100.00", "109.00"), "A")
    never = await keep(database, Order(), "B")
    before = await keep(database, paid_in(10), "C")
    await call(database, parts, at(hours=11), "busy")
    await call(database, parts, at(hours=16), "reached", "considering")
    await call(database, never, at(hours=16), "not_wanted")
    await call(database, before, at(hours=11), "not_self")
    await call(database, parts, at(hours=16), "unreachable", by="xiao-wang")
    await call(database, parts, at(hours=35), "reached", by="xiao-wang")
    assert await asked(database, "payment_reminders") == [
        (ELEVENTH, "xiao-li", 4, 1, 1, 1, 1, 0, 3, 1, Decimal("0.3333"), Decimal("209.00")),
        (ELEVENTH, "xiao-wang", 1, 0, 0, 0, 0, 1, 1, 1, Decimal("1.0000"), Decimal("209.00")),
        (TWELFTH, "xiao-wang", 1, 1, 0, 0, 0, 0, 1, 0, Decimal("0.0000"), Decimal("0.00")),
    ]
    assert len(await asked(database, "payment_reminders", (ELEVENTH, ELEVENTH))) == 2
    assert len(await asked(database, "payment_reminders", (TWELFTH, TWELFTH))) == 1
    assert await asked(database, "payment_reminders", merchant="other") == []


async def test_money_at_the_very_moment_of_the_call_counts(database: Database) -> None:
    """The buyer pays while they are on the phone."""
    case_id = await keep(database, paid_in(11))
    await call(database, case_id, at(hours=11))
    (row,) = await asked(database, "payment_reminders")
    assert row[-3:] == (1, Decimal("1.0000"), Decimal("209.00"))
