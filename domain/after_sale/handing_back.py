"""Goods that came back and are not paid for go to their buyer again: where the units are follows from it."""

from domain.after_sale.stages import RequestContext
from domain.after_sale.state import AfterSaleState
from domain.case.declare import Nothing, OutcomeRule
from domain.case.story import Story
from domain.case.work import WorkItem


def to_the_buyer(*outcomes: str) -> tuple[OutcomeRule[AfterSaleState, Nothing], ...]:
    """The outcomes by which the buyer gets them."""
    return tuple(OutcomeRule(name=outcome, data=Nothing, take=_on_handed_back) for outcome in outcomes)


def _on_handed_back(context: RequestContext[object], item: WorkItem, story: Story) -> None:
    context.state.handed_back = True
    story.tell("goods.handed_back", "The buyer gets back what is not paid for")
