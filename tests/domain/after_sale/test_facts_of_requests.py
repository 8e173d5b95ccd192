"""What strategies are told of a request, then and later, and what people did instead."""

from __future__ import annotations

from decimal import Decimal

from domain.after_sale.automation import past_steps
from domain.case.record import record
from domain.roles import Role
from domain.shop.automation import StrategyStage, Verdict
from tests.automation.shops import shop, strategy
from tests.domain.after_sale.automated import bought, signed
from tests.domain.after_sale.trade import Request
from tests.domain.orders import at

BUYER = Role.BUYER
ALL_FINE = strategy("true", Verdict.CONFORMING, name="all-fine")
SMALL_PAID = strategy("amount <= 100", Verdict.PAY, name="small-paid")


def test_facts_are_the_same_then_and_later() -> None:
    """What strategies were asked about is told again from the stored state, whatever has happened since."""
    automation = shop(strategy("true", Verdict.PERSON), ALL_FINE, strategy("true", Verdict.PAY, name="paid"))
    trade = signed(automation)
    ask = trade.ask("return_refund", reason="quality", amount="100.00")
    ask.act("submit_evidence", BUYER, kind="photo", reference="oss://1")
    trade.until(at(days=2, hours=5))
    ask.act("agree")
    ask.send_back(freight="12.00")
    ask.scan("signed", when=at(days=4))
    trade.until(at(days=9))
    assert ask.ended == ("succeeded", "refunded")
    stored = type(ask.state).model_validate(record(ask.state, since=0).state)
    steps = list(past_steps(stored))
    assert [(step.stage, step.facts) for step in steps] == [(asked.stage, asked.facts) for asked in trade.asked]
    assert [step.stage for step in steps] == list(StrategyStage)
    assert [step.decided for step in steps] == [Verdict.AGREE, None, None]


def test_what_people_did_is_told() -> None:
    """A person's refusal, agreement, finding and approval count; silence and the platform's ruling do not."""
    off = shop()

    def decisions(ask: Request) -> list[tuple[str, str | None]]:
        return [(step.stage, step.decided) for step in past_steps(ask.state)]

    refused = signed(off).ask("refund_only", reason="other")
    refused.act("refuse", reason="used", message="已使用")
    refused.trade.until(at(days=3))
    refused.act("agree")
    assert decisions(refused) == [("review", "refuse"), ("processing", None)]

    silent = bought(off).ask("refund_only")
    silent.trade.until(at(hours=49))
    assert decisions(silent) == [("review", None), ("processing", None)]

    worn = signed(off).ask("return_refund")
    worn.act("agree")
    worn.send_back()
    worn.scan("signed", when=at(days=4))
    worn.inspect(conforming=False)
    assert decisions(worn) == [("review", "agree"), ("receiving", "refuse")]

    held = bought(shop(SMALL_PAID)).ask("refund_only")
    held.act("agree")
    held.act("approve_refund")
    assert decisions(held) == [("review", "agree"), ("processing", "pay")]


def test_the_facts_of_a_request() -> None:
    """Amounts, how far the goods are, and how often the buyer asked before."""
    trade = signed(shop(strategy("true", Verdict.PERSON)))
    first = trade.ask("exchange", reason="other")
    first.act("withdraw", BUYER)
    trade.until(at(days=5, hours=1))
    trade.ask("return_refund", reason="quality", amount="120.50")
    exchange, second = (asked.facts for asked in trade.asked)
    assert (exchange.amount, exchange.requests_before, exchange.days_since_signed) == (Decimal("0.00"), 0, 0)
    assert second.model_dump(mode="json") == {
        "service": "return_refund",
        "reason": "quality",
        "amount": "120.50",
        "paid": "209.00",
        "line_count": 1,
        "categories": ["apparel"],
        "platform": "taobao",
        "edition": "taobao-2012",
        "shipped": True,
        "signed": True,
        "days_since_signed": 3,
        "phase": "in_sale",
        "instant_refund": False,
        "cannot_refuse": False,
        "buyer_trades": None,
        "buyer_credit": None,
        "requests_before": 1,
        "return_conforming": None,
        "cause": None,
        "evidence_count": 0,
    }
