"""The day that the shop promises to ship on (S2-44)."""

from datetime import date, timedelta

from domain.order.shipping.clock import clock_start
from domain.order.state import OrderState
from domain.policy import Policy
from domain.times import CHINA


def ships_on(state: OrderState, policy: Policy) -> date | None:
    """The day the shop promises to ship on, China time: paid before the cut-off, the same day; else the next (S2-44).

    A promise to the buyer, not the marketplace's deadline: that is `ship_by`. None before payment, and where a
    presale, an agreed time or custom goods make it void.
    """
    start = clock_start(state)
    custom = any(line.made_to_order for line in state.lines)
    if start is None or custom or state.promised_ship_by or state.agreed_ship_by or state.campaign:
        return None
    paid = start.at.astimezone(CHINA)
    return paid.date() if paid.time() < policy.ship.cutoff.value else paid.date() + timedelta(days=1)
