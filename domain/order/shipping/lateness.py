"""Late shipment: who is late, and what it costs (S2-51, S2-83..85)."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from domain.case.deadline import DeadlineState, find
from domain.case.ledger import Booking, EntryKind, Party, Unit
from domain.case.story import Story
from domain.case.units import Quantities, counted, share
from domain.money import yuan
from domain.order.line import Line
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.missed import missed
from domain.order.state import OrderState
from domain.policy import Policy

RULE = "S2-85"


class Penalty(NamedTuple):
    """What a late shipment costs: points, and yuan to the buyer."""

    points: int
    compensation: Decimal


def late_units(state: OrderState) -> Quantities:
    """The units of each line that are late shipments, going by the facts known now.

    A unit is late when the ship deadline passed before the carrier had it, or when the buyer was told that it is out
    of stock (S2-83), or when the platform has ruled so (S2-81), which stands whatever is learnt later. One whose refund
    was asked for before the deadline is not, unless it was asked for in vain.
    """
    return counted(
        {
            line.line_id: max(_missed(state, line), line.out_of_stock_told, state.ruled_late.get(line.line_id, 0))
            for line in state.lines
            if not line.made_to_order
        }
    )


def late_lines(state: OrderState) -> list[Line]:
    """The lines of which units are late."""
    late = late_units(state)
    return [line for line in state.lines if line.line_id in late]


def _missed(state: OrderState, line: Line) -> int:
    """The units that the carrier did not have when they were due, but for those asked to be refunded by then.

    A breach stays one when the bank takes the money back later, and the goods are paid again and have a time anew.
    """
    passed = (one for one in state.deadlines if one.kind == SHIP_BY and one.state is DeadlineState.ELAPSED)
    return max((missed(state, line, one.due_at) for one in passed if _was_owed(state, one.due_at)), default=0)


def _was_owed(state: OrderState, due_at: datetime) -> bool:
    """Whether the goods were paid for when they were due, or the shop had said that it sends them all the same."""
    taken_up = state.taken_up_at is not None and state.taken_up_at <= due_at
    return state.at_the_door or taken_up or state.was_paid_at(due_at)


def penalty(state: OrderState, policy: Policy) -> Penalty:
    """3 points once per order, and 5 % of what the late units were paid, freight not counted, at most 30 yuan."""
    late = late_units(state)
    if not late or _is_charged_elsewhere(state):
        return Penalty(0, Decimal(0))
    terms = policy.ship.late
    paid = sum(_paid_for_last(line, late[line.line_id]) for line in late_lines(state))
    return Penalty(terms.points.value, yuan(min(paid * terms.rate.value, terms.cap.value)))


def _is_charged_elsewhere(state: OrderState) -> bool:
    """Whether an order that was taken over was late before: no order is charged twice."""
    ship_by = find(state.deadlines, SHIP_BY)
    return bool(
        state.charged_since
        and ship_by
        and ship_by.state is DeadlineState.ELAPSED
        and ship_by.due_at < state.charged_since
    )


def _paid_for_last(line: Line, units: int) -> Decimal:
    return line.amount - share(line.amount, line.quantity, line.quantity - units)


def balance_lateness(state: OrderState, policy: Policy, story: Story) -> None:
    """Books the penalty the facts call for; evidence that arrives late reverses what was booked (S2-84)."""
    points, compensation = penalty(state, policy)
    story.balance(
        EntryKind.LATE_SHIPMENT_POINTS,
        Booking(
            kind=EntryKind.LATE_SHIPMENT_POINTS,
            amount=Decimal(points),
            unit=Unit.POINTS,
            debit=Party.MERCHANT,
            credit=Party.PLATFORM,
            rule=RULE,
        )
        if points
        else None,
    )
    story.balance(
        EntryKind.LATE_SHIPMENT_COMPENSATION,
        Booking(
            kind=EntryKind.LATE_SHIPMENT_COMPENSATION,
            amount=compensation,
            debit=Party.MERCHANT,
            credit=Party.BUYER,
            rule=RULE,
        )
        if compensation
        else None,
    )
