"""What buyers ask for after the sale, and what came of it."""

from datetime import date
from decimal import Decimal

from domain.roles import Role
from store.database import Database
from tests.domain.after_sale.made import paid, signed
from tests.domain.after_sale.trade import Request
from tests.domain.orders import at
from tests.store.reports.kept import asked, keep

FOURTEENTH = date(2026, 11, 14)


def agreed_after(hours: float) -> Request:
    """A refund of unshipped goods that is agreed to so long after it was asked for."""
    ask = paid().ask("refund_only", reason="out_of_stock")
    ask.trade.until(at(hours=hours))
    ask.act("agree")
    return ask


async def test_requests_by_service_and_reason(database: Database) -> None:
    """Agreed, refused, decided, paid back and how long it took; of each service the most frequent first."""
    for number, hours in enumerate((2, 3, 10)):
        await keep(database, agreed_after(hours).trade, f"A{number}")
    await keep(database, paid_and_asked("other").trade, "B")
    refused = signed().ask("return_refund", reason="quality")
    refused.act("refuse", reason="no_defect", message="照片看不出质量问题")
    await keep(database, refused.trade, "C")
    won = signed().ask("return_refund", reason="quality")
    won.act("refuse", reason="no_defect", message="照片看不出质量问题")
    won.act("agree")
    await keep(database, won.trade, "D")
    difference = signed().ask("price_protection", reason="other", amount="20.00")
    difference.act("agree")
    await keep(database, difference.trade, "E")
    zero = Decimal("0.00")
    assert await asked(database, "after_sale_reasons") == [
        ("price_protection", "other", 1, 1, 0, 1, zero, Decimal("20.00"), Decimal("0.0")),
        ("refund_only", "out_of_stock", 3, 3, 0, 3, Decimal("627.00"), zero, Decimal("3.0")),
        ("refund_only", "other", 1, 0, 0, 0, zero, zero, None),
        ("return_refund", "quality", 2, 1, 2, 0, zero, zero, None),
    ]
    assert await asked(database, "after_sale_reasons", merchant="other") == []


def paid_and_asked(reason: str) -> Request:
    """A refund of unshipped goods that nobody has answered."""
    return paid().ask("refund_only", reason=reason)


async def test_the_day_of_asking_counts_and_what_is_asked_for_now(database: Database) -> None:
    """A request of another day is left out; an amended one counts as what it became."""
    ask = signed()
    ask.until(at(days=3))
    amended = ask.ask("return_refund", reason="no_reason")
    amended.act("amend", Role.BUYER, reason="wrong_item")
    await keep(database, ask, "A")
    (row,) = await asked(database, "after_sale_reasons", (FOURTEENTH, FOURTEENTH))
    assert row[:3] == ("return_refund", "wrong_item", 1)
    assert await asked(database, "after_sale_reasons", (date(2026, 11, 13),) * 2) == []
    assert await asked(database, "after_sale_reasons", (date(2026, 11, 15),) * 2) == []
