"""Requests, strategies and settings for the tests, each with what a test does not care about filled in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from domain.policy import Platform
from domain.shop.automation import Automation, RefuseWith, RequestFacts, Strategy, StrategyStage, Verdict
from domain.shop.service import Service

NO = RefuseWith(reason="used", message="已使用的商品不支持退货")


def facts(**known: Any) -> RequestFacts:
    """An unshipped refund request of 199.00, unless said otherwise."""
    plain: dict[str, Any] = {
        "service": Service.REFUND_ONLY,
        "reason": "no_reason",
        "amount": Decimal("199.00"),
        "paid": Decimal("209.00"),
        "line_count": 1,
        "categories": ("apparel",),
        "platform": Platform.TAOBAO,
        "edition": "taobao-2012",
        "shipped": False,
        "signed": False,
        "phase": "in_sale",
        "instant_refund": False,
        "cannot_refuse": False,
        "requests_before": 0,
        "evidence_count": 0,
    }
    return RequestFacts(**(plain | known))


def strategy(
    when: str = "true", decision: Verdict = Verdict.AGREE, *, name: str = "one", enabled: bool = True
) -> Strategy:
    """A strategy, switched on, for the stage that its decision belongs to."""
    stage = {Verdict.CONFORMING: StrategyStage.RECEIVING, Verdict.PAY: StrategyStage.PROCESSING}.get(
        decision, StrategyStage.REVIEW
    )
    return Strategy(
        id=name,
        title=f"策略 {name}",
        stage=stage,
        when=when,
        decision=decision,
        refuse_with=NO if decision is Verdict.REFUSE else None,
        enabled=enabled,
    )


def shop(*strategies: Strategy) -> Automation:
    """A shop with these strategies."""
    return Automation(strategies=strategies)
