"""The carrier is away for two days in the middle of an interception: it is late, and nothing else."""

from collections.abc import Iterator

import pytest

from tests.api.intercepting import asked_back, carrier, intercepting, stop
from tests.sandbox_server import Shop

AWAY, DONE = 503, 200


@pytest.fixture(autouse=True)
def the_shop_signed(shop: Shop) -> Iterator[None]:
    """Interceptions are open to the shop and its agent."""
    with intercepting(shop):
        yield


@pytest.mark.rule("S1-37")
def test_an_interception_ends_as_it_would_have(shop: Shop) -> None:
    """Stopped two days later, by one call that counted: one fee, one refund; meanwhile a person is asked to call."""
    with carrier(shop, down=True):
        order, request = asked_back(shop)
        parcel = stop(order, request)
        shop.advance(days=2)
        assert {status for _, status in parcel.calls()} == {AWAY}
        assert (parcel.snapshot()["stage"], request.snapshot()["stage"]) == ("requested", "awaiting_seller")
        assert parcel.items("ledger") == []
        tasks = shop.get(f"/v1/work-items?state=open&case_id={parcel.case_id}")["items"]
        assert [task["type"] for task in tasks] == ["intercept_unanswered", "escalation"], (
            "asked, and told that it is late"
        )
    shop.advance(hours=2)
    parcel.reach("intercepted")
    request.reach("succeeded")
    assert [status for _, status in parcel.calls()].count(DONE) == 1
    assert len({intercept_id for intercept_id, _ in parcel.calls()}) == 1
    assert [entry["amount"] for entry in parcel.items("ledger")] == ["3.00"]
    order.until(lambda seen: seen["money"]["refunded"] == "209.00")
    assert shop.get(f"/v1/work-items?state=open&case_id={parcel.case_id}")["items"] == []


def test_the_buyer_signs_while_the_carrier_is_away(shop: Shop) -> None:
    """Its yes two days later comes after the buyer's signature: no fee, no refund by itself."""
    with carrier(shop, down=True):
        order, request = asked_back(shop)
        parcel = stop(order, request)
        shop.advance(days=1)
        order.scan("signed")
        parcel.reach("failed")
        shop.advance(days=1)
    shop.advance(hours=2)
    assert parcel.until(lambda seen: not seen["open"])["stage"] == "failed"
    assert parcel.items("ledger") == []
    assert request.snapshot()["stage"] == "awaiting_seller"
