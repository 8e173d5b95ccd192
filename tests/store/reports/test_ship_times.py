"""From payment to the carrier's first scan."""

from datetime import date
from decimal import Decimal

import pytest

from domain.order.state import Source
from domain.roles import Role
from store.database import Database
from tests.domain.after_sale.made import paid
from tests.domain.orders import Order, at, line
from tests.store.reports.kept import asked, keep

ELEVENTH, TWELFTH = date(2026, 11, 11), date(2026, 11, 12)
NOTHING = (None, None)


def shipped_in(hours: float, paid_after: float = 0) -> Order:
    """Paid, and with the carrier so many hours later; scanned once more after that."""
    order = Order()
    order.pay(when=at(hours=paid_after))
    order.consign(when=at(hours=paid_after))
    order.scan(when=at(hours=paid_after + hours))
    order.scan("scanned", when=at(hours=paid_after + hours + 5))
    return order


@pytest.mark.rule("S2-84")
async def test_hours_and_shares_by_day_and_platform(database: Database) -> None:
    """The carrier's first scan counts; what has not left is in the shares' whole; the 73rd hour is late."""
    for number, hours in enumerate((10, 24, 30, 50, 73)):
        await keep(database, shipped_in(hours), f"A{number}")
    waiting = Order()
    waiting.pay()
    waiting.consign(when=at(hours=1))
    await keep(database, waiting, "B")
    await keep(database, shipped_in(2.5), "C", platform="tmall")
    await keep(database, shipped_in(1, paid_after=24), "D")
    rows = [
        (ELEVENTH, "taobao", 6, 0, 5, 1, *map(Decimal, ("30.0", "63.8", "0.3333", "0.5", "0.6667", "0.1667"))),
        (ELEVENTH, "tmall", 1, 0, 1, 0, *map(Decimal, ("2.5", "2.5", "1", "1", "1", "0"))),
        (TWELFTH, "taobao", 1, 0, 1, 0, *map(Decimal, ("1.0", "1.0", "1", "1", "1", "0"))),
    ]
    assert await asked(database, "ship_times") == rows
    assert await asked(database, "ship_times", (ELEVENTH, ELEVENTH)) == rows[:2]
    assert await asked(database, "ship_times", (TWELFTH, TWELFTH)) == rows[2:]
    assert await asked(database, "ship_times", merchant="other") == []


async def test_what_no_carrier_was_to_have_is_not_waited_for(database: Database) -> None:
    """Refunded before shipping: called off; custom goods, virtual goods and unpaid orders are left out."""
    off = paid()
    off.ask("refund_only", reason="other")
    (request,) = off.children
    off.take(off.children[request], off.children[request].life.action("agree"), Role.AGENT, {})
    await keep(database, off, "A")
    for number, goods in enumerate((line(made_to_order=True), line(virtual=True))):
        order = Order(goods)
        order.pay()
        await keep(database, order, f"B{number}")
    await keep(database, Order(), "C")
    assert await asked(database, "ship_times") == [(ELEVENTH, "taobao", 1, 1, 0, 0, *NOTHING, None, None, None, None)]


async def test_cash_on_delivery_counts_from_the_confirmation(database: Database) -> None:
    """Not from placing: until the buyer has confirmed nothing is to be shipped (S2-18)."""
    order = Order(source=Source.CASH_ON_DELIVERY)
    await keep(database, order, "A")
    order.until(at(hours=25))
    order.act("confirm_cod")
    order.consign(when=at(hours=26))
    order.scan(when=at(hours=28))
    await keep(database, order, "B")
    (row,) = await asked(database, "ship_times")
    assert row[:7] == (TWELFTH, "taobao", 1, 0, 1, 0, Decimal("3.0"))


async def test_a_penalty_that_was_taken_back_is_none(database: Database) -> None:
    """A scan in the 71st hour that is learnt of in the 80th: shipped in time after all."""
    order = Order()
    order.pay()
    order.consign(when=at(hours=1))
    order.until(at(hours=80))
    late = order.penalty
    order.happened("parcel.picked_up", {"carrier": "zto", "tracking_no": "ZT1"}, when=at(hours=71))
    assert (late, order.penalty) == ((3, "9.95"), (0, "0.00"))
    await keep(database, order)
    (row,) = await asked(database, "ship_times")
    assert row[2:8] == (1, 0, 1, 0, Decimal("71.0"), Decimal("71.0"))
