"""The life of an after-sale request, from top to bottom.

Asked for, it awaits the seller, who agrees or refuses; silence is consent. Agreed, money goes at once where no goods
have to come back; else the buyer sends them, the warehouse takes them in and inspects them, and then the buyer gets
money or, for an exchange or a repair, goods that they confirm. A refusal waits for the buyer's reaction: they amend,
withdraw or ask the platform, whose ruling is carried out. Every wait has a clock, and every clock an end.

The workflow `workflows/after_sale.py` runs this declaration.
"""

from domain.after_sale import automation, decisions, late_returns, paid_unseen, transitions
from domain.after_sale.buyer_actions import BUYER_ACTIONS
from domain.after_sale.clocks import CLOCKS
from domain.after_sale.facts import FACTS
from domain.after_sale.following_up import ask_for_review, ask_to_contact
from domain.after_sale.intercepts import INTERCEPT_MOVED, INTERCEPT_PARCELS
from domain.after_sale.platform_actions import PLATFORM_ACTIONS
from domain.after_sale.script_values import ALWAYS_KNOWN, SCRIPT_VALUES
from domain.after_sale.seller_actions import SELLER_ACTIONS
from domain.after_sale.standing import tell_order
from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.after_sale.task_rules import TASKS
from domain.after_sale.tasks import KEYWORD_MISMATCH
from domain.after_sale.waiting import waits_for
from domain.after_sale.warehouse_actions import WAREHOUSE_ACTIONS
from domain.case.declare import Life
from domain.case.errand import Decide, ErrandResult, PayBuyer, PendingErrand
from domain.case.ids import CaseKind
from domain.case.payouts import hear_partner
from domain.case.story import Story
from domain.parcels.journey import places
from domain.policy import Policy
from domain.shop.automation import StrategyStage
from domain.times import iso_instant


def after_change(state: AfterSaleState, policy: Policy, story: Story) -> None:
    """After every change: strategies or somebody are asked to answer."""
    if state.at is AfterSaleStage.AWAITING_SELLER:
        matter = iso_instant(state.requested_at)
        if state.demand.contradicts:
            story.ask_for(KEYWORD_MISMATCH, matter)
        elif not automation.leave_to_strategies(state, story, StrategyStage.REVIEW, matter):
            ask_for_review(state, story, matter)
    if state.at is AfterSaleStage.REFUSED:
        ask_to_contact(state, story)
    late_returns.ask_for_decision(state, story)
    paid_unseen.ask_to_inspect(state, story)
    waits = late_returns.keeps_open(state) or paid_unseen.keeps_open(state)
    if state.open and state.outcome and not state.has_open_child() and not waits:
        state.open = False
        story.tell("case.ended", f"The case has ended: {state.outcome}")


def on_errand_result(
    state: AfterSaleState, policy: Policy, pending: PendingErrand, result: ErrandResult, story: Story
) -> None:
    """Strategies have decided, or not; money has reached the buyer, or finance pays it as the partner will not."""
    if isinstance(pending.errand, Decide):
        decisions.on_decision(state, policy, pending.errand, result.decided, story)
    if isinstance(pending.errand, PayBuyer):
        hear_partner(state, pending.errand, pending.errand_id, result, story, transitions.finish_paying)


AFTER_SALE = Life(
    kind=CaseKind.AFTER_SALE,
    state=AfterSaleState,
    facts=(*FACTS, INTERCEPT_MOVED),
    actions=(*SELLER_ACTIONS, *WAREHOUSE_ACTIONS, *BUYER_ACTIONS, *PLATFORM_ACTIONS, INTERCEPT_PARCELS),
    clocks=CLOCKS,
    tasks=TASKS,
    after_change=after_change,
    tell=tell_order,
    script_values=SCRIPT_VALUES,
    always_known=ALWAYS_KNOWN,
    goods=lambda state: places(state.parcels),
    on_errand_result=on_errand_result,
    waits_for=waits_for,
)
