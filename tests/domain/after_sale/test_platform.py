"""The platform's agent: asked in, given evidence, its ruling carried out."""

from __future__ import annotations

import pytest

from domain.order.opening import OrderLine
from domain.roles import Role
from tests.domain.after_sale.made import signed
from tests.domain.after_sale.trade import Request
from tests.domain.orders import at, line

BUYER, PLATFORM = Role.BUYER, Role.PLATFORM


def disputed(*lines: OrderLine, service: str = "return_refund") -> Request:
    """A request for quality that was refused and taken to the platform."""
    ask = signed(*lines).ask(service, reason="quality")
    ask.trade.until(at(days=3))
    ask.act("refuse", reason="no_defect", message="照片看不出质量问题")
    ask.act("ask_platform", BUYER, text="text:1")
    return ask


@pytest.mark.rule("S2-66")
def test_a_refusal_is_taken_to_the_platform() -> None:
    """By the buyer, or by the shop itself; an unanswered request is not."""
    ask = disputed()
    assert (ask.stage, ask.told("after_sale.platform_intervention")) == (
        "platform_intervention",
        ["The buyer asked the platform in"],
    )
    assert signed().ask("return_refund").against("ask_platform", BUYER) == ["wrong_stage"]


@pytest.mark.rule("S2-64", "S2-65", "S4-26", "S4-27")
def test_photos_and_certificates_are_kept_by_reference() -> None:
    """While the seller decides, on the way back and before the platform; who gave what shows in the case."""
    ask = signed().ask("return_refund", reason="quality")
    ask.act("submit_evidence", BUYER, kind="photo", reference="ref:photo")
    ask.act("refuse", reason="no_defect", message="照片看不出质量问题")
    ask.act("submit_evidence", BUYER, kind="carrier_certificate", reference="ref:stamp")
    ask.act("ask_platform", BUYER)
    assert ask.act("submit_evidence", kind="chat", reference="ref:chat") == {"number": 3}
    assert ask.state.evidence == ["buyer:photo", "buyer:carrier_certificate", "agent:chat"]


@pytest.mark.rule("S4-67")
def test_a_ruling_for_everything_settles_the_lines() -> None:
    """No amount named: all that can be paid back, freight with the last line; the order is refunded."""
    ask = disputed()
    ask.act("rule", PLATFORM, in_favour_of="buyer")
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00"})
    assert (ask.trade.line().refunded, ask.trade.state.outcome) == (True, "refunded")
    assert {entry.rule for entry in ask.state.ledger} == {"S4-67"}


@pytest.mark.rule("S4-67")
def test_a_ruling_for_less_closes_nothing() -> None:
    """Money goes; the line and the order stay as they are, and what is left can be asked for."""
    ask = disputed(line("1", "100.00"), line("2", "100.00"))
    ask.act("rule", PLATFORM, in_favour_of="buyer", amount="150.00")
    assert (ask.got(), ask.view.done, ask.trade.stage) == ({"refund": "150.00"}, {}, "delivered")
    assert ask.trade.ask_refused("refund_only", "1", reason="quality", amount="25.01") == ["amount_too_high"]
    for number in ("1", "2"):
        ask.trade.ask("refund_only", number, reason="quality").act("agree")
    assert ask.trade.state.outcome == "refunded"


def test_a_ruling_on_an_exchange_may_be_its_price() -> None:
    """All of it is paid back: the line is done with, though goods were asked for."""
    ask = disputed(service="exchange")
    ask.act("rule", PLATFORM, in_favour_of="buyer")
    assert (ask.got(), ask.trade.line().refunded) == ({"refund": "209.00"}, True)


@pytest.mark.parametrize(("amount", "codes"), [("209.00", []), ("209.01", ["amount_too_high"])])
def test_no_ruling_beyond_what_was_paid(amount: str, codes: list[str]) -> None:
    """To the fen."""
    assert disputed().refused("rule", PLATFORM, in_favour_of="buyer", amount=amount) == codes


def test_a_ruling_for_the_seller_pays_nothing() -> None:
    """And must not name a sum; the request is closed in vain."""
    ask = disputed()
    assert ask.refused("rule", PLATFORM, in_favour_of="seller", amount="1.00") == ["amount_without_refund"]
    ask.act("rule", PLATFORM, in_favour_of="seller")
    assert (ask.ended, ask.got(), ask.view.in_vain) == (("closed", "rejected"), {}, True)


@pytest.mark.rule("S2-101")
def test_the_sides_may_still_settle_it() -> None:
    """The seller agrees while the platform looks at it, or the buyer withdraws."""
    agreed, withdrawn = disputed(), disputed()
    agreed.act("agree")
    assert agreed.stage == "awaiting_buyer_return"
    withdrawn.act("withdraw", BUYER)
    assert withdrawn.ended == ("closed", "withdrawn")


def test_agreed_to_while_the_goods_are_on_their_way() -> None:
    """They are not to be sent a second time: the seller takes them in, and one that has arrived is inspected."""
    ask = signed().ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.act("ask_platform", BUYER)
    ask.scan("signed", when=at(days=5))
    assert "inspect_return" not in ask.open_tasks()
    ask.act("agree")
    assert (ask.stage, ask.open_tasks()) == ("awaiting_seller_receipt", ["inspect_return"])
    assert ask.clock("seller_receipt") == ("running", at(days=12))
    ask.trade.until(at(days=30))
    assert (ask.stage, ask.state.outcome, ask.tasks("inspect_return")[-1].variant) == (
        "succeeded",
        "refunded",
        "unseen",
    )


@pytest.mark.parametrize("conforming", [True, False])
def test_taken_in_while_the_platform_decides(conforming: bool) -> None:
    """The goods are with the seller then: to agree pays at once."""
    ask = signed().ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.act("ask_platform", BUYER)
    taken_in = {"carrier": "yto", "tracking_no": "R1", "conforming": conforming}
    ask.happened("return.received", taken_in, when=at(days=5))
    assert ask.stage == "platform_intervention"
    ask.act("agree")
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00"})


def test_evidence_of_a_later_dispute_is_taken_again() -> None:
    """Its three days are its own."""
    ask = disputed()
    ask.trade.until(at(days=7))
    ask.act("agree")
    assert ask.against("submit_evidence", BUYER) == []
    ask.send_back()
    ask.act("ask_platform", BUYER)
    assert (ask.against("submit_evidence"), ask.clock("evidence")) == ([], ("running", at(days=10)))


def test_goods_that_failed_go_before_the_platform() -> None:
    """The buyer does not accept what the warehouse found."""
    ask = signed().ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.inspect(conforming=False, cause="buyer")
    ask.act("ask_platform", BUYER)
    ask.act("rule", PLATFORM, in_favour_of="buyer", amount="199.00")
    assert (ask.got(), ask.trade.line().refunded) == ({"refund": "199.00"}, True)
