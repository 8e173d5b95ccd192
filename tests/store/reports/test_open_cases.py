"""What is open, by where it stands."""

from datetime import date

from store.database import Database
from tests.domain.after_sale.made import paid
from tests.domain.orders import Order, at
from tests.store.reports.kept import asked, keep

ELEVENTH, TWELFTH = date(2026, 11, 11), date(2026, 11, 12)


async def test_open_cases_by_kind_and_stage(database: Database) -> None:
    """Whatever day they were opened on; those of the period stand beside them, what has ended is left out."""
    await keep(database, paid().ask("refund_only", reason="other").trade, "A")
    for order_id in ("B", "C"):
        await keep(database, Order(), order_id, platform="tmall")
    ended = Order()
    ended.until(at(days=5))
    assert not ended.state.open
    await keep(database, ended, "D")
    rows = [
        ("after_sale", "awaiting_seller", 1, 1, ELEVENTH),
        ("order", "awaiting_payment", 2, 2, ELEVENTH),
        ("order", "awaiting_shipment", 1, 1, ELEVENTH),
    ]
    assert await asked(database, "open_cases") == rows
    later = await asked(database, "open_cases", (TWELFTH, TWELFTH))
    assert later == [(kind, stage, number, 0, oldest) for kind, stage, number, _, oldest in rows]
    assert await asked(database, "open_cases", merchant="other") == []
