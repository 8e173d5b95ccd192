"""What the shop promised, and what the marketplace calls a refund request at this point of the order's life."""

from datetime import date, timedelta
from enum import StrEnum

from domain.order.ship_clock import started
from domain.order.state import OrderState
from domain.policy import Policy
from domain.times import CHINA


class RequestPhase(StrEnum):
    """What a buyer's refund request is now: before receipt is confirmed, or after it (S3-01)."""

    CANCELLATION = "cancellation"
    IN_SALE = "in_sale"
    AFTER_SALE = "after_sale"


def request_phase(state: OrderState, policy: Policy) -> RequestPhase:
    """Confirmed receipt divides: after it an after-sale service (S3-03); before it a cancellation on jd (S3-02)."""
    if state.completed_at:
        return RequestPhase.AFTER_SALE
    cancels = policy.receipt.refund_before_is_cancellation.value
    return RequestPhase.CANCELLATION if cancels else RequestPhase.IN_SALE


def ships_on(state: OrderState, policy: Policy) -> date | None:
    """The day the shop promises to ship on, China time: paid before the cut-off, the same day; else the next (S2-44).

    A promise to the buyer, not the marketplace's deadline: that is `ship_by`. None before payment, and where a
    presale, an agreed time or custom goods make it void.
    """
    start = started(state)
    custom = any(line.made_to_order for line in state.lines)
    if start is None or custom or state.promised_ship_by or state.agreed_ship_by or state.campaign:
        return None
    paid = start.at.astimezone(CHINA)
    return paid.date() if paid.time() < policy.ship.cutoff.value else paid.date() + timedelta(days=1)
