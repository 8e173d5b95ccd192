"""The ways an order and its requests can go, each played on the sandbox; `record.py` keeps their histories."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.sandbox_server import OrderUnderTest, Shop, line
from tests.workflows.clock_paths import CLOCK_PATHS
from tests.workflows.complaint_paths import COMPLAINT_PATHS, COMPLAINTS_WITHOUT_PAYMENTS
from tests.workflows.hold_paths import HOLD_PATHS, WITHOUT_ERP
from tests.workflows.intercept_paths import INTERCEPT_PATHS
from tests.workflows.message_paths import MESSAGE_PATHS
from tests.workflows.money_paths import MONEY_PATHS
from tests.workflows.people_paths import PEOPLE_AND_REQUEST_PATHS, PEOPLE_PATHS
from tests.workflows.reopening_paths import complained_of_after_the_end, proven_after_the_end
from tests.workflows.service_paths import SERVICE_PATHS, WITHOUT_PAYMENTS


def plain(shop: Shop) -> OrderUnderTest:
    """Opened, paid, consigned, picked up, signed, confirmed, ended."""
    case = shop.open()
    case.pay()
    case.ship()
    case.scan("signed")
    case.until(lambda seen: seen["stage"] == "delivered")
    case.act("confirm_receipt", token="demo-buyer")
    shop.advance(days=8)
    return case


def late_then_proven(shop: Shop) -> OrderUnderTest:
    """Late by the clock, then the carrier's record proves otherwise."""
    case = shop.open(lines=[line("1", "100.00"), line("2", "300.00")])
    case.pay()
    paid_at = shop.now()
    case.consign()
    shop.advance(hours=74)
    case.scan("picked_up", paid_at + timedelta(hours=70))
    case.until(lambda seen: seen["money"]["points"] == 0)
    return case


def never_paid(shop: Shop) -> OrderUnderTest:
    """Closes as unpaid."""
    case = shop.open()
    shop.advance(days=3, minutes=5)
    return case


def closed_by_an_agent(shop: Shop) -> OrderUnderTest:
    """Refused twice, then closed with consent."""
    case = shop.open()
    case.act("close_unpaid", {"reason": "buyer_mistake", "buyer_consent": False})
    shop.advance(seconds=15)
    case.act("close_unpaid", {"reason": "buyer_mistake", "buyer_consent": True})
    return case


def extended_and_confirmed_by_timeout(shop: Shop) -> OrderUnderTest:
    """Seller and buyer put receipt off; then it is confirmed by timeout and the window runs from there."""
    case = shop.open()
    case.pay()
    case.ship()
    case.act("extend_receipt", {"days": 5})
    case.act("extend_receipt", {"days": 3}, "demo-buyer")
    shop.advance(days=30)
    return case


def stalled_and_moving_again(shop: Shop) -> OrderUnderTest:
    """A stalled parcel makes a task, which its next scan settles; a plain scan moves the clock in between."""
    case = shop.open()
    case.pay()
    case.ship()
    shop.advance(hours=30)
    case.scan("scanned")
    shop.advance(hours=72)
    case.scan("scanned", location="武汉")
    case.scan("signed")
    case.until(lambda seen: seen["stage"] == "delivered")
    return case


def campaign_moved(shop: Shop) -> OrderUnderTest:
    """The campaign of an order gets other terms while the ship deadline runs."""
    now = shop.now()
    sale = {"from": now.isoformat(), "to": (now + timedelta(days=1)).isoformat(), "ship_within": "P7D"}
    path = f"/v1/campaigns/{shop.prefix}-moved"
    assert shop.call("PUT", path, sale, "demo-platform").status_code == 201
    case = shop.open(campaign=f"{shop.prefix}-moved")
    case.pay()
    assert shop.call("PUT", path, sale | {"ship_within": "P9D"}, "demo-platform").status_code == 200
    case.until(lambda seen: case.deadline("ship_by")["changes"])
    shop.advance(days=10)
    return case


def agreed_changed_and_audited(shop: Shop) -> OrderUnderTest:
    """Another time is agreed, the order changed after the ERP read it, a line reported out of stock."""
    case = shop.open(lines=[line("1", "100.00"), line("2", "50.00")])
    case.pay()
    case.act("agree_ship_by", {"ship_by": (shop.now() + timedelta(hours=100)).isoformat()})
    shop.event("order.erp_read", case.subject, "demo-erp")
    shop.event("order.waybill_printed", case.subject, "demo-erp")
    case.until(lambda seen: seen["version"] >= 5)
    case.act("change_order", {"line_id": "1", "sku": "DRESS-BLUE"})
    case.act("change_order", {"address": {"city": "深圳市"}})
    case.act("report_out_of_stock", {"line_ids": ["2"], "told_buyer": True})
    case.act("add_memo", {"text": "@11.11 阿华 缺货"})
    return case


def cash_on_delivery(shop: Shop) -> OrderUnderTest:
    """Ships without payment; refused at the door, and back."""
    case = shop.open(source="cash_on_delivery")
    case.consign()
    case.scan("picked_up")
    case.scan("refused")
    case.scan("returned")
    case.until(lambda seen: seen["parcels"][0]["status"] == "returned")
    shop.advance(days=12)
    return case


Path = Callable[[Shop], OrderUnderTest]
"""Plays one way; answers the order, whose requests are known by it."""

ORDER_PATHS: tuple[Path, ...] = (
    plain,
    late_then_proven,
    never_paid,
    closed_by_an_agent,
    extended_and_confirmed_by_timeout,
    stalled_and_moving_again,
    campaign_moved,
    agreed_changed_and_audited,
    cash_on_delivery,
    proven_after_the_end,
    *PEOPLE_PATHS,
    *MONEY_PATHS,
    *MESSAGE_PATHS,
)

PATHS: Mapping[str, Path] = {
    path.__name__: path
    for path in (
        *ORDER_PATHS,
        *SERVICE_PATHS,
        *CLOCK_PATHS,
        *HOLD_PATHS,
        *INTERCEPT_PATHS,
        *COMPLAINT_PATHS,
        *PEOPLE_AND_REQUEST_PATHS,
        complained_of_after_the_end,
        *WITHOUT_PAYMENTS,
        *COMPLAINTS_WITHOUT_PAYMENTS,
        *WITHOUT_ERP,
    )
}
