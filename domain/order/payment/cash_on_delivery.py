"""Confirming cash on delivery with the buyer: tried again and again, then set aside, never closed by us (S2-17..22)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from domain.case.cause import Evidence
from domain.case.declare import ActionRule, Nothing, OutcomeRule, TaskRule
from domain.case.deeds import by_action
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.order.context import OrderContext
from domain.order.ending import close
from domain.order.payment.closing import against_closing
from domain.order.shipping.handover import first_consigned_at
from domain.order.state import OrderOutcome, OrderState
from domain.order.words import attempt
from domain.policy import Policy
from domain.roles import SELLER

CONFIRM_COD = "confirm_cod"
AT_RISK, OVER_QUOTA = "at_risk", "over_quota"
"""The forms of the task for a buyer who is likely to refuse, and where today's share of those is used up (S2-17)."""

NEXT_WITHIN = timedelta(hours=24)
"""The next try is due so long after one in vain, as the contract has it."""


def awaits_confirmation(state: OrderState) -> bool:
    """Whether the buyer must still say that they want it, before it ships (S2-18)."""
    return state.at_the_door and not (state.cod_confirmed_at or state.over or first_consigned_at(state))


def ask_to_confirm(state: OrderState, policy: Policy, story: Story) -> None:
    """One try after the other, until the buyer is reached or, after three days in vain, it is set aside (S2-19)."""
    if not awaits_confirmation(state) or state.parked:
        return
    tries = len(state.cod_tries)
    last = state.cod_tries[-1] if tries else None
    story.ask_for(
        CONFIRM_COD,
        matter=f"try-{tries + 1}",
        not_before=last + policy.cod.retry_after.value if last else None,
        due_at=last + NEXT_WITHIN if last else None,
        variant=OVER_QUOTA if state.over_quota else AT_RISK if state.at_risk else "",
    )


def confirm(state: OrderState, story: Story) -> None:
    """The buyer wants it: now it may ship, and the ship deadline runs (S2-18)."""
    state.cod_confirmed_at, state.parked = story.cause.at, False
    state.cod_confirmed_by = Evidence(type="cod.confirmed", id=story.cause.id)
    story.tell("cod.confirmed", "The buyer confirmed the order: cash on delivery")


def _on_unreachable(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    state = context.state
    state.cod_tries.append(story.cause.now)
    if story.cause.now >= state.opened_at + context.policy.cod.parked_after.value:
        state.parked = True
        story.tell("order.parked", "Set aside: the buyer could not be reached for three days")


def _on_other_payment(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """The buyer pays another way: from here on the order awaits payment like any other (S2-17, S2-22)."""
    context.state.pays_online_since, context.state.parked = story.cause.at, False
    story.tell("cod.other_payment", "The buyer pays another way, before shipping")


def _on_declined(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    close(context.state, OrderOutcome.CANCELLED, story, "Closed: the buyer does not want it after all")


def _declined_refusals(context: OrderContext[object], item: WorkItem) -> Iterable[Refusal]:
    return against_closing(context)


def _confirmation_needed(state: OrderState, item: WorkItem) -> bool:
    return awaits_confirmation(state) and not state.parked


def _confirm_cod_refusals(context: OrderContext[object]) -> Iterable[Refusal]:
    state = context.state
    if not state.at_the_door:
        yield Refusal(code="not_cash_on_delivery", message="This order is not paid on delivery.")
    if state.cod_confirmed_at:
        yield Refusal(code="already_confirmed", message="The buyer has confirmed this order already.")
    if state.over:
        yield Refusal(code="already_closed", message="This order is closed.")
    if state.parcels:
        yield Refusal(code="already_shipped", message="The goods have left already.")


def _confirm_cod(context: OrderContext[object], story: Story) -> dict[str, Any]:
    confirm(context.state, story)
    return {}


CONFIRM_BY_BUYER = ActionRule(
    name="confirm_cod",
    title="Note that the buyer confirmed cash on delivery",
    input=Nothing,
    roles=SELLER,
    refusals=_confirm_cod_refusals,
    take=_confirm_cod,
)

_OUTCOMES = (
    by_action("confirmed", CONFIRM_BY_BUYER),
    OutcomeRule(name="unreachable", data=Nothing, take=_on_unreachable),
    OutcomeRule(name="other_payment", data=Nothing, take=_on_other_payment),
    OutcomeRule(name="declined", data=Nothing, take=_on_declined, refusals=_declined_refusals),
)

COD_TASK = TaskRule(
    name=CONFIRM_COD,
    needed=_confirmation_needed,
    outcomes=_OUTCOMES,
    script_values={"attempt": attempt},
    always_known=frozenset({"attempt"}),
)
