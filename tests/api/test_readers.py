"""What only the shop's own people read of a case."""

import pytest

from domain.policy.timeline_words import FOR_INSIDERS
from tests.sandbox_server import Shop

INSIDERS = ("demo-agent", "demo-supervisor", "demo-warehouse", "demo-finance", "demo-owner")
OTHERS = ("demo-buyer", "demo-platform", "demo-carrier", "demo-payment")


def _short_of_stock(shop: Shop) -> str:
    """A request for other reasons than the stock's, about goods that the shop does not have; its path."""
    order = shop.open()
    order.pay()
    assert order.act("report_out_of_stock", {"line_ids": ["1"]}).status_code == 200
    asked = order.act("request_after_sale", {"service": "refund_only", "reason": "other"}, "demo-buyer")
    assert asked.status_code == 200, asked.text
    return f"/v1/cases/{asked.json()['result']['case_id']}"


@pytest.mark.rule("S4-37")
def test_the_true_cause_is_for_the_shops_own_people(shop: Shop) -> None:
    """In a snapshot, in a list and in what a step answers; everybody else sees that there is none."""
    path = _short_of_stock(shop)
    listed = f"/v1/cases?kind=after_sale&order_id={shop.get(path)['order_id']}"
    for token in INSIDERS:
        assert shop.get(path, token)["internal_cause"] == "out_of_stock"
        assert [one["internal_cause"] for one in shop.get(listed, token)["items"]] == ["out_of_stock"]
    for token in OTHERS:
        assert shop.get(path, token)["internal_cause"] is None
        assert [one["internal_cause"] for one in shop.get(listed, token)["items"]] == [None]
    told = shop.call("POST", f"{path}/actions/withdraw", {}, "demo-buyer")
    assert (told.status_code, told.json()["case"]["internal_cause"]) == (200, None), told.text


def test_what_the_shop_does_among_its_own_is_not_told_to_others(shop: Shop) -> None:
    """Tasks, memos and checks are on nobody else's timeline, in the list and on the page; what happened is on all."""
    order = shop.open()
    order.pay()
    assert order.act("add_memo", {"text": "内部备注"}).status_code == 200
    for token, inside in (
        ("demo-agent", True),
        ("demo-platform", True),
        ("demo-buyer", False),
        ("demo-carrier", False),
    ):
        listed = shop.get(f"{order.path}/timeline", token)["items"]
        page = shop.get(f"{order.path}?include=timeline", token)["included"]["timeline"]["items"]
        assert listed == page
        types = {line["type"] for line in listed}
        assert types >= {"case.opened", "payment.received", "order.stage"}
        assert bool(types & {*FOR_INSIDERS}) is inside, types
