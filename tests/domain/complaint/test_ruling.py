"""What a ruling pays: within what is left of the price, once, by the partner or by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from domain.roles import Role
from tests.domain.after_sale.made import signed
from tests.domain.after_sale.outside import Payer
from tests.domain.complaint.complained import BUYER, FINANCE, PLATFORM, Complaint, Type, complained
from tests.domain.orders import line


def answered(type_: Type = Type.CONSUMER_PROTECTION, **options: Any) -> Complaint:
    """A complaint that the platform may rule on."""
    complaint = complained(type_, **options)
    complaint.answer()
    return complaint


@pytest.mark.parametrize("type_", [Type.FAKE_SHIPMENT, Type.LATE_SHIPMENT])
def test_no_amount_beside_what_lateness_costs(type_: Type) -> None:
    """Its compensation is fixed by the rules and booked with the order: the ruling cannot add another."""
    complaint = answered(type_)
    assert complaint.refused("rule", PLATFORM, upheld=True, amount="5.00") == ["compensation_fixed"]


def test_what_is_dismissed_compensates_nothing() -> None:
    """An amount goes with upholding only."""
    complaint = answered()
    assert complaint.refused("rule", PLATFORM, upheld=False, amount="5.00") == ["amount_without_upholding"]


def test_never_more_than_the_price_that_is_left() -> None:
    """What a request has paid back, or may still pay, is not compensated again."""
    trade = signed(line("1", "100.00"), line("2", "200.00"))
    complaint = Complaint(trade, Type.CONSUMER_PROTECTION)
    complaint.answer()
    request = trade.ask("return_refund", "2", reason="quality")
    assert complaint.refused("rule", PLATFORM, upheld=True, amount="100.01") == ["amount_too_high"]
    request.act("withdraw", BUYER)
    complaint.rule(upheld=True, amount="300.00")
    assert complaint.ended == "upheld"


def test_what_was_compensated_is_not_refunded_again() -> None:
    """A ruling lowers what a later request may ask for, line by line."""
    complaint = answered()
    complaint.rule(upheld=True, amount="49.00")
    trade = complaint.trade
    assert trade.ask_refused("return_refund", reason="no_reason", amount="150.01") == ["amount_too_high"]
    assert trade.ask("return_refund", reason="no_reason", amount="150.00").stage == "awaiting_seller"


def test_a_matter_is_ruled_on_once() -> None:
    """After a ruling the same type cannot be filed again, for nothing is compensated twice; withdrawn it can."""
    complaint = answered()
    complaint.rule(upheld=True, amount="10.00")
    trade = complaint.trade
    assert trade.refused("file_complaint", BUYER, type="consumer_protection") == ["already_ruled"]
    breach = Complaint(trade, Type.BREACH_OF_PROMISE)
    breach.act("withdraw", BUYER)
    assert Complaint(trade, Type.BREACH_OF_PROMISE).stage == "awaiting_seller"


def test_a_partner_that_is_down_delays_and_does_not_double() -> None:
    """Upheld, the complaint waits for the money; it is booked when it has gone."""
    complaint = answered(payer=Payer.SILENT)
    trade = complaint.trade
    complaint.rule(upheld=True, amount="10.00")
    assert (complaint.stage, complaint.compensation) == ("compensating", "0.00")
    assert complaint.against("withdraw", BUYER) == ["wrong_stage"]
    assert complaint.against("confirm_refund_paid", FINANCE) == ["paid_by_partner"]
    trade.payer = Payer.PAYS
    trade.until(trade.now)
    assert (complaint.ended, complaint.compensation, len(trade.paid_out)) == ("upheld", "10.00", 1)


def test_a_partner_that_will_not_pay() -> None:
    """Finance pays by hand and says so."""
    complaint = answered(payer=Payer.REFUSES)
    complaint.rule(upheld=True, amount="10.00")
    assert (complaint.stage, complaint.open_tasks()) == ("compensating", ["pay_refund"])
    complaint.act("confirm_refund_paid", FINANCE)
    assert (complaint.ended, complaint.compensation, complaint.open_tasks()) == ("upheld", "10.00", [])


def test_a_shop_that_pays_by_hand() -> None:
    """Nobody asks the partner."""
    trade = signed()
    trade.set_up(shop={"refunds_by_hand": True})
    complaint = Complaint(trade, Type.CONSUMER_PROTECTION)
    complaint.answer()
    complaint.rule(upheld=True, amount="10.00")
    assert (complaint.open_tasks(), trade.paid_out) == (["pay_refund"], {})
    complaint.act("confirm_refund_paid", FINANCE)
    assert complaint.compensation == "10.00"


def test_a_ruling_and_a_compensation_at_once() -> None:
    """The order hears of the ruling when it has granted nearly all: what is left goes to the buyer, and no more."""
    complaint = answered()
    trade = complaint.trade
    trade.letters_wait = True
    complaint.rule(upheld=True, amount="199.00")
    assert (complaint.stage, complaint.state.payouts) == ("compensating", [])
    trade.act("compensate", Role.FINANCE, amount="150.00", reason="memo:why")
    trade.letters_wait = False
    trade.until(trade.now)
    assert (complaint.ended, complaint.compensation) == ("upheld", "49.00")


def test_what_a_request_had_spoken_for_is_paid_once_it_is_free() -> None:
    """Asked for at the moment of the ruling, and withdrawn: the order pays the rest of what was ruled itself."""
    complaint = answered()
    trade = complaint.trade
    trade.letters_wait = True
    complaint.rule(upheld=True, amount="40.00")
    ask = trade.ask("return_refund", reason="quality")
    trade.letters_wait = False
    trade.until(trade.now)
    assert (complaint.ended, complaint.compensation) == ("upheld", "0.00")
    ask.act("withdraw", BUYER)
    assert [(payout.amount, payout.rule) for payout in trade.state.payouts] == [(Decimal("40.00"), "S2-79")]
