"""The ship deadline: 72 hours from payment, unless something better prevails (S2-49, S2-50, S2-70, S2-83).

Which time prevails, strongest first: the marketplace's own or a time agreed with the buyer, whichever was said last; a
stated presale or promised time; the campaign's; the edition's. Custom goods have none. Who is late is judged in
`lateness.py`.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from pydantic import TypeAdapter

from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find
from domain.case.pauses import Pause, Pauses, pauses, put_off
from domain.case.stated import as_stated
from domain.case.story import Story
from domain.case.units import in_words
from domain.order.line import Line
from domain.order.moments import stood_at, turning_points, was_refunding
from domain.order.shipping.handover import handed_over_at, to_hand_over
from domain.order.shipping.missed import missed
from domain.order.state import OrderState
from domain.policy import Policy
from domain.times import iso_instant

SHIP_BY = "ship_by"
SHIP_ALERT = "ship_alert"

_DURATION = TypeAdapter(timedelta)
_ANY_TIME = datetime.max.replace(tzinfo=UTC)


class ClockStart(NamedTuple):
    """What set the ship clock going."""

    at: datetime
    event_type: str
    event_id: str


def clock_start(state: OrderState) -> ClockStart | None:
    """Payment in full; at the door the buyer's confirmation (S2-18).

    Or the shop's taking it up, where it was paid too late, or is not paid any more and the rest is sent all the same.
    """
    if state.at_the_door:
        by = state.cod_confirmed_by
        return ClockStart(state.cod_confirmed_at, by.type, by.id) if state.cod_confirmed_at and by else None
    payment = state.completing_payment()
    since = payment.at if payment else state.fell_unpaid_at()
    if since and state.taken_up_at and state.taken_up_by and state.taken_up_at > since:
        return ClockStart(state.taken_up_at, state.taken_up_by.type, state.taken_up_by.id)
    if payment:
        return ClockStart(payment.at, "payment.received", payment.event_id)
    return ClockStart(state.placed_at, "order.opened", state.case_id) if state.paid_at() else None


def is_owed(state: OrderState, line: Line) -> bool:
    """Whether the ship deadline is for a line: not for custom goods (S2-83), nor for a gift that is left alone."""
    return not (line.made_to_order or state.is_gift_alone(line))


def owed_lines(state: OrderState) -> list[Line]:
    """The lines that the ship deadline is for, as far as they are not refunded."""
    return [line for line in state.remaining() if is_owed(state, line)]


def ship_by_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`ship_by`: met when the carrier had every owed line in time; paused while all unshipped ones await a refund."""
    start = clock_start(state)
    if start is None:
        yield from _not_owed_any_more(state, SHIP_BY)
        return
    if all(line.made_to_order for line in state.lines):
        return
    due_at, rule, value = _prevailing(state, policy, start.at)
    because = Because(event_type=start.event_type, event_id=start.event_id, rule=rule, policy=policy.id, value=value)
    plan = as_stated(
        state.stated,
        Plan(
            kind=SHIP_BY,
            started_at=start.at,
            due_at=due_at,
            because=because,
            stands_still=_refunding_times(state),
        ),
    )
    outcome = _outcome(state, _limit(plan.started_at, plan.due_at, plan.stands_still))
    yield plan.model_copy(update={"outcome": outcome})


def _refunding_times(state: OrderState) -> tuple[Pause, ...]:
    """When refunds were asked for of all that was still to be handed over."""
    if not state.requests:
        return ()

    def was_all_refunding(moment: datetime) -> bool:
        return was_refunding(state, moment) and _is_all_refunding(stood_at(state, moment))

    return tuple(pauses(turning_points(state), was_all_refunding))


def _is_all_refunding(state: OrderState) -> bool:
    missing = to_hand_over(state)
    waiting = [line for line in owed_lines(state) if line.line_id in missing]
    return bool(waiting) and all(line.refunding >= missing[line.line_id] for line in waiting)


def ship_alert_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`ship_alert`: 48 h after payment (S4-14, S4-34); a later ship deadline moves it, keeping its distance to it."""
    start, ship_by = clock_start(state), find(state.deadlines, SHIP_BY)
    if start is None:
        yield from _not_owed_any_more(state, SHIP_ALERT)
        return
    if ship_by is None:
        return
    alert_after = policy.ship.alert_after.value
    head_start = policy.ship.within.value - alert_after
    due_at = max(start.at + alert_after, ship_by.due_at - ship_by.paused_for - head_start)
    stands_still = _refunding_times(state)
    yield Plan(
        kind=SHIP_ALERT,
        started_at=start.at,
        due_at=due_at,
        because=Because(
            event_type=start.event_type,
            event_id=start.event_id,
            rule="ship.alert_after",
            policy=policy.id,
            value=policy.ship.alert_after.text,
        ),
        stands_still=stands_still,
        outcome=_outcome(state, _limit(start.at, due_at, stands_still)),
    )


def _not_owed_any_more(state: OrderState, kind: str) -> Iterable[Plan]:
    """The bank took the money back: nothing is owed until it is paid again, and then for a time of its own."""
    if kept := find(state.deadlines, kind):
        yield Plan(
            kind=kind,
            started_at=kept.started_at,
            due_at=kept.due_at,
            because=kept.because,
            outcome=DeadlineState.CANCELLED,
        )


def pass_ship_by(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Points and compensation follow in `lateness.balance_lateness`."""
    missing = to_hand_over(state)
    late = in_words({line.line_id: missing[line.line_id] for line in owed_lines(state) if line.line_id in missing})
    story.tell("ship_by.elapsed", f"Not with the carrier in time: line {late}", lines=late)


def _prevailing(state: OrderState, policy: Policy, start: datetime) -> tuple[datetime, str, str]:
    if state.agreed_ship_by and state.agreed_ship_by > start:
        return state.agreed_ship_by, "order.agreed_ship_by", iso_instant(state.agreed_ship_by)
    if state.promised_ship_by and state.promised_ship_by > start:
        return state.promised_ship_by, "order.promised_ship_by", iso_instant(state.promised_ship_by)
    if state.campaign and state.campaign.ship_within:
        within = _DURATION.validate_python(state.campaign.ship_within)
        return start + within, "campaign.ship_within", state.campaign.ship_within
    if state.campaign:
        within_campaign = policy.promotion.ship_within
        return start + within_campaign.value, "promotion.ship_within", within_campaign.text
    return start + policy.ship.within.value, "ship.within", policy.ship.within.text


def _limit(started_at: datetime, due_at: datetime, stands_still: Pauses) -> datetime:
    """Until when the carrier must have the goods; while the clock stands still, any time will do."""
    with_pauses = put_off(started_at, due_at, stands_still)
    return _ANY_TIME if with_pauses.stands_still_since else with_pauses.due_at


def _outcome(state: OrderState, limit: datetime) -> DeadlineState | None:
    if state.closed_at or not owed_lines(state):
        return DeadlineState.CANCELLED
    if state.completed_at and state.completed_at <= limit:
        return DeadlineState.MET
    times = [handed_over_at(state, line) for line in owed_lines(state)]
    in_time = all(time is not None and time <= limit for time in times)
    return DeadlineState.MET if in_time and not _refunded_late(state, limit) else None


def _refunded_late(state: OrderState, limit: datetime) -> bool:
    """Whether units that never ship were not with the carrier in time, and asked to be refunded after that only."""
    never_ship = (line for line in state.lines if line.cancelled and not line.made_to_order)
    return any(missed(state, line, limit) > 0 for line in never_ship)
