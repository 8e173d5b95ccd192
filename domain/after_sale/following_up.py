"""What somebody looks into or follows up around the seller's answer.

Words that speak for another service than the one chosen: the buyer is asked first, then somebody answers (S3-07..09).
Wrong or missing goods: the warehouse rules the carrier out and looks at what it packed, before after-sale settles it
(S4-46). A refusal: the buyer is called the same day, and again, until they have reacted (S4-54). A return that nobody
named a waybill for: the buyer is asked for it (S4-55).
"""

from domain.after_sale.seller_actions import AGREE, Agree
from domain.after_sale.stages import RequestContext, stands_at
from domain.after_sale.state import AfterSaleStage, AfterSaleState, Packing, Reason
from domain.after_sale.tasks import (
    ASK_RETURN_WAYBILL,
    CHECK_PACKING,
    CONTACT_REFUSED_BUYER,
    KEYWORD_MISMATCH,
    REVIEW_AFTER_SALE,
    refusal_matter,
    waybill_matter,
)
from domain.case.asking import ask_again
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.deeds import by_action
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.times import iso_instant

WRONG_ITEM, NOT_CONFORMING = "wrong_item", "not_conforming"
"""The forms of the review and of the call that speak of what came, and of what came back."""


def ask_for_review(state: AfterSaleState, story: Story, matter: str) -> None:
    """A person answers the request; of wrong or missing goods the warehouse says first what it packed.

    Goods that it has back before it, it has inspected already.
    """
    wrong = state.demand.reason is Reason.WRONG_ITEM
    if wrong and state.packing is None and not state.goods_here:
        story.ask_for(CHECK_PACKING, matter="packed")
    story.ask_for(REVIEW_AFTER_SALE, matter, variant=WRONG_ITEM if wrong else "")


def ask_to_contact(state: AfterSaleState, story: Story) -> None:
    """The buyer hears of a refusal from a person, and of what would do instead, the same day."""
    failed = state.inspection is not None and not state.inspection.conforming
    story.ask_for(CONTACT_REFUSED_BUYER, refusal_matter(state), variant=NOT_CONFORMING if failed else "")


def _on_packing(found: Packing) -> OutcomeRule[AfterSaleState, Nothing]:
    def take(context: RequestContext[object], item: WorkItem, story: Story) -> None:
        context.state.packing = found
        story.tell("goods.checked", f"The warehouse has looked at what it packed: {found}", packing=found)

    return OutcomeRule(name=found, data=Nothing, take=take)


def _on_as_requested(context: RequestContext[object], item: WorkItem, story: Story) -> None:
    """The buyer means what they asked for: somebody answers it; strategies do not, as the text still says otherwise."""
    ask_for_review(context.state, story, item.matter.rstrip("+"))


def answer_needed(state: AfterSaleState, item: WorkItem) -> bool:
    """Whether the seller is still to answer; an amendment makes another task of the answer."""
    asked = item.matter.rstrip("+") == iso_instant(state.requested_at)
    return stands_at(state, AfterSaleStage.AWAITING_SELLER) and asked


def _packing_unknown(state: AfterSaleState, item: WorkItem) -> bool:
    asked = state.demand.reason is Reason.WRONG_ITEM and stands_at(state, AfterSaleStage.AWAITING_SELLER)
    return asked and state.packing is None


def _refusal_stands(state: AfterSaleState, item: WorkItem) -> bool:
    return stands_at(state, AfterSaleStage.REFUSED) and item.matter.rstrip("+") == refusal_matter(state)


def _waybill_missing(state: AfterSaleState, item: WorkItem) -> bool:
    """Each time makes another task, in place of the one before."""
    return stands_at(state, AfterSaleStage.AWAITING_BUYER_RETURN) and item.matter == waybill_matter(state)


_CONTACTED: tuple[OutcomeRule[AfterSaleState, Agree] | OutcomeRule[AfterSaleState, Nothing], ...] = (
    by_action("agreed", AGREE),
    OutcomeRule(name="amends", data=Nothing, take=ask_again),
    OutcomeRule(name="withdraws", data=Nothing, take=ask_again),
    OutcomeRule(name="unreachable", data=Nothing, take=ask_again),
)

_ASKED_WHAT_IS_MEANT: tuple[OutcomeRule[AfterSaleState, Nothing], ...] = (
    OutcomeRule(name="as_requested", data=Nothing, take=_on_as_requested),
    OutcomeRule(name="amended", data=Nothing, take=ask_again),
)

FOLLOWING_UP = (
    TaskRule(name=KEYWORD_MISMATCH, needed=answer_needed, outcomes=_ASKED_WHAT_IS_MEANT),
    TaskRule(name=CHECK_PACKING, needed=_packing_unknown, outcomes=tuple(_on_packing(found) for found in Packing)),
    TaskRule(name=CONTACT_REFUSED_BUYER, needed=_refusal_stands, outcomes=_CONTACTED),
    TaskRule(name=ASK_RETURN_WAYBILL, needed=_waybill_missing),
)
