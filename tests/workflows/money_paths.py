"""The ways money goes that nobody expects: late, too much, taken back by the bank, granted on top."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from tests.sandbox_server import OrderUnderTest, Shop, line
from tests.workflows.requests import delivered, do, ended, paid


def paid_in_time_and_learnt_late(shop: Shop) -> OrderUnderTest:
    """Closed as unpaid, then the payment of the second day is learnt: the order lives on as if it had come in time."""
    order = shop.open()
    paid_at = shop.now() + timedelta(days=2)
    shop.advance(days=4)
    order.pay(at=paid_at)
    order.ship()
    return order


def paid_too_late_and_taken_up(shop: Shop) -> OrderUnderTest:
    """Paid after the closing: the shop takes the order up again, and ships."""
    order = shop.open()
    shop.advance(days=4)
    order.pay("209.00")
    do(order, "late_payment", "taken_up")
    order.ship()
    return order


def paid_too_late_and_paid_back(shop: Shop) -> OrderUnderTest:
    """Paid after the closing: it goes back."""
    order = shop.open()
    shop.advance(days=4)
    order.pay("209.00")
    do(order, "late_payment", "paid_back", "demo-finance")
    return _refunded(order, "209.00")


def paid_in_part(shop: Shop) -> OrderUnderTest:
    """A part is paid, the rest never: the order closes, and the part goes back."""
    order = shop.open()
    order.pay("100.00")
    shop.advance(days=4)
    return _refunded(order, "100.00")


def paid_twice(shop: Shop) -> OrderUnderTest:
    """Paid twice: finance gives one of them back."""
    order = paid(shop)
    order.pay("209.00")
    order.until(lambda seen: seen["money"]["overpaid"] == "209.00")
    assert order.act("return_overpayment", token="demo-finance").status_code == 200
    order.until(lambda seen: seen["money"]["overpaid"] == "0.00")
    return order


def taken_back_by_the_bank(shop: Shop) -> OrderUnderTest:
    """The bank reverses the payment before anything is shipped; the buyer pays anew."""
    order = paid(shop)
    order.shop.event("payment.reversed", order.subject, "demo-payment", amount="209.00", reason="chargeback")
    order.until(lambda seen: seen["money"]["paid"] == "0.00")
    order.pay("209.00")
    order.until(lambda seen: seen["stage"] == "awaiting_shipment")
    order.ship()
    return order


def taken_back_when_half_had_left(shop: Shop) -> OrderUnderTest:
    """The bank reverses the payment once some of it has left: the rest is asked about again, and sent all the same."""
    order = paid(shop, lines=[line("1", "100.00"), line("2", "99.00")])
    order.consign(["1"])
    order.scan("picked_up")
    order.shop.event("payment.reversed", order.subject, "demo-payment", amount="209.00", reason="chargeback")
    order.until(lambda seen: seen["money"]["paid"] == "0.00")
    do(order, "payment_reversed", "written_off", "demo-finance")
    do(order, "payment_reversed", "will_pay")
    shop.advance(days=1)
    do(order, "payment_reversed", "taken_up", "demo-finance")
    order.shop.event(
        "parcel.consigned",
        order.subject,
        "demo-erp",
        carrier="zto",
        tracking_no=f"{order.tracking_no}-2",
        line_ids=["2"],
    )
    order.until(lambda seen: len(seen["parcels"]) == 2)
    return order


def paid_in_parts_and_learnt_late(shop: Shop) -> OrderUnderTest:
    """The second of two parts, paid in time, is learnt after the first went back: the order lives on, and is paid."""
    order = shop.open()
    paid_at = shop.now() + timedelta(days=2)
    order.pay("100.00")
    shop.advance(days=4)
    order.until(lambda seen: seen["money"]["refunded"] == "100.00")
    order.pay("109.00", at=paid_at)
    order.until(lambda seen: seen["stage"] == "awaiting_payment")
    order.pay("100.00")
    order.until(lambda seen: seen["stage"] == "awaiting_shipment")
    order.ship()
    return order


def compensated_after_the_end(shop: Shop) -> OrderUnderTest:
    """Something is granted when all is over: the order is taken up for it, and ends again."""
    order = ended(delivered(shop))
    answer = order.act("compensate", {"amount": "8.00", "reason": "goodwill"}, "demo-finance")
    assert answer.status_code == 200, answer.text
    order.until(lambda seen: seen["money"]["compensated"] == "8.00" and not seen["open"])
    return order


def shipped_unpaid(shop: Shop) -> OrderUnderTest:
    """Goods left before any money came: finance is asked, again the next day, until it is paid."""
    order = shop.open()
    order.consign()
    order.scan("picked_up")
    shop.advance(days=3, minutes=5)
    order.until(lambda seen: seen["stage"] != "closed")
    shop.advance(days=2)
    order.pay("209.00")
    return order


def _refunded(order: OrderUnderTest, amount: str) -> OrderUnderTest:
    order.until(lambda seen: Decimal(seen["money"]["refunded"]) == Decimal(amount) and not seen["open"])
    return order


MONEY_PATHS: tuple[Callable[[Shop], OrderUnderTest], ...] = (
    paid_in_time_and_learnt_late,
    paid_too_late_and_taken_up,
    paid_too_late_and_paid_back,
    paid_in_part,
    paid_twice,
    taken_back_by_the_bank,
    taken_back_when_half_had_left,
    paid_in_parts_and_learnt_late,
    compensated_after_the_end,
    shipped_unpaid,
)
