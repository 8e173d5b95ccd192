"""The ways a case goes on after its end: a fact or a step takes it up again, in a new run."""

from datetime import timedelta

from tests.sandbox_server import OrderUnderTest, Shop
from tests.workflows.complaint_paths import complain
from tests.workflows.requests import ended


def proven_after_the_end(shop: Shop) -> OrderUnderTest:
    """A pick-up of the 71st hour is learnt after the end: the penalty goes, and the order ends again at once."""
    order = shop.open()
    order.pay()
    paid_at = shop.now()
    shop.advance(hours=73)
    order.consign()
    order.scan("signed")
    order.until(lambda seen: seen["stage"] == "delivered")
    order.act("confirm_receipt", token="demo-buyer")
    ended(order)
    order.scan("picked_up", paid_at + timedelta(hours=71))
    order.until(lambda seen: seen["reopened"] and not seen["open"])
    return order


def complained_of_after_the_end(shop: Shop) -> OrderUnderTest:
    """Confirmed by timeout and ended; then the buyer says that nothing came, and takes it back."""
    order = shop.open()
    order.pay()
    order.ship()
    order.scan("signed")
    order.until(lambda seen: seen["stage"] == "delivered")
    shop.advance(days=11)
    order.until(lambda seen: not seen["open"])
    complaint = complain(order, "not_received")
    complaint.take("withdraw", token="demo-buyer")
    complaint.reach("withdrawn")
    order.until(lambda seen: not seen["open"])
    return order
