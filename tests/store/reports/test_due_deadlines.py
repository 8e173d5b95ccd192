"""What falls due, hour by hour."""

from datetime import date

from store.database import Database
from tests.domain.orders import Order, at
from tests.store.reports.kept import asked, keep

FIFTEENTH = date(2026, 11, 15)


async def test_running_deadlines_by_hour(database: Database) -> None:
    """Paid at midnight and an hour and a half later, to be shipped within three days: hours of the China clock."""
    for order_id, hours in (("A", 0), ("B", 1.5), ("C", 1.9)):
        order = Order()
        order.pay(when=at(hours=hours))
        await keep(database, order, order_id)
    shipped = Order()
    shipped.pay()
    shipped.consign(when=at(hours=1))
    shipped.scan(when=at(hours=2))
    await keep(database, shipped, "D")
    due = [row for row in await asked(database, "due_deadlines") if row[1] == "ship_by"]
    assert due == [("2026-11-14 00:00", "ship_by", 1), ("2026-11-14 01:00", "ship_by", 2)]
    assert await asked(database, "due_deadlines", (FIFTEENTH, FIFTEENTH)) == []
    assert await asked(database, "due_deadlines", merchant="other") == []
