"""How long an order that was refunded whole can still be complained of (S2-81)."""

from collections.abc import Iterable

from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find
from domain.case.story import Story
from domain.order.children.complaint_matters import traceless
from domain.order.shipping.lateness import late_units
from domain.order.state import OrderState
from domain.policy import Policy

COMPLAINT_WINDOW = "complaint_window"


def complaint_window_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`complaint_window`: from closing, for goods said shipped that the carrier never saw and nobody has punished.

    Nothing else is left to complain of once everything is refunded. No source says how long; it takes as long as a
    return may.
    """
    if state.closed_at is None or state.closed_by is None:
        return
    if find(state.deadlines, COMPLAINT_WINDOW) is None and (not traceless(state) or late_units(state)):
        return
    window = policy.after_sale.return_window
    yield Plan(
        kind=COMPLAINT_WINDOW,
        started_at=state.closed_at,
        due_at=state.closed_at + window.value,
        because=Because(
            event_type=state.closed_by.type,
            event_id=state.closed_by.id,
            rule="after_sale.return_window",
            policy=policy.id,
            value=window.text,
        ),
        outcome=DeadlineState.MET if state.ruled_late else None,
    )


def pass_complaint_window(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The order ends."""
    story.tell("complaint_window.elapsed", "The refunded order can no longer be complained of")
