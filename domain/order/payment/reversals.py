"""Payments that the buyer's bank took back: before shipping presale asks the buyer, after it finance sees to it."""

from domain.case.declare import TaskRule
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.order.money import lacking
from domain.order.shipping.handover import first_consigned_at
from domain.order.state import OrderState
from domain.policy import Policy
from domain.roles import Group

PAYMENT_REVERSED = "payment_reversed"
SHIPPED = "shipped"
"""The form of the task once the buyer has, or is sent, goods or money that are not paid any more."""


def ask_about_reversal(state: OrderState, story: Story) -> None:
    """Somebody is asked about the newest one, while something is not paid because of it."""
    if not state.reversals or not lacking(state):
        return
    event_id = state.reversals[-1].event_id
    if _is_lost(state):
        story.ask_for(PAYMENT_REVERSED, matter=f"{event_id}/{SHIPPED}", variant=SHIPPED, group=Group.FINANCE)
    else:
        story.ask_for(PAYMENT_REVERSED, matter=event_id)


def _is_lost(state: OrderState) -> bool:
    return first_consigned_at(state) is not None or state.over


def _needed(state: OrderState, item: WorkItem) -> bool:
    return lacking(state) > 0 and _is_lost(state) is (item.variant == SHIPPED)


def _amount(state: OrderState, policy: Policy, item: WorkItem) -> str:
    """What is not paid any more."""
    return str(lacking(state))


REVERSAL_TASK = TaskRule(
    name=PAYMENT_REVERSED, needed=_needed, script_values={"amount": _amount}, always_known=frozenset({"amount"})
)
