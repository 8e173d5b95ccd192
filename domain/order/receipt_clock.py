"""The clocks of paying and receiving: unpaid orders close, receipt is confirmed by timeout, the return window ends."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.case.cause import Evidence
from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find
from domain.case.story import Story
from domain.order.remittances import verifying
from domain.order.shipping import all_consigned_at, coming_back, first_consigned_at, signed_at
from domain.order.state import OrderState, Outcome
from domain.policy import Policy

PAYMENT = "payment"
AUTO_CONFIRM = "auto_confirm"
RETURN_WINDOW = "return_window"

SETTLING_IN = timedelta(minutes=10)
"""Closing cannot be undone: an order that is opened long after it was placed first hears of its payment."""


def payment_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`payment`: from placing; never for cash on delivery (S2-19: do not close unilaterally).

    It stands still while finance looks for a remittance (S2-24).
    """
    if state.at_the_door:
        return
    within = policy.payment.within
    started_at = state.pays_online_since or state.placed_at
    limit = max(started_at + within.value, state.opened_at + SETTLING_IN)
    paid_at = state.paid_at()
    kept = find(state.deadlines, PAYMENT)
    stood_still = kept is not None and kept.state is DeadlineState.PAUSED
    in_time = paid_at is not None and (stood_still or paid_at <= limit + (kept.paused_for if kept else timedelta()))
    moot = DeadlineState.CANCELLED if paid_at or state.over else None
    yield Plan(
        kind=PAYMENT,
        started_at=started_at,
        due_at=limit,
        because=_because(Evidence(type="order.placed", id=state.case_id), "payment.within", policy, within.text),
        paused=verifying(state),
        outcome=DeadlineState.MET if in_time else moot,
    )


def payment_passed(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The order is closed as unpaid."""
    close(state, Outcome.UNPAID, story, f"Closed: not paid in time ({deadline.because.value} after placing)")


def auto_confirm_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`auto_confirm`: from the first consignment, with its extensions (S2-92, S4-19).

    It stands still while every line is in dispute. With some in dispute it confirms the others; the disputed ones get
    the time that was left to them once the dispute is over. Goods that the buyer refused or that came back are not
    confirmed by timeout, nor lines that never left: once the clock has passed before the last line was consigned, it
    runs from that consignment.
    """
    if any(line.receipt_confirmed_at for line in state.lines):
        yield from _rest_plans(state, policy)
        return
    since = all_consigned_at(state) if state.receipt_waits_for_lines else first_consigned_at(state)
    if since is None:
        return
    within = policy.receipt.auto_confirm
    parcel = next(parcel for parcel in state.parcels if parcel.consigned_at == since)
    disputed = bool(state.remaining()) and all(line.request_open for line in state.remaining())
    kept = find(state.deadlines, AUTO_CONFIRM)
    timed_out = kept is not None and kept.state is DeadlineState.ELAPSED
    over = DeadlineState.MET if state.completed_at and not timed_out else DeadlineState.CANCELLED
    yield Plan(
        kind=AUTO_CONFIRM,
        started_at=since,
        due_at=since + within.value + timedelta(days=sum(state.receipt_extensions)),
        because=_because(parcel.consigned_by, "receipt.auto_confirm", policy, within.text),
        paused=disputed or coming_back(state),
        outcome=over if state.over else None,
    )


def _rest_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """The clock of the lines that were in dispute when the others were confirmed."""
    rest = [line for line in state.remaining() if line.receipt_confirmed_at is None]
    kept = find(state.deadlines, AUTO_CONFIRM)
    if kept and state.over:
        met = state.completed_at is not None and kept.state is not DeadlineState.ELAPSED
        yield Plan(
            kind=AUTO_CONFIRM,
            started_at=kept.started_at,
            due_at=kept.due_at - kept.paused_for,
            because=kept.because,
            outcome=DeadlineState.MET if met else DeadlineState.CANCELLED,
        )
        return
    ended = [
        one.ended_at for one in state.requests if one.ended_at and {line.line_id for line in rest} & {*one.line_ids}
    ]
    if not rest or not ended or kept is None or any(line.request_open for line in rest):
        return
    started_at = max(ended)
    yield Plan(
        kind=AUTO_CONFIRM,
        started_at=started_at,
        due_at=started_at + max(line.receipt_left for line in rest),
        because=kept.because,
        paused=coming_back(state),
    )


def auto_confirm_passed(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Receipt is confirmed by timeout (S2-92), of the lines that are not in dispute; not before all have left."""
    if all_consigned_at(state) is None:
        state.receipt_waits_for_lines = True
        story.tell("auto_confirm.waits", "Not confirmed by timeout: some lines have not been shipped yet")
        return
    for line in state.remaining():
        if line.request_open:
            asked = [one.requested_at for one in state.requests if one.open and line.line_id in one.line_ids]
            line.receipt_left = deadline.due_at - min(asked)
        else:
            line.receipt_confirmed_at = line.receipt_confirmed_at or story.cause.at
    confirm_rest(state, story)
    if not state.over:
        disputed = ", ".join(line.line_id for line in state.remaining() if line.request_open)
        story.tell("auto_confirm.in_part", f"Receipt confirmed by timeout, but for line {disputed} in dispute")


def confirm_rest(state: OrderState, story: Story) -> None:
    """With the last line confirmed, or the rest of them refunded, the trade has succeeded."""
    remaining = state.remaining()
    if remaining and not state.over and all(line.receipt_confirmed_at for line in remaining):
        complete(state, story.cause.at, story, "Receipt confirmed by timeout")


def return_window_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`return_window`: 168 h from the carrier's signed time; never signed: from completion (S2-96, S2-100)."""
    started_at = signed_at(state) or state.completed_at
    signings = [parcel.signed_by for parcel in state.parcels if parcel.signed_at == started_at]
    since = signings[0] if signings else state.completed_by
    if started_at is None or since is None:
        return
    window = policy.after_sale.return_window
    yield Plan(
        kind=RETURN_WINDOW,
        started_at=started_at,
        due_at=started_at + window.value,
        because=_because(since, "after_sale.return_window", policy, window.text),
        outcome=DeadlineState.CANCELLED if state.closed_at else None,
    )


def return_window_passed(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """After-sale without reason is no longer accepted; a completed order ends."""
    story.tell("return_window.elapsed", "The return window has ended")


def complete(state: OrderState, at: datetime, story: Story, summary: str) -> None:
    """The trade has succeeded (S2-67)."""
    state.completed_at, state.outcome = at, Outcome.COMPLETED
    state.completed_by = Evidence(type="order.completed", id=story.cause.evidence.id)
    story.tell("order.completed", summary)


def close(state: OrderState, outcome: Outcome, story: Story, summary: str, reason: str | None = None) -> None:
    """The order ends without a trade; `reason` refers to the words that somebody gave for it."""
    state.closed_at, state.outcome = story.cause.at, outcome
    state.closed_by = Evidence(type="order.closed", id=story.cause.evidence.id)
    given = {"reason": reason} if reason else {}
    story.tell("order.closed", summary, outcome=outcome, **given)


def close_if_refunded(state: OrderState, policy: Policy, story: Story) -> None:
    """An order all of whose lines are refunded before completion is closed; on some marketplaces: cancelled (S3-02)."""
    if state.over or state.remaining():
        return
    cancels = policy.receipt.refund_before_is_cancellation.value
    outcome = Outcome.CANCELLED if cancels else Outcome.REFUNDED
    close(state, outcome, story, f"Closed: every line is refunded ({outcome})")


def _because(since: Evidence, rule: str, policy: Policy, value: str) -> Because:
    return Because(event_type=since.type, event_id=since.id, rule=rule, policy=policy.id, value=value)
