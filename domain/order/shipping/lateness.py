"""Late shipment: who is late, and what it costs (S2-51, S2-83..85)."""

from decimal import Decimal
from typing import NamedTuple

from domain.case.deadline import DeadlineState, find
from domain.case.ledger import Booking, EntryKind, Party, Unit
from domain.case.story import Story
from domain.money import yuan
from domain.order.children.requests import is_excused
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.handover import handed_over_at
from domain.order.state import Line, OrderState
from domain.policy import Policy

RULE = "S2-85"


class Penalty(NamedTuple):
    """What a late shipment costs: points, and yuan to the buyer."""

    points: int
    compensation: Decimal


def late_lines(state: OrderState) -> list[Line]:
    """The lines that are late shipments, going by the facts known now.

    A line is late when the ship deadline passed before the carrier had it, or when the buyer was told that it is out
    of stock (S2-83), or when the platform has ruled so (S2-81), which stands whatever is learnt later. One whose refund
    was asked for before the deadline is not, unless it was asked for in vain.
    """
    ship_by = find(state.deadlines, SHIP_BY)
    breached = ship_by is not None and ship_by.state is DeadlineState.ELAPSED
    late = []
    for line in state.lines:
        if line.made_to_order:
            continue
        shipped_at = handed_over_at(state, line)
        missed = breached and ship_by is not None and (shipped_at is None or shipped_at > ship_by.due_at)
        said_late = line.out_of_stock_told_at or line.line_id in state.ruled_late
        if said_late or (missed and ship_by and not is_excused(state, line, ship_by.due_at)):
            late.append(line)
    return late


def penalty(late: list[Line], policy: Policy) -> Penalty:
    """3 points once per order, and 5 % of what the late lines were paid, freight not counted, at most 30 yuan."""
    if not late:
        return Penalty(0, Decimal(0))
    terms = policy.ship.late
    compensation = min(sum(line.amount for line in late) * terms.rate.value, terms.cap.value)
    return Penalty(terms.points.value, yuan(compensation))


def balance_lateness(state: OrderState, policy: Policy, story: Story) -> None:
    """Books the penalty the facts call for; evidence that arrives late reverses what was booked (S2-84)."""
    points, compensation = penalty(late_lines(state), policy)
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
