"""Agreed prices (S2-90)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.order.state import Source
from domain.roles import Role
from tests.domain.orders import PLACED, at
from tests.domain.people import Worked

END_OF_DAY = PLACED + timedelta(hours=24, seconds=-30)
"""Midnight after 11 November on the China clock."""


def quoted(**options: str) -> Worked:
    order = Worked()
    order.act("quote_price", line_id="1", amount="180.00", **options)
    return order


@pytest.mark.rule("S2-90")
def test_a_price_without_a_limit_is_good_that_day_only() -> None:
    """Until midnight in China; from then on the seller may refuse it, and says until when it was good."""
    order = quoted()
    order.until(END_OF_DAY - timedelta(seconds=1))
    order.act("take_quote", Role.BUYER, quote_id="quote-1")
    assert str(order.state.total) == "190.00"
    late = quoted()
    late.until(END_OF_DAY)
    assert late.against("take_quote", Role.BUYER) == ["no_quote"]
    assert late.refused("take_quote", Role.BUYER, quote_id="quote-1") == ["quote_expired", "no_quote"]


def test_a_price_with_a_limit_is_good_until_then() -> None:
    """The agent said until when."""
    order = quoted(valid_until=at(days=2).isoformat())
    order.until(at(days=1, hours=20))
    order.act("take_quote", Role.BUYER, quote_id="quote-1")
    order.pay("190.00")
    assert order.stage == "awaiting_shipment"


@pytest.mark.parametrize(
    ("input_", "code"),
    [
        ({"line_id": "9", "amount": "1.00"}, "unknown_line"),
        ({"line_id": "1", "amount": "200.00"}, "amount_too_high"),
        ({"line_id": "1", "amount": "1.00", "valid_until": at(hours=-1).isoformat()}, "valid_until_in_past"),
    ],
)
def test_what_is_not_quoted(input_: dict[str, str], code: str) -> None:
    """A price for a line of the order, lower than it is, for some time to come."""
    assert Worked().refused("quote_price", **input_) == [code]


def test_a_paid_order_keeps_its_price() -> None:
    """After payment money goes back by a refund, not by a price."""
    order = quoted()
    order.pay()
    assert order.refused("take_quote", quote_id="quote-1") == ["already_paid"]
    assert order.refused("quote_price", line_id="1", amount="1.00") == ["already_paid"]


def test_goods_that_left_keep_their_price() -> None:
    """Cash on delivery is paid at the door what it was sent for."""
    order = Worked(source=Source.CASH_ON_DELIVERY)
    order.consign(when=at(hours=1))
    assert order.refused("quote_price", line_id="1", amount="1.00") == ["already_shipped"]


def test_a_quote_that_nobody_made() -> None:
    """It is not there to be taken."""
    assert quoted().refused("take_quote", quote_id="quote-9") == ["unknown_quote"]


@pytest.mark.rule("S2-37")
def test_whoever_calls_reads_out_the_price_that_holds_now() -> None:
    """A task made before the price was agreed on names the new one."""
    order = quoted()
    order.until(at(hours=2))
    assert order.open_task("payment_reminder").values["amount"] == "209.00"
    order.act("take_quote", Role.BUYER, quote_id="quote-1")
    task = order.open_task("payment_reminder")
    assert (task.values["amount"], task.version) == ("190.00", order.state.version), "the inbox learns of it"


@pytest.mark.rule("S2-90")
def test_a_price_is_taken_once_and_never_a_dearer_one() -> None:
    """A buyer who has a lower price keeps it."""
    order = Worked()
    for amount in ("180.00", "150.00", "120.00"):
        order.act("quote_price", line_id="1", amount=amount)
    order.act("take_quote", quote_id="quote-2")
    assert order.refused("take_quote", quote_id="quote-2") == ["quote_used"]
    assert order.refused("take_quote", quote_id="quote-1") == ["quote_dearer"]
    order.act("take_quote", quote_id="quote-3")
    assert order.refused("take_quote", quote_id="quote-1") == ["quote_dearer", "no_quote"]
    assert str(order.state.total) == "130.00"
