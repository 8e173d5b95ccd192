"""Times that the marketplace set prevail over the edition's, for the deadline that ran when they were stated."""

from datetime import timedelta

from tests.domain.after_sale.made import paid, shipped
from tests.domain.orders import at


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
