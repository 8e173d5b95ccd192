"""Work items over HTTP: claimed by one, given back, completed with an outcome that the case acts on."""

from typing import Any

import pytest

from tests.sandbox_server import OrderUnderTest, Shop


def _unshipped(shop: Shop) -> tuple[OrderUnderTest, dict[str, Any]]:
    case = shop.open()
    case.pay()
    shop.advance(hours=49)
    (item,) = _items(shop, case, "unshipped_48h")
    return case, item


def _items(shop: Shop, case: OrderUnderTest, type_: str, state: str = "open") -> list[dict[str, Any]]:
    found = shop.get(f"/v1/work-items?case_id={case.case_id}&state={state}&type={type_}")["items"]
    return list(found)


def _post(shop: Shop, item: dict[str, Any], step: str, token: str = "demo-agent", **body: str) -> Any:
    return shop.call("POST", f"/v1/work-items/{item['item_id']}/{step}", body, token)


def test_one_person_has_a_task(shop: Shop) -> None:
    """A second claim is refused with the holder's name; given back, another may take it."""
    _, item = _unshipped(shop)
    assert _post(shop, item, "claim").json()["assignee"] == "demo-agent"
    assert _post(shop, item, "claim").status_code == 200
    second = _post(shop, item, "claim", "demo-supervisor")
    assert (second.status_code, second.json()["code"]) == (409, "already_claimed")
    assert "demo-agent" in second.json()["detail"]
    step = f"/v1/work-items/{item['item_id']}/claim"
    chinese = shop.call("POST", step, token="demo-supervisor", Accept_Language="zh-CN")
    assert chinese.json()["detail"] == "demo-agent 正在处理这项任务。"
    assert _post(shop, item, "release", "demo-warehouse").status_code == 409
    assert _post(shop, item, "release").json()["assignee"] is None
    assert _post(shop, item, "release").json()["assignee"] is None, "given back twice is given back"
    assert _post(shop, item, "claim", "demo-supervisor").json()["assignee"] == "demo-supervisor"


@pytest.mark.rule("S4-35")
def test_out_of_stock_leads_to_an_offer(shop: Shop) -> None:
    """Completed with that outcome, the task is done and somebody offers the buyer something else."""
    case, item = _unshipped(shop)
    done = _post(shop, item, "complete", outcome="out_of_stock", note="缺货")
    assert (done.status_code, done.json()["state"]) == (200, "done"), done.text
    (offer,) = _items(shop, case, "offer_alternative")
    assert "accepted" in offer["outcomes"]
    again = _post(shop, item, "complete", outcome="will_ship")
    assert (again.status_code, again.json()["reasons"][0]["code"]) == (409, "already_settled")
    told = [line["type"] for line in shop.get(f"{case.path}/timeline")["items"]]
    assert told.count("work_item.done") == 1


@pytest.mark.parametrize("step", ["claim", "release", "complete"])
def test_there_is_no_such_task(shop: Shop, step: str) -> None:
    """Whoever asks, and whatever they may do."""
    for token in ("demo-agent", "demo-buyer", "other-agent"):
        assert _post(shop, {"item_id": "wi-none"}, step, token, outcome="done").status_code == 404


def test_another_outcome_leads_nowhere(shop: Shop) -> None:
    """`will_ship` settles the task, and nothing else."""
    case, item = _unshipped(shop)
    assert _post(shop, item, "complete", outcome="will_ship").status_code == 200
    assert not _items(shop, case, "offer_alternative")


def test_what_cannot_be_completed(shop: Shop) -> None:
    """An outcome that the type does not know is invalid; another's task, another shop's, and buyers are refused."""
    _, item = _unshipped(shop)
    unknown = _post(shop, item, "complete", outcome="no_such_thing")
    assert unknown.status_code == 422
    assert "outcome" in unknown.text
    assert _post(shop, item, "claim").status_code == 200
    assert _post(shop, item, "complete", "demo-warehouse", outcome="will_ship").status_code == 409
    assert _post(shop, item, "complete", "demo-buyer", outcome="will_ship").status_code == 403
    assert _post(shop, item, "complete", "other-agent", outcome="will_ship").status_code == 404
    assert _post(shop, item, "complete", "demo-supervisor", outcome="will_ship").status_code == 200


def test_an_order_sees_to_what_its_request_left(shop: Shop) -> None:
    """Goods that failed inspection are sent back after the request has ended; the task is done once, and told."""
    case = shop.open()
    case.pay()
    case.consign()
    case.scan("picked_up")
    case.scan("signed")
    shop.advance(seconds=1)
    body = {"service": "return_refund", "line_ids": ["1"], "reason": "quality"}
    request = case.act("request_after_sale", body, "demo-buyer").json()["result"]["case_id"]
    returned = {"carrier": "yto", "tracking_no": f"R-{shop.prefix}"}
    for step, input_, token in (
        ("agree", {}, "demo-agent"),
        ("submit_return", returned, "demo-buyer"),
        ("inspect_return", {"conforming": False}, "demo-warehouse"),
        ("withdraw", {}, "demo-buyer"),
    ):
        answer = shop.call("POST", f"/v1/cases/{request}/actions/{step}", input_, token)
        assert answer.status_code == 200, answer.text
    case.until(lambda _: _items(shop, case, "send_goods_back"))
    (item,) = _items(shop, case, "send_goods_back")
    assert shop.get(f"/v1/cases/{request}")["open"] is False
    assert shop.get(f"/v1/work-items?case_id={request}&state=open")["items"] == []
    done = _post(shop, item, "complete", "demo-warehouse", outcome="sent", note="圆通寄回")
    assert (done.status_code, done.json()["state"]) == (200, "done"), done.text
    assert _post(shop, item, "complete", "demo-warehouse", outcome="sent").status_code == 409
    told = [line for line in shop.get(f"{case.path}/timeline")["items"] if line["type"] == "work_item.done"]
    assert [line["data"]["outcome"] for line in told] == ["sent"]
    assert "圆通" not in str(told)


def test_a_task_ends_by_the_deed(shop: Shop) -> None:
    """Agreed by the task is agreed in the case; the private words of a refusal stay in the store."""
    case = shop.open()
    case.pay()
    case.ship()
    asked = case.act("request_after_sale", {"service": "refund_only", "reason": "other"}, "demo-buyer")
    ask = OrderUnderTest(shop, asked.json()["result"]["case_id"], case.opened)
    (item,) = _items(shop, ask, "review_after_sale")
    offered = shop.get(f"/v1/work-items/{item['item_id']}", "demo-warehouse")["outcome_details"]
    assert [(one["action"], one["reasons"][0]["code"]) for one in offered] == [
        ("agree", "forbidden"),
        ("refuse", "forbidden"),
    ]
    assert _post(shop, item, "complete", "demo-warehouse", outcome="agreed").status_code == 403
    body = {"outcome": "refused", "data": {"reason": "shipped", "message": "包裹已在途，请拒收"}}
    done = shop.call("POST", f"/v1/work-items/{item['item_id']}/complete", body, "demo-agent")
    assert (done.status_code, done.json()["state"]) == (200, "done"), done.text
    assert done.json()["data"]["message"].startswith("memo:")
    assert shop.get(ask.path)["stage"] == "refused"


def test_words_for_people_have_no_codes(shop: Shop) -> None:
    """Outcomes, steps and fields are called as they are on the screen, in a script and in what an outcome leads to."""
    case = shop.open()
    case.pay()
    shop.advance(hours=49)
    (item,) = shop.get(f"/v1/work-items?case_id={case.case_id}&type=unshipped_48h")["items"]
    named = {"zh": ("“缺货”", "“快递公司”"), "en": ('"Out of stock"', "“Tracking no”")}
    for language, (outcome, field) in named.items():
        shown = shop.call("GET", f"/v1/work-items/{item['item_id']}", accept_language=language).json()
        assert outcome in shown["script"]
        leads_to = {one["outcome"]: one["leads_to"] for one in shown["outcome_details"]}
        assert field in leads_to["shipped_not_reported"]
