"""What comes after a case's end, on the test clock's server: taken up again where it counts, and told where not."""

from collections import Counter
from datetime import datetime

from tests.sandbox_server import OrderUnderTest, Shop
from tests.workflows.complaint_paths import complain
from tests.workflows.reopening_paths import complained_of_after_the_end, proven_after_the_end
from tests.workflows.requests import delivered, ended


def _told(order: OrderUnderTest) -> Counter[str]:
    return Counter(line["type"] for line in order.items("timeline"))


def test_a_fact_that_counts_is_booked(shop: Shop) -> None:
    """The penalty is reversed, the story says so, and nothing is left to wait for."""
    order = proven_after_the_end(shop)
    seen = order.snapshot()
    assert (seen["reopened"], seen["open"], seen["money"]["points"]) == (1, False, 0)
    assert order.deadline("ship_by")["state"] == "met"
    assert _told(order)["case.reopened"] == 1
    lines = order.items("timeline")
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))


def test_a_step_takes_the_order_up(shop: Shop) -> None:
    """The order waits for its complaint, and ends again with it; what is only told leaves it ended."""
    order = complained_of_after_the_end(shop)
    assert order.snapshot()["reopened"] == 1
    order.scan("scanned", datetime.fromisoformat(order.opened["placed_at"]))
    order.until(lambda _: _told(order)["parcel.scanned"])
    assert (order.snapshot()["open"], order.snapshot()["reopened"]) == (False, 1)


def test_what_may_be_done_after_the_end_is_offered(shop: Shop) -> None:
    """The list of steps says so, and refuses what it refused before."""
    order = delivered(shop)
    shop.advance(days=11)
    assert not order.until(lambda seen: not seen["open"])["open"]
    offers = {offer["name"]: offer for offer in shop.get(f"{order.path}/actions", "demo-buyer")["items"]}
    assert offers["file_complaint"]["allowed"]
    assert offers["extend_receipt"]["reasons"][0]["code"] == "case_ended"
    refused = order.act("file_complaint", {"type": "breach_of_promise"}, "demo-buyer")
    assert (refused.status_code, refused.json()["reasons"][0]["code"]) == (409, "case_ended")


def test_who_confirmed_receipt_has_the_goods(shop: Shop) -> None:
    """After a buyer's own confirmation nothing can be complained of once the order has ended (S2-91)."""
    order = delivered(shop)
    order.act("confirm_receipt", token="demo-buyer")
    ended(order)
    refused = order.act("file_complaint", {"type": "not_received"}, "demo-buyer")
    assert [reason["code"] for reason in refused.json()["reasons"]] == ["case_ended"]


def test_many_at_once_take_it_up_once(shop: Shop) -> None:
    """Two complaints and two facts after the end: one of each counts, none is lost, none is taken twice."""
    order = delivered(shop)
    shop.advance(days=11)
    order.until(lambda seen: not seen["open"])
    for _ in range(2):
        order.scan("refused", shop.now())
    complain(order, "not_received")
    order.until(lambda _: _told(order)["parcel.refused"] == 2)
    assert _told(order)["complaint.filed"] == 1
    assert order.snapshot()["open"]
