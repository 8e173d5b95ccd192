"""What a buyer agreed to pay more for another carrier and has not paid: presale asks, or the shop bears it (S2-53).

The goods do not wait for it. At the door it is paid with the rest.
"""

from decimal import Decimal

from domain.case.asking import ask_again
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.errand import WriteMemo
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.money import ZERO
from domain.order.context import OrderContext
from domain.order.state import OrderState
from domain.policy import Policy
from domain.roles import SELLER

CARRIER_DIFFERENCE = "carrier_difference"


def ask_for_difference(state: OrderState, story: Story) -> None:
    """Presale asks the buyer, one at a time, for as long as it lacks."""
    asked = [item for item in state.work_items if item.type == CARRIER_DIFFERENCE]
    if _lacking(state) and not any(item.type == CARRIER_DIFFERENCE for item in state.open_work()):
        story.ask_for(CARRIER_DIFFERENCE, matter=f"difference#{len(asked) + 1}")


def _lacking(state: OrderState) -> Decimal:
    """What of it is still to come, yuan; where the order itself is not paid, that is asked for first."""
    if state.at_the_door or state.closed_at or state.paid_at() is None:
        return ZERO
    return state.difference_due - state.difference_paid


def _amount(state: OrderState, policy: Policy, item: WorkItem) -> str:
    return str(_lacking(state))


def _on_borne(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """The buyer owes no more than they have paid, and the memo says so."""
    state = context.state
    story.send(WriteMemo(text=f"快递差价{_lacking(state)}元由店铺承担", by=story.cause.actor))
    state.carrier_difference = state.difference_paid


CARRIER_DIFFERENCE_TASK: TaskRule[OrderState] = TaskRule(
    name=CARRIER_DIFFERENCE,
    needed=lambda state, item: _lacking(state) > 0,
    outcomes=(
        OutcomeRule(name="will_pay", data=Nothing, take=ask_again),
        OutcomeRule(name="unreachable", data=Nothing, take=ask_again),
        OutcomeRule(name="borne", data=Nothing, take=_on_borne, roles=SELLER),
    ),
    script_values={"amount": _amount},
    always_known=frozenset({"amount"}),
)
