"""A complaint over HTTP: filed on an order, lived in its own case, told back."""

from typing import Any

import pytest

from tests.sandbox_server import OrderUnderTest, Shop


def filed(case: OrderUnderTest, type_: str, text: str = "三天没发货") -> OrderUnderTest:
    """A complaint just filed, as a case of its own."""
    answer = case.act("file_complaint", {"type": type_, "text": text}, "demo-buyer")
    assert answer.status_code == 200, answer.text
    return OrderUnderTest(case.shop, answer.json()["result"]["case_id"], case.opened)


def net(case: OrderUnderTest, kind: str) -> str:
    """What a kind of entry comes to in the order's ledger, its children's included."""
    total: str = case.shop.get(f"{case.path}/ledger")["totals"].get(kind, "0")
    return total


def task(shop: Shop, case: OrderUnderTest, type_: str) -> dict[str, Any]:
    """The one open task of that type."""
    found: list[dict[str, Any]] = shop.get(f"/v1/work-items?state=open&type={type_}&case_id={case.case_id}")["items"]
    (item,) = found
    return item


@pytest.mark.rule("S2-82", "S4-69")
def test_a_late_shipment_is_complained_of_and_withdrawn(shop: Shop) -> None:
    """Filed with the penalty booked, answered with the waybill, withdrawn; nothing is booked twice."""
    case = shop.open()
    case.pay()
    shop.advance(hours=73)
    complaint = filed(case, "late_shipment")
    seen = complaint.snapshot()
    assert (seen["kind"], seen["stage"], seen["type"]) == ("complaint", "awaiting_seller", "late_shipment")
    assert seen["order_case_id"] == case.case_id
    assert case.snapshot()["children"][0]["case_id"] == complaint.case_id
    item = task(shop, complaint, "answer_complaint")
    assert item["group"] == "aftersale"
    assert "揽收" in item["script"]
    in_english = shop.call("GET", f"/v1/work-items/{item['item_id']}", Accept_Language="en").json()
    assert "pick-up" in in_english["script"]
    answer = {"reason": "on_its_way", "message": "今天已发出", "carrier": "zto", "tracking_no": "ZT1"}
    assert complaint.act("answer", answer).status_code == 200
    assert complaint.snapshot()["evidence"] == ["seller:waybill"]
    assert complaint.act("withdraw", token="demo-buyer").status_code == 200
    assert complaint.snapshot()["outcome"] == "withdrawn"
    assert net(case, "late_shipment_points") == "3"
    case.until(lambda seen: seen["children"][0]["stage"] == "withdrawn")


def test_a_ruling_pays_through_the_partner(shop: Shop) -> None:
    """Upheld with an amount, the partner pays it once; order and complaint show it."""
    case = shop.open()
    case.pay()
    complaint = filed(case, "breach_of_promise", "说好送的赠品没有")
    assert complaint.act("answer", {"reason": "no_promise", "message": "页面没有写赠品"}).status_code == 200
    evidence = {"kind": "screenshot", "reference": "oss://evidence/gift.png", "text": "页面写了送赠品"}
    assert complaint.act("submit_evidence", evidence, "demo-buyer").status_code == 200
    refused = complaint.act("rule", {"upheld": True, "amount": "999.00"}, "demo-platform")
    assert [reason["code"] for reason in refused.json()["reasons"]] == ["amount_too_high"]
    assert complaint.act("rule", {"upheld": True, "amount": "20.00"}, "demo-platform").status_code == 200
    complaint.until(lambda seen: seen["outcome"] == "upheld")
    case.until(lambda seen: seen["money"]["compensated"] == "20.00")
    case.until(lambda _: net(case, "compensation") == "20.00")
    calls = shop.get(f"/sandbox/partners/payment/calls?order_id={case.opened['order_id']}", "demo-ops")["items"]
    assert [call["body"]["amount"] for call in calls] == ["20.00"]


def test_words_stay_in_the_store(shop: Shop) -> None:
    """Neither timeline shows what the buyer or the seller wrote; the shop's people read it with the memos."""
    case = shop.open()
    case.pay()
    complaint = filed(case, "breach_of_promise", "说好送的赠品没有")
    complaint.act("answer", {"reason": "no_promise", "message": "页面没有写赠品"})
    shown = f"{case.items('timeline')} {complaint.items('timeline')} {complaint.snapshot()}"
    assert "赠品" not in shown
    for member in (case, complaint):  # memos are the whole family's
        assert [memo["text"] for memo in member.items("memos")] == ["说好送的赠品没有", "页面没有写赠品"]


def test_what_is_offered(shop: Shop) -> None:
    """The buyer may withdraw and the seller answer; the platform waits for the answer, and an outsider is forbidden."""
    case = shop.open()
    case.pay()
    complaint = filed(case, "breach_of_promise")

    def offered(token: str) -> dict[str, bool]:
        return {action["name"]: action["allowed"] for action in complaint.items("actions", token)}

    assert offered("demo-buyer") == {
        "answer": False,
        "submit_evidence": True,
        "withdraw": True,
        "rule": False,
        "confirm_refund_paid": False,
    }
    assert offered("demo-agent")["answer"] is True
    assert complaint.act("rule", {"upheld": True}, "demo-platform").json()["reasons"][0]["code"] == "wrong_stage"
    assert complaint.act("withdraw", token="demo-agent").status_code == 403
    assert case.act("file_complaint", {"type": "rudeness", "text": ""}, "demo-buyer").status_code == 422


def test_bodies_of_shared_names_are_documented(shop: Shop) -> None:
    """A ruling on a request and one on a complaint are both in the published document, each with its example."""
    paths = shop.http.get("/openapi.json").json()["paths"]
    body = paths["/v1/cases/{case_id}/actions/rule"]["post"]["requestBody"]["content"]["application/json"]
    names = {schema["$ref"].rpartition("/")[2] for schema in body["schema"]["anyOf"]}
    assert names == {"RuleAfterSale", "RuleComplaint"}
    assert [example["value"].get("upheld") for example in body["examples"].values()] == [None, True]
