"""The return window: seven days from the carrier's signed time (S2-96, S2-100)."""

from collections.abc import Iterable
from datetime import datetime

from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find, withdrawn
from domain.case.story import Story
from domain.order.shipping.handover import delivery
from domain.order.state import OrderState
from domain.policy import Policy

RETURN_WINDOW = "return_window"


def return_window_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`return_window`: 168 h from the carrier's signed time; never signed: from completion (S2-96, S2-100).

    A wrong sign starts nothing: the window runs again from the true one.
    """
    last = delivery(state)
    started_at, since = (last.since, last.by) if last else (state.completed_at, state.completed_by)
    if started_at is None or since is None:
        yield from withdrawn(state.deadlines, RETURN_WINDOW)
        return
    window = policy.after_sale.return_window
    yield Plan(
        kind=RETURN_WINDOW,
        started_at=started_at,
        due_at=started_at + window.value,
        because=Because.since(since, "after_sale.return_window", policy.id, window.text),
        outcome=DeadlineState.CANCELLED if state.closed_at else None,
    )


def is_over(state: OrderState, now: datetime) -> bool:
    """Whether it has ended by now."""
    window = find(state.deadlines, RETURN_WINDOW)
    if window is None or not (state.completed_at or delivery(state)):
        return False
    return window.state is DeadlineState.ELAPSED or window.due_at <= now


def pass_return_window(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """After-sale without reason is no longer accepted; a completed order ends."""
    story.tell("return_window.elapsed", "The return window has ended")
