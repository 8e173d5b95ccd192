"""How an order's money stands, as its snapshot shows it."""

from decimal import Decimal

from pydantic import BaseModel

from domain.case.ledger import EntryKind, net
from domain.money import ZERO, Yuan
from domain.order.state import Line, OrderStage, OrderState


class MoneyStanding(BaseModel):
    """Yuan, and penalty points; `overpaid` is what was paid beyond lines and freight."""

    paid: Yuan
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
        refunded=sum((request.refunded for request in state.requests), ZERO),
        compensated=sum((request.compensated for request in state.requests), compensated + ruled),
        points=int(net(state.ledger, EntryKind.LATE_SHIPMENT_POINTS)),
        overpaid=max(state.paid - state.total, ZERO),
    )


def worth(state: OrderState, line: Line) -> Decimal:
    """What of the line's price its buyer has not got back, by requests or by a complaint's ruling, yuan."""
    back = sum((request.back.get(line.line_id, ZERO) for request in state.requests), line.compensated)
    return max(line.amount - back, ZERO)


def unclaimed(state: OrderState, line: Line) -> Decimal:
    """What of that no open request is about either, yuan."""
    claimed = sum((request.claims.get(line.line_id, ZERO) for request in state.requests), ZERO)
    return max(worth(state, line) - claimed, ZERO)


def paid_for(state: OrderState) -> bool:
    """Whether the buyer has paid; cash on delivery is paid at the door."""
    received = state.stage in (OrderStage.DELIVERED, OrderStage.COMPLETED)
    return (state.at_the_door and received) or state.paid_at() is not None
