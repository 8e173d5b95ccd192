"""Trial use over HTTP: a shop offers it, a buyer uses the goods for three weeks, and gets their money back."""

import pytest

from tests.sandbox_server import OrderUnderTest, Shop
from tests.workflows.requests import ask, delivered, ended, trial_is_offered


@pytest.fixture
def on_trial(shop: Shop) -> OrderUnderTest:
    """An order that was opened under the offer, in the third week after it was delivered."""
    with trial_is_offered(shop):
        order = delivered(shop)
    shop.advance(days=21)
    return order


def test_used_for_three_weeks_and_paid_back(shop: Shop, on_trial: OrderUnderTest) -> None:
    """The order waits for it, the warehouse judges what was used, and the goods are paid back."""
    assert (on_trial.snapshot()["stage"], on_trial.snapshot()["open"]) == ("completed", True)
    clock = on_trial.deadline("trial_use")
    assert (clock["state"], clock["because"]["value"]) == ("running", "P30D")
    request = ask(on_trial, "trial_use", "no_reason", description="用了三个星期，不喜欢")
    refused = request.act("refuse", {"reason": "used", "message": "商品已使用"})
    assert [reason["code"] for reason in refused.json()["reasons"]] == ["cannot_refuse"]
    request.take("agree")
    request.send_back()
    request.scan_return("signed")
    (task,) = shop.get(f"/v1/work-items?state=open&case_id={request.case_id}")["items"]
    assert (task["type"], task["group"]) == ("inspect_trial", "warehouse")
    assert "试用退货" in task["script"]
    request.inspect()
    request.reach("succeeded")
    assert shop.get(f"{request.path}/ledger")["totals"] == {"refund": "199.00"}
    assert not ended(on_trial).snapshot()["open"]


def test_the_offer_is_the_orders_own(shop: Shop, on_trial: OrderUnderTest) -> None:
    """It holds though the shop has ended it; an order opened afterwards has none."""
    assert shop.get("/v1/merchants/demo/settings/service-offers", "demo-owner")["offers"] == []
    later = delivered(shop)
    answer = later.act("request_after_sale", {"service": "trial_use", "reason": "no_reason"}, "demo-buyer")
    assert [reason["code"] for reason in answer.json()["reasons"]] == ["not_offered"]
    assert ask(on_trial, "trial_use", "no_reason").snapshot()["stage"] == "awaiting_seller"


def test_a_shop_cannot_offer_what_it_owes(shop: Shop) -> None:
    """422 names the field."""
    body = {"offers": [{"service": "return_refund", "days": 30}]}
    answer = shop.call("PUT", "/v1/merchants/demo/settings/service-offers", body, "demo-owner")
    assert answer.status_code == 422, answer.text
