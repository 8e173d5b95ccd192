"""The ways a complaint goes, each with its order."""

from typing import Any

from tests.sandbox_server import OrderUnderTest, Shop
from tests.workflows.requests import Request, ask, delivered, ended, paid

EVIDENCE = {"kind": "screenshot", "reference": "oss://evidence/gift.png", "text": "页面写了送赠品"}


def complain(order: OrderUnderTest, type_: str) -> Request:
    """The buyer complains; what is done with a request is done with a complaint in the same way."""
    answer = order.act("file_complaint", {"type": type_, "text": "说好的没有做到"}, "demo-buyer")
    assert answer.status_code == 200, answer.text
    return Request(order.shop, answer.json()["result"]["case_id"], order.opened)


def answer(complaint: Request, **waybill: Any) -> None:
    """The seller says something."""
    complaint.take("answer", {"reason": "other", "message": "已联系买家处理"} | waybill)


def complained_of_and_withdrawn(shop: Shop) -> OrderUnderTest:
    """Late by the clock, answered with the waybill, both bring evidence, withdrawn."""
    order = paid(shop)
    shop.advance(hours=73)
    complaint = complain(order, "late_shipment")
    answer(complaint, carrier="zto", tracking_no=order.tracking_no)
    complaint.take("submit_evidence", EVIDENCE, "demo-buyer")
    complaint.take("submit_evidence", EVIDENCE | {"kind": "photo"})
    complaint.take("withdraw", token="demo-buyer")
    complaint.reach("withdrawn")
    return order


def upheld_and_compensated(shop: Shop) -> OrderUnderTest:
    """The order moves on meanwhile; the platform rules before the time for evidence is over, and the partner pays."""
    order = paid(shop)
    complaint = complain(order, "breach_of_promise")
    answer(complaint)
    request = ask(order, "refund_only")
    complaint.until(lambda seen: any(told["type"] == "order.moved" for told in complaint.items("timeline")))
    request.take("withdraw", token="demo-buyer")
    refused = complaint.act("rule", {"upheld": True, "amount": "999.00"}, "demo-platform")
    assert refused.status_code == 409, refused.text
    complaint.take("rule", {"upheld": True, "amount": "20.00"}, "demo-platform")
    complaint.reach("upheld")
    return order


def unanswered_and_dismissed(shop: Shop) -> OrderUnderTest:
    """The seller is silent: the platform decides, looked after every day, and the seller is right after all."""
    order = delivered(shop)
    complaint = complain(order, "not_received")
    shop.advance(days=8)
    complaint.reach("platform_intervention")
    complaint.take("rule", {"upheld": False}, "demo-platform")
    complaint.reach("dismissed")
    return ended(order)


def answered_and_escalated(shop: Shop) -> OrderUnderTest:
    """Said shipped and never scanned; not withdrawn in time, the platform decides, and the order books it, once."""
    order = paid(shop)
    order.consign()
    shop.advance(days=4)
    complaint = complain(order, "fake_shipment")
    answer(complaint)
    shop.advance(days=4)
    complaint.reach("platform_intervention")
    complaint.take("rule", {"upheld": True}, "demo-platform")
    complaint.reach("upheld")
    return order


def compensated_by_hand(shop: Shop) -> OrderUnderTest:
    """The payments partner says no: finance pays."""
    order = paid(shop)
    complaint = complain(order, "breach_of_promise")
    answer(complaint)
    complaint.take("rule", {"upheld": True, "amount": "15.00"}, "demo-platform")
    complaint.until(lambda _: complaint.act("confirm_refund_paid", token="demo-finance").status_code == 200)
    complaint.reach("upheld")
    return order


COMPLAINT_PATHS = (
    complained_of_and_withdrawn,
    upheld_and_compensated,
    unanswered_and_dismissed,
    answered_and_escalated,
)

COMPLAINTS_WITHOUT_PAYMENTS = (compensated_by_hand,)
"""Played where the payments partner says no to everything."""
