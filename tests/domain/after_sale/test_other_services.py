"""Repairs, reships and price protection."""

from __future__ import annotations

import pytest

from domain.order.money import money
from domain.order.state import OrderOutcome
from domain.roles import Role
from tests.domain.after_sale.made import paid, shipped, signed
from tests.domain.orders import at, line

BUYER = Role.BUYER


@pytest.mark.rule("S3-04", "S4-48")
@pytest.mark.parametrize(("repair_by", "owner_is_told"), [("factory", False), ("shop", True), (None, False)])
def test_a_repair_by_factory_or_shop(repair_by: str | None, owner_is_told: bool) -> None:
    """The goods come back, are repaired and go out again; where the shop repairs, its owner is told."""
    ask = signed().ask("repair", reason="quality")
    ask.act("agree", repair_by=repair_by)
    assert ask.open_tasks() == (["repair_by_shop"] if owner_is_told else [])
    ask.send_back(freight="12.00")
    ask.inspect(cause="quality")
    assert ask.open_tasks() == ["ship_replacement"]
    ask.send_replacement()
    ask.act("confirm_replacement", BUYER)
    assert (ask.ended, ask.got()) == (("succeeded", "replaced"), {"freight_subsidy": "12.00"})


@pytest.mark.rule("S4-47")
def test_what_is_not_repaired_is_refused() -> None:
    """Who repairs is said of repairs alone."""
    ask = signed().ask("repair", reason="quality")
    ask.act("refuse", reason="not_repairable", message="抱歉，该商品无法维修")
    assert ask.stage == "refused"
    assert signed().ask("exchange").refused("agree", repair_by="shop") == ["not_a_repair"]


@pytest.mark.rule("S3-04", "S4-44", "S4-46")
def test_a_reship_sends_goods_at_once() -> None:
    """Nothing comes back: agreed, the warehouse sends, the buyer confirms; the line stays theirs."""
    trade = shipped()
    ask = trade.ask("reship", reason="not_received")
    ask.act("agree")
    assert (ask.stage, ask.open_tasks()) == ("awaiting_replacement", ["ship_replacement"])
    ask.send_replacement()
    ask.scan("signed", "zto/ZT2", when=at(days=5))
    assert ask.open_tasks() == [], "the replacement is not inspected"
    ask.act("confirm_replacement", BUYER)
    assert (ask.ended, ask.got(), trade.line().refunded) == (("succeeded", "replaced"), {}, False)


def test_a_reship_that_cannot_be_sent_becomes_a_refund() -> None:
    """The buyer amends it while the warehouse has not sent; the seller answers again."""
    trade = shipped()
    ask = trade.ask("reship", reason="not_received")
    ask.act("agree")
    trade.until(at(days=2))
    ask.act("amend", BUYER, service="refund_only")
    assert (ask.stage, ask.open_tasks()) == ("awaiting_seller", ["review_after_sale"])
    ask.act("agree")
    assert (ask.got(), trade.state.outcome) == ({"refund": "209.00"}, OrderOutcome.REFUNDED)


def test_nothing_is_sent_again_before_it_was_shipped() -> None:
    """Ask for a refund, or wait."""
    assert paid().ask_refused("reship", reason="late") == ["not_shipped"]


@pytest.mark.rule("S4-25")
def test_price_protection_pays_the_difference() -> None:
    """As a compensation, which is no refund; the goods and the trade stay as they are."""
    trade = signed()
    ask = trade.ask("price_protection", reason="other", amount="20.00")
    ask.act("agree")
    assert (ask.ended, ask.got()) == (("succeeded", "compensated"), {"compensation": "20.00"})
    standing = money(trade.state)
    assert (f"{standing.refunded}", f"{standing.compensated}") == ("0.00", "20.00")
    assert (trade.line().refunded, trade.stage) == (False, "delivered")


@pytest.mark.rule("S4-25")
def test_what_was_compensated_is_not_refunded_again() -> None:
    """A return after it pays what was left of the price."""
    trade = signed()
    trade.ask("price_protection", reason="other", amount="20.00").act("agree")
    ask = trade.ask("return_refund")
    ask.act("agree")
    ask.send_back()
    ask.inspect()
    assert (ask.got(), trade.line().refunded) == ({"refund": "179.00"}, True)


def test_even_of_unshipped_goods_no_freight_is_compensated() -> None:
    """A difference of price is of the price; the freight goes back once, with the goods."""
    trade = paid()
    assert trade.ask_refused("price_protection", reason="other", amount="199.01") == ["amount_too_high"]
    trade.ask("price_protection", reason="other", amount="199.00").act("agree")
    ask = trade.ask("refund_only", reason="other")
    ask.act("agree")
    assert (ask.got(), trade.state.outcome) == ({"refund": "10.00"}, OrderOutcome.REFUNDED)


def test_price_protection_may_be_granted_in_part_or_refused() -> None:
    """It is the seller's to decide."""
    trade = signed(line("1"), line("2"))
    part, none = (trade.ask("price_protection", number, reason="other", amount="20.00") for number in ("1", "2"))
    part.act("agree", amount="5.00")
    none.act("refuse", reason="too_late", message="价保期已过")
    assert (part.got(), none.stage) == ({"compensation": "5.00"}, "refused")


def test_the_platform_rules_the_difference_that_was_asked() -> None:
    """No amount named: what the buyer asked for, as a compensation, and never the whole price."""
    ask = signed().ask("price_protection", reason="other", amount="20.00")
    ask.act("refuse", reason="too_late", message="价保期已过")
    ask.act("ask_platform", BUYER)
    ask.act("rule", Role.PLATFORM, in_favour_of="buyer")
    assert (ask.ended, ask.got()) == (("succeeded", "compensated"), {"compensation": "20.00"})


def test_a_return_cannot_become_price_protection_without_a_sum() -> None:
    """The difference has to be said."""
    ask = signed().ask("return_refund", reason="other")
    assert ask.refused("amend", BUYER, service="price_protection") == ["amount_required"]
    assert ask.refused("amend", BUYER, service="price_protection", amount="9.00") == []


def test_a_compensation_spreads_over_the_lines_by_their_worth() -> None:
    """So that each line is worth less afterwards, and none is paid back by it alone."""
    trade = signed(line("1", "100.00"), line("2", "200.00"))
    ask = trade.ask("price_protection", reason="other", amount="100.00")
    ask.act("agree")
    assert {number: f"{amount}" for number, amount in ask.view.back.items()} == {"1": "33.34", "2": "66.66"}
