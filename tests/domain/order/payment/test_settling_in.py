"""An order that is opened long after it was placed."""

from datetime import timedelta

from domain.order.state import OrderStage
from tests.domain.orders import PLACED, Order


def test_an_old_order_hears_of_its_payment_before_it_closes() -> None:
    """Opened five days after placing, it waits ten minutes for the payment that was made long ago."""
    order = Order(placed=PLACED - timedelta(days=5))
    assert order.deadline("payment").due_at == order.state.opened_at + timedelta(minutes=10)
    order.pay(when=PLACED - timedelta(days=4))
    assert order.stage is OrderStage.AWAITING_SHIPMENT
