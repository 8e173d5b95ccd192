"""From asking for money to its payment."""

from datetime import date
from decimal import Decimal

from store.database import Database
from tests.domain.after_sale.made import paid, signed
from tests.domain.after_sale.trade import Request
from tests.domain.orders import at
from tests.store.reports.kept import asked, keep

ELEVENTH, TWELFTH = date(2026, 11, 11), date(2026, 11, 12)


def agreed_after(hours: float) -> Request:
    """A refund of unshipped goods that is agreed to, and paid, so long after it was asked for."""
    ask = paid().ask("refund_only", reason="out_of_stock")
    ask.trade.until(at(hours=hours))
    ask.act("agree")
    return ask


async def test_hours_and_shares_by_day_and_platform(database: Database) -> None:
    """What nobody has answered has no time yet; a compensation is no refund."""
    for number, hours in enumerate((2, 3, 40)):
        await keep(database, agreed_after(hours).trade, f"A{number}")
    await keep(database, paid().ask("refund_only", reason="other").trade, "B")
    await keep(database, paid().ask("refund_only", reason="other").trade, "C", platform="tmall")
    difference = signed().ask("price_protection", reason="other", amount="20.00")
    difference.act("agree")
    await keep(database, difference.trade, "D")
    none = (None, None, None, None)
    rows = [
        (ELEVENTH, "taobao", 4, 3, Decimal("627.00"), *map(Decimal, ("3.0", "32.6", "0.6667", "1"))),
        (ELEVENTH, "tmall", 1, 0, Decimal("0.00"), *none),
    ]
    assert await asked(database, "refund_times") == rows
    assert await asked(database, "refund_times", (TWELFTH, TWELFTH)) == []
    assert await asked(database, "refund_times", merchant="other") == []
