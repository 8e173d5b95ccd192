"""Goods that have left and are not paid for: never closed in silence, but finance's task, daily.

It ends when the money comes, when the goods are back, or when finance writes them off.
"""

from collections.abc import Iterable
from datetime import timedelta

from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.order.context import OrderContext
from domain.order.ending import close
from domain.order.payment import clock
from domain.order.payment.receiving import PAYMENT
from domain.order.state import OrderOutcome, OrderState
from domain.parcels.journey import Where, where_is
from domain.policy import Policy
from domain.roles import Role

SHIPPED_UNPAID = "shipped_unpaid"
UNPAID_AGAIN = "unpaid_again"
DAILY = timedelta(days=1)


def has_goods_out(state: OrderState) -> bool:
    """Whether goods have left and are not back."""
    return any(where_is(parcel) is not Where.RETURNED for parcel in state.parcels)


def is_unpaid_out(state: OrderState) -> bool:
    """Whether the time to pay has passed for goods that have left."""
    payment = find(state.deadlines, PAYMENT)
    passed = payment is not None and payment.state is DeadlineState.ELAPSED
    return passed and not state.over and not state.at_the_door and state.paid_at() is None


def pass_payment(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The order is closed as unpaid, unless its goods have left."""
    if has_goods_out(state):
        _ask(state, story)
    else:
        clock.pass_payment(state, policy, deadline, story)


def unpaid_again_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`unpaid_again`: a day after somebody answered last."""
    payment, kept = find(state.deadlines, PAYMENT), find(state.deadlines, UNPAID_AGAIN)
    asked = [item for item in state.work_items if item.type == SHIPPED_UNPAID]
    waits = is_unpaid_out(state) and not any(item in asked for item in state.open_work())
    if payment is None or (kept is None and not waits):
        return
    since = max([payment.due_at, *(item.done_at for item in asked if item.done_at)])
    yield Plan(
        kind=UNPAID_AGAIN,
        started_at=since,
        due_at=since + DAILY,
        because=Because(
            event_type=payment.because.event_type,
            event_id=payment.because.event_id,
            rule="S4-66",
            policy=policy.id,
            value="P1D",
        ),
        outcome=None if waits else DeadlineState.MET,
    )


def pass_unpaid_again(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """With the goods back there is nothing left to pay for; else finance looks again."""
    if has_goods_out(state):
        _ask(state, story)
    else:
        close(state, OrderOutcome.UNPAID, story, "Closed: not paid, and the goods are back")


def _ask(state: OrderState, story: Story) -> None:
    times = sum(item.type == SHIPPED_UNPAID for item in state.work_items)
    story.ask_for(SHIPPED_UNPAID, matter=f"unpaid#{times + 1}")


def _on_written_off(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    close(context.state, OrderOutcome.UNPAID, story, "Closed: not paid, and written off by the shop")


def _still_unpaid(state: OrderState, item: WorkItem) -> bool:
    """A parcel that came back ends the matter too: the order is closed at the next look."""
    return is_unpaid_out(state) and has_goods_out(state)


_OUTCOMES = (OutcomeRule(name="written_off", data=Nothing, take=_on_written_off, roles=(Role.FINANCE, Role.OWNER)),)

UNPAID_TASK = TaskRule(
    name=SHIPPED_UNPAID,
    needed=_still_unpaid,
    outcomes=_OUTCOMES,
    always_known=frozenset({"amount", "pay_by"}),
)
