"""What the marketplace calls a refund request at this point of the order's life (S3-01..03)."""

from enum import StrEnum

from domain.order.state import OrderState
from domain.policy import Policy


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
