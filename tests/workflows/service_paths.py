"""The ways a request can go when people answer, one or two a service."""

from tests.sandbox_server import OrderUnderTest, Shop, line
from tests.workflows.requests import (
    ask,
    delivered,
    do,
    ended,
    paid,
    shipped,
    stock_is_reserved,
    strategies_decide,
    trial_is_offered,
)


def refund_before_shipping(shop: Shop) -> OrderUnderTest:
    """Refunded at once, freight and all; the order closes."""
    order = paid(shop)
    request = ask(order, "refund_only")
    request.act("refuse", {"reason": "other", "message": "不同意退款"})
    request.take("agree")
    request.reach("succeeded")
    return ended(order)


def refund_of_shipped(shop: Shop) -> OrderUnderTest:
    """Never received: the receipt clock pauses, the seller agrees to less, and it runs on."""
    order = shipped(shop)
    request = ask(order, "refund_only", "not_received")
    request.take("agree", {"amount": "50.00"})
    request.reach("succeeded")
    return ended(order)


def return_without_reason(shop: Shop) -> OrderUnderTest:
    """The plainest return: agreed, sent back, inspected, refunded."""
    order = delivered(shop)
    request = ask(order, "return_refund", "no_reason")
    request.take("agree")
    request.send_back()
    request.inspect()
    request.reach("succeeded")
    return ended(order)


def return_for_quality(shop: Shop) -> OrderUnderTest:
    """Refund and return freight are two payments; the carrier scans the return."""
    order = delivered(shop)
    request = ask(order, "return_refund", "quality", description="袖口开线")
    request.take("agree")
    request.take("extend_return", {"days": 3})
    request.send_back(freight_paid="18.00")
    request.scan_return("picked_up", "signed")
    request.inspect(cause="quality")
    request.reach("succeeded")
    return ended(order)


def one_unit_of_three(shop: Shop) -> OrderUnderTest:
    """Two of three units leave, one of them comes back; the third is refunded before it ships."""
    order = shop.open(lines=[line("1", "100.00") | {"quantity": 3}])
    order.pay()
    number, two = f"U{shop.prefix}", [{"line_id": "1", "quantity": 2}]
    shop.event("parcel.consigned", order.subject, "demo-erp", carrier="zto", tracking_no=number, lines=two)
    shop.event("parcel.signed", f"parcel/zto/{number}", "demo-carrier")
    order.until(lambda seen: seen["lines"][0]["units"]["delivered"] == 2)
    one = [{"line_id": "1", "quantity": 1}]
    back = ask(order, "return_refund", "quality", line_ids=None, lines=one)
    back.take("agree")
    back.send_back()
    back.inspect(cause="quality")
    back.reach("succeeded")
    rest = ask(order, "refund_only", line_ids=None, lines=one)
    rest.take("agree")
    rest.reach("succeeded")
    return ended(order)


def taken_in_by_the_erp(shop: Shop) -> OrderUnderTest:
    """The ERP takes the return in before anybody inspects it."""
    order = delivered(shop)
    request = ask(order, "return_refund", "no_reason")
    request.take("agree")
    request.send_back()
    shop.event("return.received", f"parcel/yto/{request.return_no}", "demo-erp", conforming=True)
    request.reach("succeeded")
    return order


def exchange_from_stock(shop: Shop) -> OrderUnderTest:
    """Reserved when asked for, taken out of stock when sent."""
    order, sku = delivered(shop), f"SKU-{shop.prefix}"
    with stock_is_reserved(shop, sku, 1):
        request = ask(order, "exchange", wanted_sku=sku)
        request.take("agree")
        request.send_back()
        request.inspect()
        request.replace()
        request.take("confirm_replacement", token="demo-buyer")
        request.reach("succeeded")
    return ended(order)


def repaired_by_the_shop(shop: Shop) -> OrderUnderTest:
    """Sent in, repaired, sent back; the freight that the buyer advanced is paid."""
    order = delivered(shop)
    request = ask(order, "repair", "quality")
    request.take("agree", {"repair_by": "shop"})
    request.send_back(freight_paid="12.00")
    request.inspect(cause="quality")
    request.replace()
    request.take("confirm_replacement", token="demo-buyer")
    request.reach("succeeded")
    return order


def sent_again(shop: Shop) -> OrderUnderTest:
    """A reship needs nothing back."""
    order = shipped(shop)
    request = ask(order, "reship", "not_received")
    request.take("agree")
    request.replace()
    request.take("confirm_replacement", token="demo-buyer")
    request.reach("succeeded")
    return order


def lost_on_its_way_again(shop: Shop) -> OrderUnderTest:
    """What is sent again is lost too: to be sent once more, and found before that."""
    order = shipped(shop)
    request = ask(order, "reship", "not_received")
    request.take("agree")
    request.replace()
    replacement = f"parcel/zto/X{request.return_no}"
    shop.event("parcel.exception", replacement, "demo-carrier", kind="lost")
    request.reach("awaiting_replacement")
    shop.advance(days=1)
    shop.event("parcel.scanned", replacement, "demo-carrier", location="武汉")
    request.reach("awaiting_buyer_receipt")
    request.take("confirm_replacement", token="demo-buyer")
    request.reach("succeeded")
    return order


def shipped_after_its_refund(shop: Shop) -> OrderUnderTest:
    """Refunded and ended; then the parcel leaves, is delivered, and the shop lets it go."""
    order = paid(shop)
    request = ask(order, "refund_only")
    request.take("agree")
    request.reach("succeeded")
    ended(order)
    order.consign()
    order.scan("picked_up")
    order.scan("signed")
    order.until(lambda seen: seen["parcels"][0]["status"] == "signed")
    do(order, "stop_parcel", "let_go")
    return ended(order)


def looked_at_after_it_was_paid(shop: Shop) -> OrderUnderTest:
    """Refunded by timeout and ended; then the return arrives, does not conform, and the shop bears it."""
    order = delivered(shop)
    request = ask(order, "return_refund", "quality")
    request.take("agree")
    request.send_back()
    shop.advance(days=11)
    request.reach("succeeded")
    request.scan_return("picked_up", "signed")
    do(request, "inspect_return", "not_conforming", "demo-warehouse")
    do(request, "paid_unseen", "will_send")
    shop.advance(days=1)
    do(request, "paid_unseen", "written_off")
    return ended(order)


def sent_back_after_the_closing(shop: Shop) -> OrderUnderTest:
    """Closed as nothing was sent in time; then the buyer names a waybill, and what arrives is paid for after all."""
    order = delivered(shop)
    request = ask(order, "return_refund", "quality")
    request.take("agree")
    shop.advance(days=8)
    request.reach("closed")
    request.send_back()
    request.scan_return("picked_up", "signed")
    do(request, "late_return", "paid_for")
    request.reach("succeeded")
    return ended(order)


def lost_after_the_closing(shop: Shop) -> OrderUnderTest:
    """Sent back though the request is closed, lost, not paid for; the order has the carrier's claim."""
    order = delivered(shop)
    request = ask(order, "return_refund", "quality")
    request.take("agree")
    shop.advance(days=8)
    request.reach("closed")
    request.send_back()
    shop.advance(days=1)
    do(request, "check_return", "lost")
    do(request, "late_return", "no_refund")
    do(order, "claim_from_carrier", "compensated")
    return ended(order)


def price_protected(shop: Shop) -> OrderUnderTest:
    """The difference is paid, the line stays the buyer's."""
    order = delivered(shop)
    request = ask(order, "price_protection", amount="20.00")
    request.take("agree")
    request.reach("succeeded")
    return order


def withdrawn(shop: Shop) -> OrderUnderTest:
    """Withdrawn by the buyer; the receipt clock runs on."""
    order = shipped(shop)
    request = ask(order, "refund_only", "not_received")
    shop.advance(days=2)
    request.take("withdraw", token="demo-buyer")
    request.reach("closed")
    return ended(order)


def exchange_becomes_return(shop: Shop) -> OrderUnderTest:
    """Asked for as an exchange, amended when the goods are back and nothing is left to send."""
    order, sku = delivered(shop), f"SKU-{shop.prefix}"
    with stock_is_reserved(shop, sku, 1):
        request = ask(order, "exchange", "quality", wanted_sku=sku)
        request.take("amend", {"reason": "wrong_item"}, "demo-buyer")
        request.take("agree")
        request.send_back()
        request.inspect(cause="quality")
        request.take("amend", {"service": "return_refund"}, "demo-buyer")
        request.reach("succeeded")
    return ended(order)


def one_line_after_another(shop: Shop) -> OrderUnderTest:
    """Two requests on one order; with the last line its freight goes back too."""
    order = paid(shop, lines=[line("1", "120.00"), line("2", "80.00")])
    for line_id in ("1", "2"):
        request = ask(order, "refund_only", line_ids=[line_id])
        request.take("agree")
        request.reach("succeeded")
    return ended(order)


def nobody_pays(shop: Shop) -> OrderUnderTest:
    """The payments partner says no: finance pays by hand."""
    order = paid(shop)
    request = ask(order, "refund_only")
    request.take("agree")
    request.until(lambda seen: request.act("confirm_refund_paid", token="demo-finance").status_code == 200)
    request.reach("succeeded")
    return ended(order)


def decided_by_strategies(shop: Shop) -> OrderUnderTest:
    """No person answers, inspects or pays: the shop's strategies do."""
    order = delivered(shop)
    with strategies_decide(shop, review="agree", receiving="conforming", processing="pay"):
        request = ask(order, "return_refund", "no_reason")
        request.reach("awaiting_buyer_return")
        request.send_back()
        request.scan_return("signed")
        request.reach("succeeded")
    return ended(order)


def used_on_trial(shop: Shop) -> OrderUnderTest:
    """Used for three weeks, judged as used goods, paid back; of two lines the other stays, and the offer runs out."""
    with trial_is_offered(shop):
        order = delivered(shop, lines=[line("1", "120.00"), line("2", "80.00")])
    shop.advance(days=21)
    request = ask(order, "trial_use", "no_reason")
    request.act("refuse", {"reason": "used", "message": "商品已使用"})
    request.take("agree")
    request.send_back()
    request.scan_return("signed")
    request.inspect()
    request.reach("succeeded")
    return ended(order)


SERVICE_PATHS = (
    refund_before_shipping,
    refund_of_shipped,
    return_without_reason,
    return_for_quality,
    taken_in_by_the_erp,
    exchange_from_stock,
    repaired_by_the_shop,
    sent_again,
    lost_on_its_way_again,
    shipped_after_its_refund,
    looked_at_after_it_was_paid,
    sent_back_after_the_closing,
    lost_after_the_closing,
    price_protected,
    withdrawn,
    exchange_becomes_return,
    one_line_after_another,
    decided_by_strategies,
    used_on_trial,
)

WITHOUT_PAYMENTS = (nobody_pays,)
"""Played where the payments partner says no to everything."""
