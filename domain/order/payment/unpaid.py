"""Goods that have left and are not paid for: never closed in silence, but finance's task, daily.

It ends when the money comes, when the goods are back, or when finance writes them off. What is paid at the door the
carrier passes on: an order whose goods have reached their buyer waits for that money, whatever becomes of it besides.
"""

from collections.abc import Iterable
from typing import Annotated

from pydantic import ConfigDict, Field

from domain.case.asking import again_plans
from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find, withdrawn
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.money import InYuan, Yuan
from domain.order.context import OrderContext
from domain.order.ending import close
from domain.order.payment import clock
from domain.order.payment.receiving import PAYMENT, receive
from domain.order.shipping.handover import delivery
from domain.order.state import OrderOutcome, OrderState
from domain.parcels.journey import Where, where_is
from domain.policy import Policy
from domain.roles import Role

SHIPPED_UNPAID = "shipped_unpaid"
UNPAID_AGAIN = "unpaid_again"
MONEY_AT_THE_DOOR = "money_at_the_door"
AT_THE_DOOR = "at_the_door"
"""The form of the task for money that the carrier took at the door."""


class Arrived(InYuan):
    """What came into the shop's account after all, yuan."""

    model_config = ConfigDict(extra="forbid")

    amount: Annotated[Yuan, Field(gt=0)]


def money_at_the_door_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`money_at_the_door`: from the delivery of a cash-on-delivery order until the carrier has passed its money on."""
    reached = delivery(state)
    if not state.at_the_door or reached is None:
        yield from withdrawn(state.deadlines, MONEY_AT_THE_DOOR)
        return
    within, paid_at = policy.cod.passed_on_within, state.paid_at()
    due_at = reached.since + within.value
    settled = DeadlineState.MET if paid_at and paid_at <= due_at else DeadlineState.CANCELLED
    yield Plan(
        kind=MONEY_AT_THE_DOOR,
        started_at=reached.since,
        due_at=due_at,
        because=Because.since(reached.by, "cod.passed_on_within", policy.id, within.text),
        outcome=settled if paid_at or state.written_off_at else None,
    )


def pass_money_at_the_door(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Finance asks the carrier for it."""
    _ask(state, story)


def waits_for_money(state: OrderState) -> bool:
    """Whether the carrier still has time to pass on what it took at the door."""
    passing_on = find(state.deadlines, MONEY_AT_THE_DOOR)
    return passing_on is not None and passing_on.running


def has_goods_out(state: OrderState) -> bool:
    """Whether goods have left and are not back."""
    return any(where_is(parcel) is not Where.RETURNED for parcel in state.parcels)


def is_unpaid_out(state: OrderState) -> bool:
    """Whether the time to pay has passed for goods that have left."""
    if state.paid_at() is not None or state.written_off_at:
        return False
    due = _time_to_pay(state)
    return due is not None and due.state is DeadlineState.ELAPSED and (state.at_the_door or not state.over)


def _time_to_pay(state: OrderState) -> Deadline | None:
    return find(state.deadlines, MONEY_AT_THE_DOOR if state.at_the_door else PAYMENT)


def pass_payment(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The order is closed as unpaid, unless its goods have left."""
    if has_goods_out(state):
        _ask(state, story)
    else:
        clock.pass_payment(state, policy, deadline, story)


def unpaid_again_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`unpaid_again`: a day after somebody answered last."""
    lasts = is_unpaid_out(state)
    return again_plans(state, policy, UNPAID_AGAIN, (SHIPPED_UNPAID,), _time_to_pay(state), "S4-66", lasts=lasts)


def pass_unpaid_again(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """With the goods back there is nothing left to pay for; else finance looks again."""
    if has_goods_out(state):
        _ask(state, story)
    else:
        close(state, OrderOutcome.UNPAID, story, "Closed: not paid, and the goods are back")


def _ask(state: OrderState, story: Story) -> None:
    times = sum(item.type == SHIPPED_UNPAID for item in state.work_items)
    variant = AT_THE_DOOR if state.at_the_door else ""
    story.ask_for(SHIPPED_UNPAID, matter=f"unpaid#{times + 1}", variant=variant)


def _on_received(context: OrderContext[Arrived], item: WorkItem, story: Story) -> None:
    """Finance has found it: booked as any other payment."""
    amount = context.input.amount
    receive(context.state, story, item.item_id, amount, "S2-43")
    story.tell("payment.received", f"Paid {amount} yuan, as finance found", amount=str(amount))


def _on_written_off(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    close(context.state, OrderOutcome.UNPAID, story, "Closed: not paid, and written off by the shop")


def _on_written_off_at_the_door(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """The buyer has paid the carrier: the trade goes on as it would, and the shop bears what the carrier kept."""
    context.state.written_off_at = story.cause.at
    story.tell("payment.written_off", "The money paid at the door is written off by the shop")


def _still_unpaid(state: OrderState, item: WorkItem) -> bool:
    """A parcel that came back ends the matter too: the order is closed at the next look."""
    return is_unpaid_out(state) and has_goods_out(state)


_FINANCE = (Role.FINANCE, Role.OWNER)
_OUTCOMES = (
    OutcomeRule(name="received", data=Arrived, take=_on_received, roles=_FINANCE),
    OutcomeRule(name="written_off", data=Nothing, take=_on_written_off, variants=("",), roles=_FINANCE),
    OutcomeRule(
        name="written_off",
        data=Nothing,
        take=_on_written_off_at_the_door,
        variants=(AT_THE_DOOR,),
        roles=_FINANCE,
    ),
)

UNPAID_TASK = TaskRule(
    name=SHIPPED_UNPAID,
    needed=_still_unpaid,
    outcomes=_OUTCOMES,
    script_values={"amount": lambda state, policy, item: str(state.lacking)},
    always_known=frozenset({"amount", "unpaid_since"}),
)
