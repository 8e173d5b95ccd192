"""Why buyers did not pay, day by day."""

from datetime import date, timedelta

import pytest

from store.database import Database
from tests.domain.orders import Order, at
from tests.store.reports.kept import asked, call, keep

ELEVENTH, TWELFTH = date(2026, 11, 11), date(2026, 11, 12)


@pytest.mark.rule("S2-42", "S2-45")
async def test_each_day_s_reasons_are_counted_by_buyer(database: Database) -> None:
    """The most frequent first; a buyer who says it twice counts once, days are the China clock's."""
    one, two, three = [
        await keep(database, Order(), order, buyer=buyer) for order, buyer in (("A", "b-1"), ("B", "b-1"), ("C", "b-2"))
    ]
    for case_id in (one, two, three):
        await call(database, case_id, at(hours=11), reason="too_expensive", promised=at(days=1))
    await call(database, three, at(hours=16), reason="considering")
    await call(database, one, at(hours=23, minutes=59), reason="payment_tool")
    await call(database, one, at(hours=24), reason="payment_tool")
    assert await asked(database, "unpaid_reasons") == [
        (ELEVENTH, "too_expensive", 2, 2),
        (ELEVENTH, "considering", 1, 0),
        (ELEVENTH, "payment_tool", 1, 0),
        (TWELFTH, "payment_tool", 1, 0),
    ]
    assert len(await asked(database, "unpaid_reasons", (ELEVENTH, ELEVENTH))) == 3
    assert await asked(database, "unpaid_reasons", (TWELFTH, TWELFTH)) == [(TWELFTH, "payment_tool", 1, 0)]
    assert await asked(database, "unpaid_reasons", (TWELFTH + timedelta(1), TWELFTH + timedelta(9))) == []


async def test_only_buyers_who_answered_gave_a_reason(database: Database) -> None:
    """A busy line gives none, nor does a task that settled itself; not wanted is one; other shops stay apart."""
    case_id, other = await keep(database, Order()), await keep(database, Order(), merchant="other")
    await call(database, case_id, at(hours=11), "busy", "too_expensive")
    await call(database, case_id, at(hours=12), "reached")
    await call(database, case_id, at(hours=13), "reached", "other", state="superseded")
    await call(database, other, at(hours=11), reason="balance_short")
    await call(database, case_id, at(hours=16), "not_wanted")
    assert await asked(database, "unpaid_reasons") == [(ELEVENTH, "not_wanted", 1, 0)]
