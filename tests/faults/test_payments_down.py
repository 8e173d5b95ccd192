"""The payments partner is away for two days in the middle of a refund: it is late, and nothing else."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.sandbox_server import Shop
from tests.workflows.requests import Request, ask, delivered

SCRIPT = "/sandbox/partners/payment"
PAID = 200
AWAY = 503


def test_a_refund_waits_for_the_partner_and_is_paid_once(shop: Shop) -> None:
    """Goods and return freight are each paid once, and order and request end as they do when nothing is down."""
    untroubled = returned(shop)
    untroubled.reach("succeeded")
    with payments_down(shop):
        request = returned(shop)
        request.reach("refunding")
        shop.advance(days=2)
        assert request.snapshot()["stage"] == "refunding"
        assert {call["status"] for call in calls(request)} == {AWAY}
        assert ledger(request) == []
    shop.advance(hours=2)
    request.reach("succeeded")
    assert ends(request) == ends(untroubled)
    assert paid(request) == paid(untroubled) == Counter({"209.00": 1, "15.00": 1})
    assert len({call["body"]["refund_id"] for call in calls(request)}) == len(paid(request))


def test_a_partner_that_is_down_is_asked_ever_more_seldom(shop: Shop) -> None:
    """At least every hour and not much more often, so that two days cost it some dozens of calls."""
    with payments_down(shop):
        request = returned(shop)
        shop.advance(days=2)
        tries = Counter(call["body"]["refund_id"] for call in calls(request))
        assert all(48 <= count < 100 for count in tries.values()), tries
    shop.advance(hours=2)
    request.reach("succeeded")


def test_the_buyer_sees_where_their_money_is_while_it_waits(shop: Shop) -> None:
    """Nothing can be asked for a second time meanwhile, and nobody may pay by hand what the partner still owes."""
    with payments_down(shop):
        request = returned(shop)
        order = request.snapshot()["order_case_id"]
        body = {"service": "refund_only", "line_ids": ["1"], "reason": "other"}
        again = shop.call("POST", f"/v1/cases/{order}/actions/request_after_sale", body, "demo-buyer")
        assert (again.status_code, {one["code"] for one in again.json()["reasons"]}) == (409, {"already_open"})
        by_hand = request.act("confirm_refund_paid", token="demo-finance")
        assert {one["code"] for one in by_hand.json()["reasons"]} == {"paid_by_partner"}
    shop.advance(hours=2)
    request.reach("succeeded")


def returned(shop: Shop) -> Request:
    """A quality return that is taken in: goods, freight and part of the return freight are due."""
    request = ask(delivered(shop), "return_refund", "quality")
    request.take("agree")
    request.send_back(freight_paid="18.00")
    request.inspect(cause="quality")
    return request


@contextmanager
def payments_down(shop: Shop) -> Iterator[None]:
    """The partner answers 503 meanwhile."""
    assert shop.call("PUT", SCRIPT, {"down": True}, "demo-ops").status_code == 200
    try:
        yield
    finally:
        assert shop.call("PUT", SCRIPT, {"down": False}, "demo-ops").status_code == 200


def calls(request: Request) -> list[dict[str, Any]]:
    """What the partner was asked about the order."""
    listed: list[dict[str, Any]] = request.shop.get(f"{SCRIPT}/calls?order_id={request.opened['order_id']}")["items"]
    return listed


def paid(request: Request) -> Counter[str]:
    """The amounts that the partner paid, each as often as it said so."""
    return Counter(call["body"]["amount"] for call in calls(request) if call["status"] == PAID)


def ledger(request: Request) -> list[tuple[str, str]]:
    return [(entry["kind"], entry["amount"]) for entry in request.items("ledger")]


def ends(request: Request) -> list[Any]:
    """How request and order stand in the end, all times left out."""
    order = request.until(lambda seen: not seen["open"])["order_case_id"]
    seen = request.shop.get(f"/v1/cases/{order}")
    names = ("stage", "outcome", "refunded", "freight_subsidy")
    return [
        ledger(request),
        [request.snapshot()[name] for name in names],
        seen["stage"],
        seen["outcome"],
        seen["money"],
    ]
