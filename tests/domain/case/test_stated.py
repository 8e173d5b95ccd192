"""Times that the marketplace set prevail over the edition's, for the deadline that ran when they were stated."""

from datetime import timedelta

from tests.domain.after_sale.made import paid, shipped
from tests.domain.orders import Order, at


def ships_by(order: Order, **after: float) -> None:
    """The marketplace says until when it is to be shipped."""
    order.happened("order.time_stated", {"deadline": "ship_by", "until": at(**after).isoformat()})


def test_receipt_is_confirmed_when_the_marketplace_says() -> None:
    """Not before, and not when the edition would; it says by what."""
    trade = shipped()
    until = at(days=30)
    trade.happened("order.time_stated", {"deadline": "auto_confirm", "until": until.isoformat()})
    (clock,) = [one for one in trade.state.deadlines if one.kind == "auto_confirm"]
    assert (clock.due_at, clock.because.rule, clock.because.event_type) == (until, "marketplace", "order.time_stated")
    trade.until(until - timedelta(seconds=1))
    assert trade.state.completed_at is None
    trade.until(until)
    assert trade.state.completed_at is not None


def test_an_answer_is_due_when_the_marketplace_says() -> None:
    """A later saying takes the place of an earlier one."""
    trade = paid()
    ask = trade.ask("refund_only")
    for hours in (10, 20):
        data = {"deadline": "seller_answer", "until": at(hours=hours).isoformat(), "request_case_id": ask.state.case_id}
        ask.happened("request.time_stated", data)
    assert ask.deadline("seller_answer").due_at == at(hours=20)
    trade.until(at(hours=20))
    assert ask.ended == ("succeeded", "refunded")


def test_goods_ship_by_when_the_marketplace_says() -> None:
    """Who is late is judged by its time too."""
    order = Order()
    order.pay()
    ships_by(order, days=5)
    clock = order.deadline("ship_by")
    assert (clock.due_at, clock.because.rule) == (at(days=5), "marketplace")
    order.until(at(days=4))
    assert order.penalty == (0, "0.00")
    ships_by(order, days=4.5)
    order.until(at(days=4.5))
    assert order.penalty[0] > 0


def test_of_the_buyer_and_the_marketplace_the_last_prevails() -> None:
    """What was agreed after it was stated, and what is stated after that."""
    order = Order()
    order.pay()
    ships_by(order, days=5)
    order.act("agree_ship_by", ship_by=at(days=6))
    assert order.clock("ship_by") == ("running", at(days=6))
    ships_by(order, days=7)
    assert order.clock("ship_by") == ("running", at(days=7))


def test_a_ship_time_stated_before_payment_is_the_promised_one() -> None:
    """Its clock runs once the order is paid."""
    order = Order()
    ships_by(order, days=6)
    assert not order.has("ship_by")
    order.pay(when=at(hours=1))
    assert order.clock("ship_by") == ("running", at(days=6))
