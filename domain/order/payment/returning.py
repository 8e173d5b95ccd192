"""Money that is not owed: finance gives it back, or the shop takes up an order again that was paid too late."""

from collections.abc import Iterable
from typing import Any

from domain.case.declare import ActionRule, Nothing, OutcomeRule, TaskRule
from domain.case.deeds import by_action
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.order.context import OrderContext
from domain.order.money import awaits_choice, overpaid
from domain.order.payment.receiving import take_up_late
from domain.order.settling import LATE_PAYMENT, RETURN_OVERPAYMENT, give_back
from domain.order.state import OrderState
from domain.policy import Policy
from domain.roles import SELLER, Role


def _return_refusals(context: OrderContext[object]) -> Iterable[Refusal]:
    if not overpaid(context.state):
        yield Refusal(code="not_overpaid", message="Nothing was paid beyond what is owed, or it goes back already.")


def _return(context: OrderContext[object], story: Story) -> dict[str, Any]:
    state, amount = context.state, overpaid(context.state)
    state.refunds_by_hand = context.shop.shop.refunds_by_hand
    give_back(state, story)
    return {"amount": str(amount)}


def _on_take_up(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    take_up_late(context.state, story)


def _choice_needed(state: OrderState, item: WorkItem) -> bool:
    return awaits_choice(state) and overpaid(state) > 0


def _return_needed(state: OrderState, item: WorkItem) -> bool:
    return overpaid(state) > 0 and not awaits_choice(state)


def _amount(state: OrderState, policy: Policy, item: WorkItem) -> str:
    return str(overpaid(state))


RETURN = ActionRule(
    name="return_overpayment",
    title="Pay back what is not owed",
    input=Nothing,
    roles=(Role.FINANCE, Role.OWNER),
    refusals=_return_refusals,
    take=_return,
)

_PAID_BACK = by_action("paid_back", RETURN)
_TAKEN_UP = OutcomeRule(name="taken_up", data=Nothing, take=_on_take_up, roles=(*SELLER, Role.FINANCE))

_KNOWN = frozenset({"amount"})

RETURNING_TASKS = (
    TaskRule(
        name=RETURN_OVERPAYMENT,
        needed=_return_needed,
        outcomes=(_PAID_BACK,),
        script_values={"amount": _amount},
        always_known=_KNOWN,
    ),
    TaskRule(
        name=LATE_PAYMENT,
        needed=_choice_needed,
        outcomes=(_PAID_BACK, _TAKEN_UP),
        script_values={"amount": _amount},
        always_known=_KNOWN,
    ),
)
