"""Trades of a shop with strategies and keywords: what cases ask them is answered from the shop's settings."""

from __future__ import annotations

from typing import Any

from automation.keywords import contradiction
from automation.strategies import decide
from domain.case.action import Circumstances
from domain.case.declare import AnyAction
from domain.case.errand import Decide, ErrandResult, PendingErrand
from domain.case.live import LiveCase
from domain.order.opening import OrderLine
from domain.shop.automation import Automation, Decided, StrategyStage
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import at

MESSAGE = "memo:kept"
"""Refers to the sentence of a refusal."""


class AutomatedTrade(Trade):
    """An order and its requests in a shop with automation; `strategies_wait` keeps its strategies' answers back.

    `asked` is every question that a case put to them.
    """

    def __init__(self, *lines: OrderLine, automation: Automation, **options: Any) -> None:
        super().__init__(*lines, **options)
        self.automation = automation
        on = {strategy.stage for strategy in automation.strategies if strategy.enabled}
        self.shop = self.shop.model_copy(update={"automated": tuple(stage for stage in StrategyStage if stage in on)})
        self.strategies_wait = False
        self.asked: list[Decide] = []

    def _waits(self, pending: PendingErrand) -> bool:
        return super()._waits(pending) or (isinstance(pending.errand, Decide) and self.strategies_wait)

    def _carried_out(self, pending: PendingErrand) -> ErrandResult:
        if isinstance(pending.errand, Decide):
            self.asked.append(pending.errand)
            return ErrandResult(decided=self.decided(pending.errand))
        return super()._carried_out(pending)

    def decided(self, asked: Decide) -> Decided | None:
        """What the shop's strategies decide."""
        decision = decide(self.automation, asked.stage, asked.facts, warned=False)
        if decision is None:
            return None
        no = decision.refuse_with
        return Decided(
            strategy=decision.strategy,
            decision=decision.decision,
            reason=no.reason if no else None,
            message=MESSAGE if no else None,
        )

    def stocked(self, case: LiveCase[Any], rule: AnyAction[Any], input_: Any) -> Circumstances:
        """What a step may depend on, the buyer's words looked at too."""
        circumstances = super().stocked(case, rule, input_)
        buyer_text = rule.buyer_text(case.state, input_) if rule.buyer_text else None
        if buyer_text is None:
            return circumstances
        found = contradiction(self.automation, buyer_text.service, buyer_text.text or buyer_text.kept or "")
        return circumstances.model_copy(update={"contradicts": [match.word for match in found]})


def bought(automation: Automation, *lines: OrderLine, **options: Any) -> AutomatedTrade:
    """An order of that shop, paid when it was placed."""
    trade = AutomatedTrade(*lines, automation=automation, **options)
    trade.pay()
    return trade


def signed(automation: Automation, *lines: OrderLine, **options: Any) -> AutomatedTrade:
    """An order of that shop that was signed for two days after placing."""
    trade = bought(automation, *lines, **options)
    trade.consign(when=at(hours=1))
    trade.scan("picked_up")
    trade.scan("signed", when=at(days=2))
    return trade
