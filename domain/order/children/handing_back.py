"""Goods that a request left unpaid with the seller: its order sees that their buyer gets them, once it has ended."""

from domain.after_sale.relation import unpaid_goods
from domain.after_sale.tasks import COLLECTED, SEND_GOODS_BACK, SENT
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.story import Story
from domain.case.units import minus, plus
from domain.case.work import WorkItem
from domain.order.context import OrderContext
from domain.order.state import OrderState


def _request_id(item: WorkItem) -> str:
    """The request that left the task; its matter begins with it."""
    return item.matter.partition("#")[0]


def _still_unpaid(state: OrderState, item: WorkItem) -> bool:
    """Whether any of it is with the seller and not paid for, by this request or another."""
    request = next(one for one in state.requests if one.case_id == _request_id(item))
    ended = [one for one in state.requests if not one.open]
    back = plus(*(plus(one.goods.returning, one.goods.returned) for one in ended))
    away = plus(*(unpaid_goods(one) for one in ended if one.case_id in state.handed_back))
    settled = {line.line_id: line.settled for line in state.lines}
    return any(line_id in request.units for line_id in minus(minus(back, away), settled))


def _on_handed_back(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    context.state.handed_back.append(_request_id(item))
    story.tell("goods.handed_back", "The buyer gets back what is not paid for")


SEND_BACK_TASK = TaskRule(
    name=SEND_GOODS_BACK,
    needed=_still_unpaid,
    outcomes=tuple(OutcomeRule(name=name, data=Nothing, take=_on_handed_back) for name in (SENT, COLLECTED)),
    worded=True,
)
