"""The ways an interception can go."""

from tests.api.intercepting import answering, asked_back, intercepting, stop
from tests.sandbox_server import OrderUnderTest, Shop, line
from tests.workflows.requests import do, ended


def stopped_and_returned(shop: Shop) -> OrderUnderTest:
    """The carrier's yes refunds at once; the parcel comes back."""
    with intercepting(shop):
        order, request = asked_back(shop)
        parcel = stop(order, request)
        request.reach("succeeded")
        shop.advance(days=2)
        order.scan("returned")
        parcel.reach("returned")
    shop.advance(days=31)
    return ended(order)


def not_stopped(shop: Shop) -> OrderUnderTest:
    """The carrier's no, and its branch's silence; the seller agrees of their own accord."""
    with intercepting(shop):
        with answering(shop, False, "out_for_delivery"):
            order, request = asked_back(shop)
            stop(order, request).reach("failed")
        shop.advance(hours=25)
        request.take("agree")
        request.reach("succeeded")
    return ended(order)


def stopped_by_phone(shop: Shop) -> OrderUnderTest:
    """Failed online, stopped by the branch, never claimed."""
    with intercepting(shop):
        with answering(shop, False, "already_loaded"):
            order, request = asked_back(shop)
            parcel = stop(order, request)
            parcel.reach("failed")
        parcel.take("report_intercept_answer", {"stopped": True})
        request.reach("succeeded")
    shop.advance(days=31)
    return ended(order)


def answered_later_and_claimed(shop: Shop) -> OrderUnderTest:
    """Somebody is asked to call, then the carrier's event comes; the parcel is lost and paid for."""
    with intercepting(shop):
        with answering(shop, None):
            order, request = asked_back(shop, lines=[line("1", "800.00")])
            parcel = stop(order, request)
            shop.advance(hours=2)
        parcel.result(stopped=True)
        parcel.reach("intercepted")
        request.reach("succeeded")
        order.scan("exception", kind="lost")
        shop.advance(days=16)
        parcel.take("file_claim", {"kind": "lost", "amount": "800.00", "text": "退回途中丢失"})
        parcel.take("settle_claim", {"amount": "650.00"}, "demo-carrier")
        parcel.reach("claimed")
    do(order, "claim_from_carrier", "compensated", "demo-warehouse")
    return ended(order)


def signed_before_the_answer(shop: Shop) -> OrderUnderTest:
    """The buyer has the parcel when the carrier says that it stopped it."""
    with intercepting(shop):
        with answering(shop, None):
            order, request = asked_back(shop)
            parcel = stop(order, request)
            parcel.until(lambda seen: parcel.calls())
        order.scan("signed")
        parcel.reach("failed")
        shop.advance(minutes=5)
        parcel.result(stopped=True)
        parcel.until(lambda seen: any(one["type"] == "intercept.answer" for one in parcel.items("timeline")))
        shop.advance(hours=25)
        request.take("withdraw", token="demo-buyer")
    return ended(order)


INTERCEPT_PATHS = (
    stopped_and_returned,
    not_stopped,
    stopped_by_phone,
    answered_later_and_claimed,
    signed_before_the_answer,
)
