"""How an order's money stands: what came in, what of it is owed back, what the goods need.

The law of it, at every version: paid = refunded + kept for goods that the buyer has or is owed + named by an open task
or a booked reason. `settling.py` sees to it.
"""

from collections.abc import Mapping
from decimal import Decimal

from pydantic import BaseModel

from domain.case.ledger import EntryKind, net
from domain.money import ZERO, Yuan
from domain.order.line import Line
from domain.order.shipping.handover import first_consigned_at
from domain.order.state import OrderOutcome, OrderStage, OrderState

FREIGHT, OUTBOUND, UNPAID = "freight", "outbound", "unpaid"
"""What the order makes up for where its requests could not know of each other: what payouts of it are about."""


class MoneyStanding(BaseModel):
    """Yuan, and penalty points; `overpaid` is what was paid and is not owed, and does not go back yet.

    `owed` is what the buyer still has to pay for what they have or get.
    """

    paid: Yuan
    owed: Yuan
    refunded: Yuan
    compensated: Yuan
    points: int
    overpaid: Yuan


def money(state: OrderState) -> MoneyStanding:
    """Sums of the ledger and of what the children told, net of reversals; `refunded` sums the refund entries only."""
    compensated = net(state.ledger, EntryKind.LATE_SHIPMENT_COMPENSATION) + net(state.ledger, EntryKind.COMPENSATION)
    ruled = sum((complaint.compensated for complaint in state.complaints), ZERO)
    return MoneyStanding(
        paid=state.paid,
        owed=lacking(state),
        refunded=sum((request.refunded for request in state.requests), net(state.ledger, EntryKind.REFUND)),
        compensated=sum((request.compensated for request in state.requests), compensated + ruled),
        points=int(net(state.ledger, EntryKind.LATE_SHIPMENT_POINTS)),
        overpaid=overpaid(state),
    )


def worth(state: OrderState, line: Line) -> Decimal:
    """What of the line's price its buyer has not got back, by requests, a complaint's ruling or the order, yuan."""
    back = sum((request.back.get(line.line_id, ZERO) for request in state.requests), line.compensated)
    back += sum((payout.back.get(line.line_id, ZERO) for payout in state.payouts), ZERO)
    return max(line.amount - back, ZERO)


def carriage_left(state: OrderState, besides: str = "") -> Decimal:
    """What of freight and fees the buyer has not got back, but for what one request gives back, yuan."""
    back = sum((one.freight for one in state.requests if one.case_id != besides), ZERO)
    for payout in state.payouts:
        if payout.about == FREIGHT or payout.kind is EntryKind.COMPENSATION:
            back += payout.amount - sum(payout.back.values(), ZERO)
    return max(state.carriage - back, ZERO)


def spread(amount: Decimal, most: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """What of an amount counts for each line, by its id, one after the other and up to its most, yuan."""
    parts = {}
    for line_id, of_line in most.items():
        if part := min(of_line, amount):
            parts[line_id], amount = part, amount - part
    return parts


def unclaimed(state: OrderState, line: Line, besides: str = "") -> Decimal:
    """What of the line no request may pay back either, but for one, yuan."""
    others = (request for request in state.requests if request.case_id != besides)
    return max(worth(state, line) - sum((one.claims.get(line.line_id, ZERO) for one in others), ZERO), ZERO)


def to_grant(state: OrderState) -> Decimal:
    """What of the money paid may still be granted, yuan: nobody has got it back, nor may a request pay it.

    With a request that may pay, the freight is left to it.
    """
    left = min(held(state), state.total) - sum((line.compensated for line in state.lines), ZERO)
    left -= sum((payout.amount for payout in state.payouts if payout.kind is EntryKind.COMPENSATION), ZERO)
    left -= sum((payout.amount for payout in state.payouts if payout.about in _MADE_UP), ZERO)
    for request in state.requests:
        left -= request.refunded + request.compensated + sum(request.claims.values(), ZERO)
    return max(left - (carriage_left(state) if any(one.claims for one in state.requests) else ZERO), ZERO)


def paid_for(state: OrderState) -> bool:
    """Whether the buyer has paid; cash on delivery is paid at the door."""
    return _paid_at_the_door(state) or state.paid_at() is not None


def has_money(state: OrderState) -> bool:
    """Whether something of a price that was paid can be given back, though the bank may have taken a part of it."""
    once_paid = paid_for(state) or state.fell_unpaid_at() is not None
    return once_paid and (held(state) > 0 or not unpaid(state))


_MADE_UP = (FREIGHT, OUTBOUND, UNPAID)


def held(state: OrderState) -> Decimal:
    """What the buyer has paid and does not get back as not owed; at the door they pay what is owed, yuan."""
    taken_back = sum((reversal.amount for reversal in state.reversals), ZERO)
    received = state.paid + taken_back
    if _paid_at_the_door(state):
        received = max(received, state.total)
    return received - taken_back - state.returned


def overpaid(state: OrderState) -> Decimal:
    """What of it nobody is owed anything for, yuan."""
    return max(held(state) - _due(state), ZERO)


def lacking(state: OrderState) -> Decimal:
    """What of the goods and the money that the buyer gets is not paid, yuan.

    Goods that never leave need no money, nor does what a refund left out because it was not paid.
    """
    return max(_due(state) - max(_never_got(state), _left_out(state)) - held(state), ZERO)


def _never_got(state: OrderState) -> Decimal:
    """What of its price an order that is closed before anything left gave the buyer neither as goods nor as money."""
    if state.closed_at is None or state.remaining() or first_consigned_at(state):
        return ZERO
    return sum((worth(state, line) for line in state.lines), carriage_left(state))


def unpaid(state: OrderState) -> Decimal:
    """What of a price that was paid once is not paid any more, because it was taken or given back, yuan."""
    return max(state.total - held(state), ZERO) if state.reversals or state.returned else ZERO


def _due(state: OrderState) -> Decimal:
    """What the order may keep before its refunds; closed without a trade, what they have paid back or may still pay."""
    if state.closed_at is None or not state.remaining():
        return state.total
    back = sum((sum(request.back.values(), request.freight) for request in state.requests), ZERO)
    if any(request.open for request in state.requests):
        claimed = (amount for request in state.requests for amount in request.claims.values())
        back += sum(claimed, state.carriage)
    return back + state.payout(EntryKind.COMPENSATION)


def _left_out(state: OrderState) -> Decimal:
    """What refunds left out because it was not paid any more, and the order has not made up for, yuan."""
    kept = sum((request.unpaid_kept for request in state.requests if request.done), ZERO)
    return kept - sum((payout.amount for payout in state.payouts if payout.about == UNPAID), ZERO)


def _paid_at_the_door(state: OrderState) -> bool:
    return state.at_the_door and state.stage in (OrderStage.DELIVERED, OrderStage.COMPLETED)


def awaits_choice(state: OrderState) -> bool:
    """Whether an order that was closed as unpaid is paid in full after all, and somebody says what comes of it."""
    return state.outcome == OrderOutcome.UNPAID and state.closed_at is not None and state.paid_at() is not None


def freight_owed(state: OrderState) -> Decimal:
    """What of the freight is still to go back: with the last of the goods, if the seller bears it then (S2-76), yuan.

    A request reckons by what it knows of the others; where two were paid at once, neither knew that it was the last.
    """
    settled = [request for request in state.requests if request.done and request.ended_at]
    if state.remaining() or not settled:
        return ZERO
    last = max(settled, key=lambda request: (request.ended_at, request.freight_owed))
    return carriage_left(state) if last.freight_owed else ZERO


def return_freight_owed(state: OrderState) -> dict[str, Decimal]:
    """What of a box's return freight no request paid, once all that came in it are decided (S2-77), yuan."""
    owed = {}
    for box in {one.box: None for one in state.requests if one.box}:
        of_it = [request for request in state.requests if request.box == box]
        given = sum((request.subsidy for request in of_it), ZERO)
        given += sum((payout.amount for payout in state.payouts if payout.about == return_freight(box)), ZERO)
        if not any(request.open for request in of_it):
            owed[box] = max(max(request.subsidy_due for request in of_it) - given, ZERO)
    return owed


def return_freight(box: str) -> str:
    """What a payout of the order is about that pays for a box in which several requests came back."""
    return f"return_freight/{box}"


def not_left_out(state: OrderState, besides: str = "") -> Decimal:
    """What of the price is not paid any more, and no refund has left out because of it, but for one, yuan."""
    others = (request.unpaid_kept for request in state.requests if request.case_id != besides)
    return max(unpaid(state) - sum(others, ZERO), ZERO)


def paid_again(state: OrderState) -> Decimal:
    """What refunds left out because it was not paid, and was paid again since, or was left out twice, yuan."""
    return max(_left_out(state) - unpaid(state), ZERO)


def outbound_owed(state: OrderState) -> Decimal:
    """What several requests deducted too much for the shop's outbound freight, which is borne once (S2-75), yuan."""
    settled = [request for request in state.requests if request.done]
    kept = sum((request.outbound_kept for request in settled), ZERO)
    made_up = sum((payout.amount for payout in state.payouts if payout.about == OUTBOUND), ZERO)
    return max(kept - max((request.outbound_freight for request in settled), default=ZERO) - made_up, ZERO)
