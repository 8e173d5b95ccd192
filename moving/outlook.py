"""How an order would stand once it is taken over: the rules tell it, nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from domain.case.deadline import DeadlineState, find
from domain.case.live import LiveCase
from domain.case.work import WorkState
from domain.events import read_event
from domain.money import ZERO
from domain.order.opening import OpenedOrder, begin
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.lateness import penalty
from domain.order.state import OrderState
from domain.policy import policy
from domain.roles import Actor, Role
from domain.times import Instant


class Waiting(BaseModel):
    """Something that somebody is to do, and until when."""

    type: str
    due_at: Instant


class Outlook(BaseModel):
    """One order as it would stand.

    Attributes:
        late: whether it is a late shipment; `charged`: whether that would be charged here.
        next: the deadline that runs out first.
        waiting: what somebody would have to do, the most urgent first.
    """

    order_id: str
    stage: str
    outcome: str | None
    late: bool
    charged: bool
    next: Waiting | None
    waiting: list[Waiting]

    def is_urgent(self, now: datetime) -> bool:
        """Whether somebody is needed at once."""
        return any(task.due_at <= now for task in self.waiting)


def look_ahead(order_id: str, opened: OpenedOrder, told: Sequence[dict[str, Any]], now: datetime) -> Outlook:
    """Lives an order through what is told of it, as its workflow would."""
    case = begin(opened)
    reporters = {role: Actor(role=role, account=opened.opened_by.account) for role in Role}
    for event in told:
        case.take_in(read_event(event, opened.merchant, reporters, now).fact, now)
    while case.state.open and (due := case.overdue(now)):
        case.pass_deadline(due, now)
    return _outlook(order_id, case)


def _outlook(order_id: str, case: LiveCase[OrderState]) -> Outlook:
    state = case.state
    ship_by, cost = find(state.deadlines, SHIP_BY), penalty(state, policy(state.policy))
    tasks = [Waiting(type=one.type, due_at=one.due_at) for one in state.work_items if one.state is WorkState.OPEN]
    due = state.next_due()
    return Outlook(
        order_id=order_id,
        stage=state.stage,
        outcome=state.outcome,
        late=ship_by is not None and ship_by.state is DeadlineState.ELAPSED,
        charged=cost.points > 0 or cost.compensation > ZERO,
        next=Waiting(type=due.kind, due_at=due.due_at) if due else None,
        waiting=sorted(tasks, key=lambda task: task.due_at),
    )
