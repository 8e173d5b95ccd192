"""A shop's after-sale strategies, asked about a step of a request."""

from temporalio import activity

from automation.strategies import Decision, decide
from domain.case.errand import ErrandResult
from domain.privacy import KeptText
from domain.roles import SYSTEM
from domain.shop.automation import AskStrategies, Automation, Decided
from domain.shop.settings import AUTOMATION
from store import buyers, memos, shop_settings
from store.database import Database


class Strategies:
    """Activities on the strategies that shops keep in their settings."""

    def __init__(self, db: Database) -> None:
        self.db = db

    @activity.defn(name="decide")
    async def decide(self, request: AskStrategies) -> ErrandResult:
        """What the shop's strategies decide of a step, by the settings of now (S3-06).

        The buyer's trades and credit are private, so they are looked up here and stay out of every history; so does the
        sentence of a refusal, which is kept like one that a person writes.
        """
        automation = Automation.model_validate(await self.db.read(shop_settings.get, request.merchant, AUTOMATION))
        buyer = await self.db.read(buyers.buyer, request.case_id)
        facts = request.facts
        if buyer:
            facts = facts.model_copy(update={"buyer_trades": buyer.trades, "buyer_credit": buyer.credit})
        decision = decide(automation, request.stage, facts, warned=False)
        return ErrandResult(decided=await self._decided(request, decision) if decision else None)

    async def _decided(self, request: AskStrategies, decision: Decision) -> Decided:
        refusal = decision.refuse_with
        if refusal is None:
            return Decided(strategy=decision.strategy, decision=decision.decision)
        text = KeptText(f"memo:{request.errand_id}", "refusal_message", refusal.message, flag=0)
        await self.db.write(memos.keep, [memos.memo_of(text, request.case_id, request.merchant, SYSTEM, request.at)])
        return Decided(
            strategy=decision.strategy, decision=decision.decision, reason=refusal.reason, message=text.memo_id
        )
