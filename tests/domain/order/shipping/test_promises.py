"""What the shop promised, and what a refund request would be called."""

from datetime import UTC, date, datetime

import pytest

from domain.order.children.request_phase import RequestPhase, request_phase
from domain.order.payments import Payment
from domain.order.shipping.promises import ships_on
from domain.policy import policy
from tests.domain.orders import Order


@pytest.mark.rule("S2-44")
@pytest.mark.parametrize(
    ("paid_at", "day"),
    [
        (datetime(2026, 11, 11, 7, 59, tzinfo=UTC), date(2026, 11, 11)),  # 15:59 in China
        (datetime(2026, 11, 11, 8, 0, tzinfo=UTC), date(2026, 11, 12)),  # 16:00
        (datetime(2026, 11, 11, 16, 30, tzinfo=UTC), date(2026, 11, 12)),  # 00:30 on the 12th
    ],
)
def test_paid_before_four_ships_the_same_day(paid_at: datetime, day: date) -> None:
    """The cut-off is 16:00 on the China clock, whatever the server's zone."""
    state = Order().state
    assert ships_on(state, policy("taobao-2012")) is None, "nothing is promised before payment"
    state.payments.append(Payment(event_id="a/1", at=paid_at, amount=state.total))
    assert ships_on(state, policy("taobao-2012")) == day


@pytest.mark.rule("S3-01", "S3-02", "S3-03")
def test_receipt_divides_cancelling_from_after_sale() -> None:
    """On jd a request before receipt is a cancellation, after it a service; Taobao calls the first in-sale."""
    state = Order().state
    assert request_phase(state, policy("jd")) is RequestPhase.CANCELLATION
    assert request_phase(state, policy("taobao-2012")) is RequestPhase.IN_SALE
    state.completed_at = datetime(2026, 11, 20, tzinfo=UTC)
    assert request_phase(state, policy("jd")) is RequestPhase.AFTER_SALE
    assert request_phase(state, policy("taobao-2012")) is RequestPhase.AFTER_SALE
