"""Goods that do not leave are asked about; breached, again daily until they are shipped or refunded.

One question at a time: while somebody is at it (the ladder, a promise that is kept or was missed) nobody else is asked.
"""

from collections.abc import Iterable

from domain.case.asking import again_plans, is_asked
from domain.case.deadline import Deadline, DeadlineState, Plan, find
from domain.case.story import Story
from domain.order.shipping import clock
from domain.order.shipping.clock import SHIP_BY, is_owed
from domain.order.shipping.handover import to_hand_over
from domain.order.state import OrderState
from domain.policy import Policy

UNSHIPPED_48H = "unshipped_48h"
"""The task with which the ladder begins (`ladder.py`)."""

UNSHIPPED_AGAIN = "unshipped_again"

_ONE_MATTER = (UNSHIPPED_48H, "report_shipment", "offer_alternative", "guide_refund", "promise_missed")
"""The tasks of goods that do not leave."""


def is_unshipped_late(state: OrderState) -> bool:
    """Whether the ship deadline has passed, and goods that are owed and not asked back are not with the carrier."""
    ship_by = find(state.deadlines, SHIP_BY)
    if ship_by is None or ship_by.state is not DeadlineState.ELAPSED or state.over:
        return False
    missing = to_hand_over(state)
    return any(missing.get(line.line_id, 0) > line.refunding for line in state.lines if is_owed(state, line))


def unshipped_again_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`unshipped_again`: a day after the deadline passed, or after somebody answered last."""
    ship_by, lasts = find(state.deadlines, SHIP_BY), is_unshipped_late(state)
    return again_plans(state, policy, UNSHIPPED_AGAIN, _ONE_MATTER, ship_by, "S4-34", lasts=lasts)


def pass_ship_alert(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Somebody must find out: out of stock, or shipped and not reported? (S4-34); once breached, they were asked."""
    ship_by = find(state.deadlines, SHIP_BY)
    if not is_unshipped_late(state):
        story.ask_for(UNSHIPPED_48H, matter="unshipped", due_at=ship_by.due_at if ship_by else None)


def pass_ship_by(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The deadline has passed: what was answered before it is asked again now."""
    clock.pass_ship_by(state, policy, deadline, story)
    ask_again(state, story)


def pass_unshipped_again(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Somebody finds out again, and tells the buyer what is owed."""
    ask_again(state, story)


def ask_again(state: OrderState, story: Story) -> None:
    """Asks for the goods that did not leave in time, unless somebody is at it."""
    if is_unshipped_late(state) and not is_asked(state, _ONE_MATTER):
        times = sum(item.type == UNSHIPPED_48H for item in state.work_items)
        story.ask_for(UNSHIPPED_48H, matter=f"unshipped#{times + 1}")
