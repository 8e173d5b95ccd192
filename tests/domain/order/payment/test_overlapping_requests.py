"""Freight of the order and of the shop, where requests overlap and none knows of the others."""

from __future__ import annotations

from itertools import permutations

import pytest

from domain.order.money import money
from tests.domain.after_sale.made import paid, signed
from tests.domain.after_sale.outside import Payer
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.orders import at, line

LINES = (line("1", "50.00"), line("2", "60.00"))


def refunded(trade: Trade) -> str:
    return f"{money(trade.state).refunded}"


def come_back(*asks: Request) -> None:
    """Agreed to and sent in one box; the warehouse inspects each."""
    for ask in asks:
        ask.act("agree")
        ask.send_back("yto/BOX")
    for ask in asks:
        ask.inspect()


def test_both_agreed_to_while_the_partner_is_away() -> None:
    """The freight goes back with the last of the goods, once."""
    trade = paid(*LINES, payer=Payer.SILENT)
    for ask in [trade.ask("refund_only", number, reason="other") for number in ("1", "2")]:
        ask.act("agree")
    trade.payer = Payer.PAYS
    trade.until(trade.now)
    assert (refunded(trade), trade.state.outcome, trade.state.open) == ("120.00", "refunded", False)


def test_both_timed_out() -> None:
    """Silence is consent to both, at the same moment."""
    trade = paid(*LINES)
    for number in ("1", "2"):
        trade.ask("refund_only", number, reason="other")
    trade.until(at(days=9))
    assert refunded(trade) == "120.00"


def test_two_quality_returns_in_one_box() -> None:
    """Inspected one after the other while letters are on their way."""
    trade = signed(*LINES)
    asks = [trade.ask("return_refund", number, reason="quality") for number in ("1", "2")]
    trade.letters_wait = True
    come_back(*asks)
    trade.letters_wait = False
    trade.until(trade.now)
    assert refunded(trade) == "120.00"


@pytest.mark.parametrize("overlap", [True, False])
@pytest.mark.parametrize("order", list(permutations(("1", "2"))))
def test_the_shops_freight_is_deducted_once(*, overlap: bool, order: tuple[str, ...]) -> None:
    """In whichever order the lines return, one after the other or at once."""
    trade = signed(*LINES, freight="0.00")
    trade.set_up(shop={"outbound_freight": "8.00"})
    asks = []
    trade.letters_wait = overlap
    for number in order:
        asks.append(trade.ask("return_refund", number))
        if not overlap:
            come_back(asks[-1])
    if overlap:
        come_back(*asks)
        trade.letters_wait = False
        trade.until(trade.now)
    assert refunded(trade) == "102.00"


@pytest.mark.parametrize("order", list(permutations(("1", "2"))))
def test_a_line_that_does_not_bear_it_all(order: tuple[str, ...]) -> None:
    """What is left of it the next line bears, and no more."""
    trade = signed(line("1", "5.00"), line("2", "60.00"), freight="0.00")
    trade.set_up(shop={"outbound_freight": "8.00"})
    for number in order:
        come_back(trade.ask("return_refund", number))
    assert refunded(trade) == "57.00"


@pytest.mark.parametrize("order", list(permutations((0, 1))))
@pytest.mark.parametrize(
    ("causes", "subsidised"), [(("quality", "quality"), 1), (("buyer", "quality"), 1), (("buyer", "buyer"), 0)]
)
def test_the_return_freight_of_one_box_is_paid_once(
    order: tuple[int, ...], causes: tuple[str, ...], subsidised: int
) -> None:
    """Whoever of those that came in it is inspected first; where one is at the seller's fault, they bear it."""
    trade = signed(*LINES)
    asks = [trade.ask("return_refund", number, reason="quality") for number in ("1", "2")]
    for ask in asks:
        ask.act("agree")
        ask.send_back("yto/BOX", "12.00")
    for one in order:
        asks[one].inspect(cause=causes[one])
    ledgers = [trade.state.ledger, *(ask.state.ledger for ask in asks)]
    booked = [f"{entry.amount}" for ledger in ledgers for entry in ledger if entry.kind == "freight_subsidy"]
    assert booked == ["12.00"] * subsidised


def test_two_boxes_are_two_freights() -> None:
    """Each is paid back, up to the cap."""
    trade = signed(*LINES)
    for number in ("1", "2"):
        ask = trade.ask("return_refund", number, reason="quality")
        ask.act("agree")
        ask.send_back(f"yto/BOX{number}", "16.00")
        ask.inspect(cause="quality")
        assert ask.got()["freight_subsidy"] == "15.00"
