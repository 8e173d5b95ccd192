"""Refunds that went to the platform."""

from datetime import date
from decimal import Decimal

import pytest

from domain.complaint.state import ComplaintType
from domain.roles import Role
from store.database import Database
from tests.domain.after_sale.made import paid, signed
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.complaint.complained import complained
from tests.domain.orders import Order, at
from tests.store.reports.kept import asked, keep, keep_case


def confirmed() -> Trade:
    """An order whose buyer confirmed receipt."""
    trade = signed()
    trade.act("confirm_receipt", Role.BUYER)
    return trade


def at_the_platform() -> Request:
    """A return that was refused and taken to the platform."""
    ask = signed().ask("return_refund", reason="quality")
    ask.act("refuse", reason="no_defect", message="照片看不出质量问题")
    ask.act("ask_platform", Role.BUYER)
    return ask


def ruled(side: str) -> Request:
    ask = at_the_platform()
    ask.act("rule", Role.PLATFORM, in_favour_of=side)
    return ask


@pytest.mark.rule("S4-59")
async def test_the_dispute_rate_is_of_the_orders_that_ended(database: Database) -> None:
    """Two completed, two refunded, four requests: three disputed, one ruled for each side, one undecided."""
    for number in range(2):
        await keep(database, confirmed(), f"A{number}")
    granted = paid().ask("refund_only", reason="other")
    granted.act("agree")
    for order_id, ask in (("B", granted), ("C", ruled("buyer")), ("D", ruled("seller")), ("E", at_the_platform())):
        await keep(database, ask.trade, order_id)
    assert await asked(database, "disputes") == [
        ("2026-11", "taobao", 4, 4, 3, 1, 1, 0, 0, Decimal("0.7500")),
    ]
    assert await asked(database, "disputes", merchant="other") == []


async def test_what_is_no_refund_is_no_disputed_refund(database: Database) -> None:
    """An exchange before the platform does not count; an order never paid is none; nothing ended, no rate."""
    exchange = signed().ask("exchange", reason="quality", wanted_sku="SKU-2")
    exchange.act("refuse", reason="no_defect", message="照片看不出质量问题")
    exchange.act("ask_platform", Role.BUYER)
    await keep(database, exchange.trade, "A")
    unpaid = Order()
    unpaid.until(at(days=5))
    assert unpaid.state.outcome == "unpaid"
    await keep(database, unpaid, "B")
    assert await asked(database, "disputes") == []
    await keep(database, at_the_platform().trade, "C", platform="tmall")
    assert await asked(database, "disputes") == [("2026-11", "tmall", 0, 1, 1, 0, 0, 0, 0, None)]


async def test_orders_count_in_the_month_they_ended(database: Database) -> None:
    """Receipt confirmed on 30 November at 23:59 in China is November's, a minute and a half later December's."""
    for order_id, seconds in (("A", 0), ("B", 90)):
        trade = paid()
        trade.consign(when=at(days=11))
        trade.scan("signed", when=at(days=12))
        trade.until(at(days=19, hours=23, minutes=58, seconds=seconds))
        trade.act("confirm_receipt", Role.BUYER)
        await keep(database, trade, order_id)
    both = (date(2026, 11, 30), date(2026, 12, 1))
    assert [(row[0], row[2]) for row in await asked(database, "disputes", both)] == [("2026-11", 1), ("2026-12", 1)]
    assert [(row[0], row[2]) for row in await asked(database, "disputes")] == [("2026-11", 1)]


async def test_complaints_that_were_left_to_the_platform(database: Database) -> None:
    """One upheld, one dismissed, one undecided that the seller was silent on; not one that they have to answer."""
    upheld, dismissed, silent, fresh = (complained(ComplaintType.CONSUMER_PROTECTION) for _ in range(4))
    for complaint, right in ((upheld, True), (dismissed, False)):
        complaint.answer()
        complaint.rule(upheld=right)
    silent.until(at(days=20))
    assert (silent.stage, fresh.stage) == ("platform_intervention", "awaiting_seller")
    for order_id, complaint in (("A", upheld), ("B", dismissed), ("C", silent), ("D", fresh)):
        await keep_case(database, complaint.state, order_id)
    ((*_, complaints, complaints_upheld, rate),) = await asked(database, "disputes")
    assert (complaints, complaints_upheld, rate) == (3, 1, None)
