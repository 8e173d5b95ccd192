"""The life of an after-sale request, from top to bottom.

Asked for, it awaits the seller, who agrees or refuses; silence is consent. Agreed, money goes at once where no goods
have to come back; else the buyer sends them, the warehouse takes them in and inspects them, and then the buyer gets her
money or, for an exchange or a repair, goods that she confirms. A refusal waits for the buyer's reaction: she amends,
withdraws or asks the platform, whose ruling is carried out. Every wait has a clock, and every clock an end.

The workflow `workflows/after_sale.py` runs this declaration.
"""

from domain.after_sale import steps
from domain.after_sale.buyer_actions import BUYER_ACTIONS
from domain.after_sale.clocks import CLOCKS
from domain.after_sale.facts import FACTS
from domain.after_sale.platform_actions import PLATFORM_ACTIONS
from domain.after_sale.seller_actions import SELLER_ACTIONS
from domain.after_sale.standing import tell_order
from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.after_sale.tasks import KEYWORD_MISMATCH, PAY_REFUND, REVIEW_AFTER_SALE, TASKS, still_needed
from domain.case.declare import Life
from domain.case.errand import ErrandDone, Given, PayBuyer
from domain.case.ids import CaseKind
from domain.case.story import Story
from domain.policy import Policy
from domain.times import iso_instant


def settle(state: AfterSaleState, policy: Policy, story: Story) -> None:
    """After every change: somebody is asked to answer, and the order is told what changed for it."""
    if state.at is AfterSaleStage.AWAITING_SELLER:
        task = KEYWORD_MISMATCH if state.demand.contradicts else REVIEW_AFTER_SALE
        story.ask_for(task, matter=iso_instant(state.requested_at))
    if not state.open and state.told_order and state.told_order.open:
        story.tell("case.ended", f"The case has ended: {state.outcome}")
    tell_order(state, story)


def errand_done(state: AfterSaleState, policy: Policy, given: Given, done: ErrandDone, story: Story) -> None:
    """Money has reached the buyer; where the partner will not pay, finance does."""
    if not isinstance(given.errand, PayBuyer):
        return
    if done.refused:
        state.refunds_by_hand = True
        story.tell("refund.by_hand", f"{given.errand.amount} yuan are to be paid by hand")
        story.ask_for(PAY_REFUND, matter=given.errand_id)
    else:
        steps.paid(state, given.errand.matter, story)


AFTER_SALE = Life(
    kind=CaseKind.AFTER_SALE,
    state=AfterSaleState,
    facts=FACTS,
    actions=(*SELLER_ACTIONS, *BUYER_ACTIONS, *PLATFORM_ACTIONS),
    clocks=CLOCKS,
    tasks=TASKS,
    settle=settle,
    still_needed=still_needed,
    errand_done=errand_done,
)
