"""What becomes of the orders that were placed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.order.state import OrderOutcome, Source
from store.database import Database
from tests.domain.after_sale.made import paid, signed
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import PLACED, Order, at
from tests.store.reports.kept import asked, keep

TENTH, ELEVENTH = date(2026, 11, 10), date(2026, 11, 11)


def refunded(policy: str = "taobao-2012") -> Trade:
    trade = paid(source=Source.INQUIRY, policy=policy)
    trade.ask("refund_only", reason="other").act("agree")
    return trade


def completed() -> Trade:
    trade = signed(source=Source.INQUIRY)
    trade.until(at(days=30))
    return trade


def declined() -> Order:
    """Cash on delivery that the buyer did not want after all, when they were asked to confirm it."""
    order = Order(source=Source.CASH_ON_DELIVERY)
    order.state.outcome, order.state.closed_at = OrderOutcome.CANCELLED, order.now
    order.until(at(hours=1))
    order.consign()
    assert order.stage == "closed"
    return order


@pytest.mark.rule("S2-01")
async def test_orders_placed_paid_lost_and_completed(database: Database) -> None:
    """By day of placing and source; lost is what was closed, whether before payment or after."""
    unpaid, fresh = Order(source=Source.INQUIRY), Order(source=Source.INQUIRY)
    waiting, there = paid(source=Source.INQUIRY), signed(source=Source.INQUIRY)
    unpaid.until(at(days=5))
    lived = (completed(), completed(), refunded(), refunded("jd"), unpaid, fresh, waiting, there)
    for number, order in enumerate(lived):
        await keep(database, order, f"A{number}")
    await keep(database, Order(source=Source.SILENT), "B")
    await keep(database, Order(source=Source.INQUIRY, placed=PLACED - timedelta(minutes=1)), "C")
    assert await asked(database, "funnel") == [
        (TENTH, "inquiry", 1, 0, 0, 0, 0, 0, Decimal("0.0000")),
        (ELEVENTH, "inquiry", 8, 6, 1, 1, 1, 2, Decimal("0.3750")),
        (ELEVENTH, "silent", 1, 0, 0, 0, 0, 0, Decimal("0.0000")),
    ]
    assert [row[:2] for row in await asked(database, "funnel", (TENTH, TENTH))] == [(TENTH, "inquiry")]
    assert await asked(database, "funnel", merchant="other") == []


async def test_cash_on_delivery_is_paid_at_the_door(database: Database) -> None:
    """Not while it is on its way, nor where the buyer declined it; another way of paying is judged as such."""
    for order_id, status in (("A", "picked_up"), ("B", "signed")):
        order = Order(source=Source.CASH_ON_DELIVERY)
        order.consign(when=at(hours=1))
        order.scan(status, when=at(hours=2))
        await keep(database, order, order_id)
    await keep(database, declined(), "C")
    online = Order(source=Source.CASH_ON_DELIVERY)
    online.state.pays_online_since = at(hours=1)
    online.pay(when=at(hours=2))
    await keep(database, online, "D")
    assert [row[1:6] for row in await asked(database, "funnel")] == [("cash_on_delivery", 4, 2, 0, 1)]
    assert await asked(database, "disputes") == []


async def test_an_order_entered_long_after_it_was_placed_counts_when_it_was_placed(database: Database) -> None:
    """The day of placing is the buyer's, not the day that the shop's software reported it."""
    await keep(database, Order(placed=at(days=-40)), "A")
    assert [row[0] for row in await asked(database, "funnel", (date(2026, 10, 1), ELEVENTH))] == [date(2026, 10, 2)]
