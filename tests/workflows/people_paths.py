"""The ways an order goes when people do, or do not do, what it asks of them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.sandbox_server import OrderUnderTest, Shop, line
from tests.workflows.requests import do, ended


def called_and_paid(shop: Shop) -> OrderUnderTest:
    """The buyer is called in its window, called again as they promised, paid in the end."""
    order = shop.open(source="silent")
    shop.advance(hours=26)
    do(order, "payment_reminder", "busy")
    shop.advance(hours=5)
    promised = shop.now() + timedelta(hours=3)
    do(order, "payment_reminder", "reached", reason="payment_tool", promised_pay_at=promised.isoformat())
    shop.advance(hours=20)
    order.pay()
    order.ship()
    return order


def called_in_vain(shop: Shop) -> OrderUnderTest:
    """Nobody calls: the task moves from window to window until the order closes as unpaid."""
    order = shop.open(source="silent")
    shop.advance(days=3, minutes=5)
    return ended(order)


def not_wanted(shop: Shop) -> OrderUnderTest:
    """The buyer does not want it, and agrees that it is closed."""
    order = shop.open(source="silent")
    shop.advance(hours=2)
    do(order, "payment_reminder", "not_wanted", buyer_consent=True)
    return ended(order)


def parked_and_found(shop: Shop) -> OrderUnderTest:
    """Cash on delivery: not reached for three days, set aside, and confirmed when the buyer calls back."""
    order = shop.open(source="cash_on_delivery")
    for _ in range(4):
        do(order, "confirm_cod", "unreachable")
        shop.advance(hours=25)
    order.until(lambda seen: seen["parked"])
    order.act("confirm_cod")
    order.ship()
    return order


def refused_at_the_door(shop: Shop) -> OrderUnderTest:
    """Cash on delivery: confirmed, refused, asked why, and back."""
    order = shop.open(source="cash_on_delivery")
    do(order, "confirm_cod", "confirmed")
    order.ship()
    order.scan("refused")
    do(order, "refused_parcel", "returning")
    order.scan("returned")
    return ended(order)


def paid_another_way(shop: Shop) -> OrderUnderTest:
    """Cash on delivery becomes an order that awaits payment, and is paid."""
    order = shop.open(source="cash_on_delivery")
    do(order, "confirm_cod", "other_payment")
    order.pay()
    return order


def remitted(shop: Shop) -> OrderUnderTest:
    """Reported, not found, proven, found; the buyer hears of the shipment by text message."""
    order = shop.open(source="remittance")
    order.act("report_remittance", {"amount": "209.00", "paid_at": shop.now().isoformat()}, "demo-buyer")
    do(order, "verify_remittance", "not_found", "demo-finance")
    do(order, "remittance_not_found", "proof_sent")
    do(order, "verify_remittance", "received", "demo-finance", amount="209.00")
    order.ship()
    return order


def down_the_ladder(shop: Shop) -> OrderUnderTest:
    """Out of stock, nothing else wanted, the refund registered by the shop and paid."""
    order = _unshipped(shop)
    do(order, "unshipped_48h", "out_of_stock")
    do(order, "offer_alternative", "declined")
    do(order, "guide_refund", "register")
    return ended(order)


def something_else(shop: Shop) -> OrderUnderTest:
    """Out of stock; the buyer takes another colour, which is changed in the ERP's audit too."""
    order = _unshipped(shop)
    shop.event("order.erp_read", order.subject, "demo-erp")
    do(order, "unshipped_48h", "out_of_stock")
    do(order, "offer_alternative", "accepted", sku="DRESS-BLUE")
    do(order, "order_audit", "changed")
    order.ship()
    return order


def shipped_and_not_reported(shop: Shop) -> OrderUnderTest:
    """The warehouse finds the parcel's number; the carrier had it in time."""
    order = _unshipped(shop)
    do(order, "unshipped_48h", "shipped_not_reported")
    do(order, "report_shipment", "reported", carrier="zto", tracking_no=order.tracking_no)
    order.scan("picked_up", _after_paying(order, 20))
    order.until(lambda seen: seen["stage"] == "in_transit")
    return order


def lost_and_sent_again(shop: Shop) -> OrderUnderTest:
    """Lost on its way: sent again, received, and the carrier pays."""
    order = shop.open(source="silent")
    order.pay()
    order.ship()
    shop.event("parcel.exception", f"parcel/zto/{order.tracking_no}", "demo-carrier", kind="lost")
    do(order, "parcel_exception", "reship")
    do(order, "claim_from_carrier", "compensated", "demo-warehouse")
    return order


def promised_and_missed(shop: Shop) -> OrderUnderTest:
    """Urged, promised with the warehouse's word, missed, promised anew and kept."""
    order = shop.open(source="silent")
    order.pay()
    order.act("urge_shipment", token="demo-buyer")
    do(order, "ship_urge", "told")
    order.act("promise_ship_by", {"ship_by": _in(shop, 20)})
    do(order, "confirm_promise", "feasible", "demo-warehouse")
    shop.advance(hours=21)
    do(order, "promise_missed", "agreed_new_time", ship_by=_in(shop, 20))
    order.ship()
    return order


def quoted_and_rated(shop: Shop) -> OrderUnderTest:
    """Bought at an agreed price, rated badly, called about it."""
    order = shop.open(source="silent")
    order.act("quote_price", {"line_id": "1", "amount": "180.00"})
    order.act("take_quote", {"quote_id": "quote-1"}, "demo-buyer")
    order.pay("190.00")
    order.until(lambda seen: seen["stage"] == "awaiting_shipment")
    order.ship()
    order.scan("signed")
    shop.event("order.rated", order.subject, "demo-platform", grade="bad", words=30)
    do(order, "unhappy_rating", "resolved")
    shop.event("shop.reported", order.subject, "demo-platform", kind="demotion")
    do(order, "route_report", "passed_on", "demo-owner")
    return order


def past_due(shop: Shop) -> OrderUnderTest:
    """Nobody finds out why it is unshipped: the supervisors hear of it, then the owner, then it ships."""
    order = _unshipped(shop)
    shop.advance(days=3)
    order.ship()
    return order


def approved_by_the_owner(shop: Shop) -> OrderUnderTest:
    """A refund beyond the agent's authority is passed on, approved and paid."""
    order = shop.open(source="silent", lines=[line("1", "6000.00")])
    order.pay()
    body = {"service": "refund_only", "line_ids": ["1"], "reason": "other"}
    request = order.act("request_after_sale", body, "demo-buyer").json()["result"]["case_id"]
    assert shop.call("POST", f"/v1/cases/{request}/actions/agree", {}).status_code == 409
    (task,) = shop.get(f"/v1/work-items?case_id={request}&state=open&type=escalation")["items"]
    done = shop.call("POST", f"/v1/work-items/{task['item_id']}/complete", {"outcome": "done"}, "demo-owner")
    assert done.status_code == 200, done.text
    return ended(order)


def _unshipped(shop: Shop) -> OrderUnderTest:
    order = shop.open(source="silent")
    order.pay()
    shop.advance(hours=49)
    return order


def _after_paying(order: OrderUnderTest, hours: int) -> datetime:
    return datetime.fromisoformat(order.deadline("ship_by")["started_at"]) + timedelta(hours=hours)


def _in(shop: Shop, hours: int) -> str:
    return (shop.now() + timedelta(hours=hours)).isoformat()


PEOPLE_PATHS: tuple[Callable[[Shop], OrderUnderTest], ...] = (
    called_and_paid,
    called_in_vain,
    not_wanted,
    parked_and_found,
    refused_at_the_door,
    paid_another_way,
    remitted,
    something_else,
    shipped_and_not_reported,
    promised_and_missed,
    quoted_and_rated,
    past_due,
)

PEOPLE_AND_REQUEST_PATHS: tuple[Callable[[Shop], OrderUnderTest], ...] = (
    down_the_ladder,
    lost_and_sent_again,
    approved_by_the_owner,
)
"""Those whose tasks end in a request."""
