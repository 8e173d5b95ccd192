"""How an order's money stands, as its snapshot shows it."""

from pydantic import BaseModel

from domain.case.ledger import EntryKind, net
from domain.money import ZERO, Yuan
from domain.order.state import OrderState


class MoneyStanding(BaseModel):
    """Yuan, and penalty points; `overpaid` is what was paid beyond lines and freight."""

    paid: Yuan
    refunded: Yuan
    compensated: Yuan
    points: int
    overpaid: Yuan


def money(state: OrderState) -> MoneyStanding:
    """Sums of the ledger and of what the requests told, net of reversals; `refunded` sums the refund entries only."""
    compensated = net(state.ledger, EntryKind.LATE_SHIPMENT_COMPENSATION) + net(state.ledger, EntryKind.COMPENSATION)
    return MoneyStanding(
        paid=state.paid,
        refunded=sum((request.refunded for request in state.requests), ZERO),
        compensated=sum((request.compensated for request in state.requests), compensated),
        points=int(net(state.ledger, EntryKind.LATE_SHIPMENT_POINTS)),
        overpaid=max(state.paid - state.total, ZERO),
    )
