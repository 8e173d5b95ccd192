"""The clock of receiving: receipt is confirmed by timeout, of the lines that are not in dispute (S2-92)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find
from domain.case.pauses import Pause, pauses
from domain.case.story import Story
from domain.case.units import counted, in_words
from domain.order.ending import complete
from domain.order.line import Line
from domain.order.moments import stood_at, turning_points, was_any_gone, was_disputed
from domain.order.shipping.gone import gone_with, undecided
from domain.order.shipping.handover import all_consigned_at, carried_by, freed_at, to_consign
from domain.order.state import OrderState
from domain.parcels.journey import was_gone
from domain.policy import Policy

AUTO_CONFIRM = "auto_confirm"


def auto_confirm_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`auto_confirm`: from the first consignment, with its extensions (S2-92, S4-19).

    It stands still while nobody has paid for goods that have left, and while every unit is held up: in dispute, or with
    a parcel that is refused, back, lost or astray.
    With some held up it confirms the others; those get the time that was left to them once that is over, and all of it
    where they are sent again. Lines that never left are not confirmed by timeout either: once the clock has passed
    before the last line was consigned, it runs from that consignment.
    """
    if any(line.receipt_confirmed_at for line in state.lines):
        yield from _rest_plans(state, policy)
        return
    since = all_consigned_at(state) if state.receipt_waits_for_lines else _first_consigned_at(state)
    if since is None:
        return
    within = policy.receipt.auto_confirm
    parcel = next(parcel for parcel in state.parcels if parcel.consigned_at == since)
    kept = find(state.deadlines, AUTO_CONFIRM)
    timed_out = kept is not None and kept.state is DeadlineState.ELAPSED
    over = DeadlineState.MET if state.completed_at and not timed_out else DeadlineState.CANCELLED
    yield Plan(
        kind=AUTO_CONFIRM,
        started_at=since,
        due_at=since + within.value + timedelta(days=sum(state.receipt_extensions)),
        because=Because.since(parcel.consigned_by, "receipt.auto_confirm", policy.id, within.text),
        stands_still=tuple(_times_without_receipt(state, since)),
        outcome=over if state.over else None,
    )


def _times_without_receipt(state: OrderState, since: datetime) -> list[Pause]:
    """When there was nothing to confirm: every unit was held up, or nobody had paid for them yet."""
    paid_since, disturbed = _paid_since(state), state.requests or any(was_gone(parcel) for parcel in state.parcels)
    if not disturbed and paid_since and paid_since <= since:
        return []

    def waits(moment: datetime) -> bool:
        if paid_since is None or moment < paid_since:
            return True
        concerns = was_disputed(state, moment) or was_any_gone(state, moment)
        return concerns and _is_all_held_up(stood_at(state, moment))

    return pauses({*turning_points(state), since, *([paid_since] if paid_since else [])}, waits)


def _paid_since(state: OrderState) -> datetime | None:
    """Since when it was first paid in full, whatever the bank took back since; at the door the goods are paid for."""
    if state.at_the_door:
        return state.placed_at
    if not state.reversals:
        return state.paid_at()
    return min((payment.at for payment in state.payments if state.was_paid_at(payment.at)), default=None)


def _is_all_held_up(state: OrderState) -> bool:
    return bool(state.remaining()) and all(_is_held_up(state, line) for line in state.remaining())


def _first_consigned_at(state: OrderState) -> datetime | None:
    """When the first of the parcels left that carry the goods now."""
    lines = state.remaining() or state.lines
    parcels = [parcel for line in lines for parcel in carried_by(state, line)] or state.parcels
    return min((parcel.consigned_at for parcel in parcels), default=None)


def _held_up_since(state: OrderState, line: Line) -> datetime | None:
    """Since when receipt of some of a line cannot be confirmed by timeout; None where all of it can."""
    disputes = [one.requested_at for one in state.requests if one.open and line.line_id in one.units]
    return min([*disputes, *(gone.since for gone in gone_with(state, line))], default=None)


def _held_up(state: OrderState, line: Line) -> int:
    """How many of its units are in dispute, or gone."""
    waiting = to_consign(state).get(line.line_id, 0)
    return line.requested + sum(gone.units for gone in undecided(state, line, waiting))


def _is_held_up(state: OrderState, line: Line) -> bool:
    """Whether all of it is."""
    return _held_up(state, line) >= line.quantity - line.settled


def unconfirmed(state: OrderState, line: Line) -> int:
    """How many of a line's units are neither paid back nor confirmed by timeout.

    Of those that were held up when the others were confirmed, the ones that a request of that time has paid back since
    are not waited for, nor those that were paid back because they never came.
    """
    rest, confirmed_at = line.quantity - line.settled, line.receipt_confirmed_at
    if confirmed_at is None:
        return rest
    since = [one for one in state.requests if one.ended_at and one.ended_at >= confirmed_at]
    settled = sum(one.done.get(line.line_id, 0) for one in since if one.forgone or one.requested_at <= confirmed_at)
    return min(rest, max(line.receipt_open - settled, 0))


def _free_since(state: OrderState, line: Line) -> datetime | None:
    """When the last of what held a line up was over."""
    ended = [one.ended_at for one in state.requests if one.ended_at and line.line_id in one.units]
    freed = freed_at(state, line)
    return max([*ended, *([freed] if freed else [])], default=None)


def _rest_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """The clock of the lines that were held up when the others were confirmed."""
    rest = [line for line in state.remaining() if unconfirmed(state, line)]
    kept = find(state.deadlines, AUTO_CONFIRM)
    if kept and state.over:
        met = state.completed_at is not None and kept.state is not DeadlineState.ELAPSED
        yield Plan(
            kind=AUTO_CONFIRM,
            started_at=kept.started_at,
            due_at=kept.due_at,
            because=kept.because,
            outcome=DeadlineState.MET if met else DeadlineState.CANCELLED,
        )
        return
    free = [since for line in rest if (since := _free_since(state, line))]
    if not free or kept is None or any(_held_up_since(state, line) for line in rest):
        return
    yield Plan(
        kind=AUTO_CONFIRM,
        started_at=max(free),
        due_at=max(free) + max(_time_left(state, policy, line) for line in rest),
        because=kept.because,
    )


def _time_left(state: OrderState, policy: Policy, line: Line) -> timedelta:
    """All of it for goods that were sent again, else what was left when the clock passed."""
    resent = any(line.line_id in parcel.again for parcel in state.parcels_of(line))
    return policy.receipt.auto_confirm.value if resent else line.receipt_left


def pass_auto_confirm(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Receipt is confirmed by timeout (S2-92), of the units that nothing holds up; not before all have left."""
    if all_consigned_at(state) is None:
        state.receipt_waits_for_lines = True
        story.tell("auto_confirm.waits", "Not confirmed by timeout: some lines have not been shipped yet")
        return
    for line in [line for line in state.remaining() if unconfirmed(state, line)]:
        if since := _held_up_since(state, line):
            line.receipt_left = max(deadline.due_at - since, timedelta())
        if not _is_held_up(state, line):
            line.receipt_confirmed_at, line.receipt_open = story.cause.at, _held_up(state, line)
    confirm_rest(state, story)
    if not state.over:
        left = counted({line.line_id: unconfirmed(state, line) for line in state.lines})
        story.tell("auto_confirm.in_part", f"Receipt confirmed by timeout, but for line {in_words(left)}")


def confirm_rest(state: OrderState, story: Story) -> None:
    """With the last unit confirmed, or the rest of them refunded, the trade has succeeded."""
    remaining = state.remaining()
    if remaining and not state.over and not any(unconfirmed(state, line) for line in remaining):
        complete(state, story.cause.at, story, "Receipt confirmed by timeout")


def is_confirmed_by_timeout(state: OrderState) -> bool:
    """Whether the trade succeeded because its buyer said nothing (S2-92)."""
    by_clock = [line.receipt_confirmed_at is not None for line in state.lines]
    rest = [unconfirmed(state, line) for line in state.remaining()]
    return state.completed_at is not None and any(by_clock) and not any(rest)
