"""The ways a request goes when somebody is silent, and the longest it can take."""

from tests.sandbox_server import OrderUnderTest, Shop, line
from tests.workflows.requests import Request, ask, delivered, ended, paid, shipped, stock_is_reserved


def no_answer_before_shipping(shop: Shop) -> OrderUnderTest:
    """The seller's silence refunds what has not left."""
    order = paid(shop)
    request = ask(order, "refund_only")
    shop.advance(hours=49)
    request.reach("succeeded")
    return order


def no_answer_after_shipping(shop: Shop) -> OrderUnderTest:
    """The seller's silence agrees to the return, the buyer's closes it, and the receipt clock runs on."""
    order = shipped(shop)
    request = ask(order, "return_refund", "no_reason")
    shop.advance(days=5, minutes=5)
    request.reach("awaiting_buyer_return")
    shop.advance(days=7, minutes=5)
    request.reach("closed")
    return ended(order)


def not_taken_in(shop: Shop) -> OrderUnderTest:
    """What nobody takes in counts as taken in."""
    order = delivered(shop)
    request = ask(order, "return_refund", "no_reason")
    request.take("agree")
    request.send_back()
    shop.advance(days=10, minutes=5)
    request.reach("succeeded")
    return order


def refusal_stands(shop: Shop) -> OrderUnderTest:
    """The buyer does not react to a refusal."""
    order = shipped(shop)
    request = ask(order, "refund_only")
    _refuse(request)
    shop.advance(days=7, minutes=5)
    request.reach("closed")
    return order


def replacement_counts_as_received(shop: Shop) -> OrderUnderTest:
    """The buyer never confirms what was sent again."""
    order = shipped(shop)
    request = ask(order, "reship", "not_received")
    request.take("agree")
    request.replace()
    shop.advance(days=10, minutes=5)
    request.reach("succeeded")
    return order


def platform_decides(shop: Shop) -> OrderUnderTest:
    """The time for evidence passes, somebody follows up every day, and the ruling is carried out."""
    order = shipped(shop)
    request = ask(order, "refund_only")
    _refuse(request)
    request.take("ask_platform", {"text": "商家不同意"}, "demo-buyer")
    _evidence(request, "demo-buyer", "demo-agent")
    shop.advance(days=3, minutes=5)
    request.take("rule", {"in_favour_of": "buyer", "amount": "100.00", "text": "支持退款"}, "demo-platform")
    request.reach("succeeded")
    return order


def payments_were_down(shop: Shop) -> OrderUnderTest:
    """The payments partner is down for two days while a refund is due."""
    order = paid(shop)
    request = ask(order, "refund_only")
    script = "/sandbox/partners/payment"
    assert shop.call("PUT", script, {"down": True}, "demo-ops").status_code == 200
    try:
        request.take("agree")
        shop.advance(days=2)
    finally:
        shop.call("PUT", script, {"down": False}, "demo-ops")
    shop.advance(hours=1)
    request.reach("succeeded")
    return order


def longest(shop: Shop) -> OrderUnderTest:
    """All that can happen to one request on its way, on an order that is late and whose receipt is put off.

    An exchange from stock is refused, becomes a return, is put off again and again, fails the inspection, and after
    ten days at the platform is ruled for the buyer. The other line is refunded after it.
    """
    order = paid(shop, lines=[line("1", "150.00"), line("2", "50.00")])
    shop.advance(hours=74)
    order.ship()
    order.act("extend_receipt", {"days": 10})
    order.act("extend_receipt", {"days": 3}, "demo-buyer")
    with stock_is_reserved(shop, f"SKU-{shop.prefix}", 1):
        request = ask(order, "exchange", "quality", wanted_sku=f"SKU-{shop.prefix}")
        _evidence(request, "demo-buyer")
        _refuse(request)
        request.take("amend", {"service": "return_refund", "amount": "140.00"}, "demo-buyer")
    order.scan("signed")
    order.until(lambda seen: seen["stage"] == "delivered")
    request.take("agree")
    _put_off(request, 3, 5, 7, 10)
    request.send_back(freight_paid="18.00")
    request.scan_return("picked_up", "scanned", "out_for_delivery", "signed")
    _put_off(request, 3, 5)
    request.inspect(conforming=False, cause="buyer")
    request.take("ask_platform", {"text": "商家不同意"}, "demo-buyer")
    _evidence(request, "demo-buyer", "demo-agent", "demo-buyer", "demo-agent")
    shop.advance(days=10, minutes=5)
    request.take("rule", {"in_favour_of": "buyer", "amount": "150.00", "text": "支持退款"}, "demo-platform")
    request.reach("succeeded")
    other = ask(order, "refund_only", "quality", line_ids=["2"])
    other.take("agree")
    other.reach("succeeded")
    return ended(order)


def _refuse(request: Request) -> None:
    request.take("refuse", {"reason": "already_shipped", "message": "包裹已在途，请拒收"})


def _evidence(request: Request, *tokens: str) -> None:
    for token in tokens:
        request.take("submit_evidence", {"kind": "photo", "reference": "oss://evidence/1.jpg"}, token)


def _put_off(request: Request, *times: int) -> None:
    for days in times:
        request.take("extend_return", {"days": days})


CLOCK_PATHS = (
    no_answer_before_shipping,
    no_answer_after_shipping,
    not_taken_in,
    refusal_stands,
    replacement_counts_as_received,
    platform_decides,
    payments_were_down,
    longest,
)
