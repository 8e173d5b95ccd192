"""The clock of receiving: receipt is confirmed by timeout, of the lines that are not in dispute (S2-92)."""

from collections.abc import Iterable
from datetime import timedelta

from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find
from domain.case.story import Story
from domain.order.ending import complete
from domain.order.shipping.handover import all_consigned_at, first_consigned_at, is_coming_back
from domain.order.state import OrderState
from domain.policy import Policy

AUTO_CONFIRM = "auto_confirm"


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
        because=Because.since(parcel.consigned_by, "receipt.auto_confirm", policy.id, within.text),
        paused=disputed or is_coming_back(state),
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
        paused=is_coming_back(state),
    )


def pass_auto_confirm(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Receipt is confirmed by timeout (S2-92), of the lines that are not in dispute; not before all have left."""
    if all_consigned_at(state) is None:
        state.receipt_waits_for_lines = True
        story.tell("auto_confirm.waits", "Not confirmed by timeout: some lines have not been shipped yet")
        return
    for line in state.remaining():
        if line.request_open:
            requested = [one.requested_at for one in state.requests if one.open and line.line_id in one.line_ids]
            line.receipt_left = deadline.due_at - min(requested)
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


def is_confirmed_by_timeout(state: OrderState) -> bool:
    """Whether the trade succeeded because its buyer said nothing (S2-92)."""
    by_clock = [line.receipt_confirmed_at is not None for line in state.lines]
    rest = [line.receipt_confirmed_at is not None for line in state.remaining()]
    return state.completed_at is not None and any(by_clock) and all(rest)
