"""What a page of a case needs: all of it in one call, in one language; search; a buyer's other orders."""

from typing import Any
from urllib.parse import urlencode

from api.naming import in_plain_english
from tests.sandbox_server import OrderUnderTest, Shop
from tests.workflows.requests import ask, paid

BUYER = {"id": "b-pages", "name": "欧阳页", "phone": "13912340077"}
EVERYTHING = "actions,work_items,deadlines,timeline,ledger,memos,messages,buyer,goods"

OF_NOBODYS = ["actions", "deadlines", "timeline", "ledger", "goods"]
"""What is neither personal data nor the shop's own."""


def _included(shop: Shop, case: OrderUnderTest, include: str, token: str = "demo-agent", **more: Any) -> dict[str, Any]:
    answer = shop.call("GET", f"{case.path}?include={include}", token=token, **more)
    assert answer.status_code == 200, answer.text
    parts: dict[str, Any] = answer.json()["included"]
    return parts


def _search(shop: Shop, token: str = "demo-agent", **query: Any) -> dict[str, Any]:
    found: dict[str, Any] = shop.get(f"/v1/search?{urlencode(query)}", token)
    return found


def test_a_page_comes_in_one_call(shop: Shop) -> None:
    """Each part is what its own list answers."""
    case = shop.open(buyer=BUYER)
    case.pay()
    parts = _included(shop, case, EVERYTHING)
    assert list(parts) == EVERYTHING.split(",")
    for part in ("actions", "deadlines", "timeline", "ledger", "memos", "messages", "buyer"):
        assert parts[part] == shop.get(f"{case.path}/{part}"), part
    assert "included" not in shop.get(case.path)


def test_a_request_knows_what_its_goods_are_called(shop: Shop) -> None:
    """Its own lines know no more than the article."""
    request = ask(paid(shop), "refund_only", "no_reason")
    assert _included(shop, request, "goods")["goods"] == [{"line_id": "1", "title": "连衣裙"}]
    assert "goods" not in _included(shop, request, "timeline")


def test_what_a_role_may_not_see_is_left_out(shop: Shop) -> None:
    """No personal data, no texts and no tasks for a system; nobody is refused the rest."""
    case = shop.open(buyer=BUYER)
    assert list(_included(shop, case, EVERYTHING, "demo-erp")) == OF_NOBODYS
    assert list(_included(shop, case, "timeline")) == ["timeline"]
    unknown = shop.call("GET", f"{case.path}?include=timeline,secrets")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid"), unknown.text


def test_an_english_timeline_names_no_codes(shop: Shop) -> None:
    """Services, reasons and stages are said in words; what somebody wrote stays as it is."""
    request = ask(paid(shop), "refund_only", "no_reason")
    told = shop.call("GET", f"{request.path}/timeline", accept_language="en").json()["items"]
    asked = told[0]["summary"]
    assert asked == "refund only asked for line 1, reason no reason (in sale)"
    assert in_plain_english("Stage: awaiting_shipment, dress_red_m") == "Stage: awaiting shipment, dress_red_m"


def test_titles_and_reasons_are_in_one_language(shop: Shop) -> None:
    """Chinese where nobody says otherwise, as the shop's locale says."""
    case = shop.open()
    titles = {}
    for language in ("zh-CN,en;q=0.5", "en"):
        parts = _included(shop, case, "actions,deadlines", accept_language=language)
        memo = next(one for one in parts["actions"]["items"] if one["name"] == "add_memo")
        refused = next(one for one in parts["actions"]["items"] if one["name"] == "confirm_receipt")
        field = memo["input_schema"]["properties"]["text"]
        titles[language[:2]] = memo["title"], field["title"], parts["deadlines"]["items"][0]["title"]
        assert refused["reasons"][0]["message"].isascii() is (language == "en"), refused
    assert titles == {"zh": ("添加备注", "内容", "付款"), "en": ("Add a memo", "Text", "Payment")}


def test_a_refusal_says_its_sentence_in_the_language_asked_for(shop: Shop) -> None:
    """Code and sentence, the same code in both."""
    case = shop.open()
    case.pay()
    for language, sentence in (
        ("zh", "订单已付款。"),
        ("en", "The buyer has paid; ask for a refund instead of closing."),
    ):
        body = {"reason": "no_longer_wanted", "buyer_consent": True}
        refused = shop.call("POST", f"{case.path}/actions/close_unpaid", body, accept_language=language)
        assert refused.status_code == 409, refused.text
        assert [reason["message"] for reason in refused.json()["reasons"]][:1] == [sentence]


def test_memos_are_of_the_whole_family(shop: Shop) -> None:
    """Each says which case it is on."""
    case = shop.open()
    case.pay()
    case.act("add_memo", {"text": "仓库请留意"})
    body = {"service": "refund_only", "reason": "no_reason", "description": "不想要了"}
    asked = shop.call("POST", f"{case.path}/actions/request_after_sale", body, "demo-buyer")
    assert asked.status_code == 200, asked.text
    child = asked.json()["case"]["children"][0]["case_id"]
    amended = shop.call("POST", f"/v1/cases/{child}/actions/amend", {"description": "拍错了"}, "demo-buyer")
    assert amended.status_code == 200, amended.text
    memos = shop.get(f"/v1/cases/{child}/memos")["items"]
    assert {memo["case_id"] for memo in memos} == {case.case_id, child}
    assert memos == shop.get(f"{case.path}/memos")["items"]


def test_messages_are_the_familys(shop: Shop) -> None:
    """What a buyer was sent is for the shop's staff."""
    case = shop.open()
    assert shop.get(f"{case.path}/messages") == {"items": [], "next": None}
    assert shop.call("GET", f"{case.path}/messages", token="demo-erp").status_code == 403


def test_search_finds_what_people_have_in_hand(shop: Shop) -> None:
    """By the beginning of the order id, the waybill, the buyer's id, phone, its end and the name."""
    case = shop.open(buyer=BUYER)
    order_id = case.case_id.rpartition(":")[2]
    for words in (order_id, BUYER["id"], BUYER["phone"], "139 1234 0077", "0077", "欧阳"):
        found = _search(shop, q=words)["items"]
        assert case.case_id in [one["case_id"] for one in found], words
        one = next(one for one in found if one["case_id"] == case.case_id)
        assert (one["buyer"], one["kind"], one["stage_title"]) == ("欧***"[:3], "order", "待付款")


def test_personal_data_finds_nothing_for_others(shop: Shop) -> None:
    """A system finds an order by its id, and does not learn who bought it."""
    case = shop.open(buyer=BUYER)
    assert _search(shop, "demo-erp", q="欧阳")["items"] == []
    order_id = case.case_id.rpartition(":")[2]
    (one,) = _search(shop, "demo-erp", q=order_id)["items"]
    assert one["buyer"] is None
    assert _search(shop, "other-agent", q=order_id)["items"] == []
    assert shop.call("GET", "/v1/search?q=x").status_code == 422


def test_search_pages(shop: Shop) -> None:
    """One after another, none twice."""
    cases = {shop.open(buyer={**BUYER, "id": "b-many"}).case_id for _ in range(3)}
    seen: list[str] = []
    query: dict[str, Any] = {"q": "b-many", "limit": 2}
    while True:
        page = _search(shop, **query)
        seen += [one["case_id"] for one in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert sorted(seen) == sorted(cases)


def test_a_buyers_cases_are_counted(shop: Shop) -> None:
    """Orders, requests, refunds and complaints; for the shop's staff."""
    case = shop.open(buyer={**BUYER, "id": "b-counted"})
    page = shop.get("/v1/buyers/b-counted/cases")
    assert [one["case_id"] for one in page["items"]] == [case.case_id]
    assert page["counts"] == {"orders": 1, "requests": 0, "refunds": 0, "complaints": 0}
    assert shop.call("GET", "/v1/buyers/b-counted/cases", token="demo-erp").status_code == 403


def test_stages_come_in_their_order(shop: Shop) -> None:
    """As a diagram draws them."""
    stages = [one["stage"] for one in shop.get("/v1/stages")["items"] if one["kind"] == "order"]
    assert stages == ["awaiting_payment", "awaiting_shipment", "in_transit", "delivered", "completed", "closed"]


def test_a_deadline_says_why_in_words(shop: Shop) -> None:
    """The fact, the rule with its value, what moved it; in the language asked for."""
    case = shop.open()
    case.pay()
    case.ship()
    extended = case.act("extend_receipt", {"days": 3})
    assert extended.status_code == 200, extended.text
    said = {}
    for language in ("zh", "en"):
        found = _included(shop, case, "deadlines", accept_language=language)["deadlines"]["items"]
        (receipt,) = [one for one in found if one["kind"] == "auto_confirm"]
        because, (change,) = receipt["because"], receipt["changes"]
        words = [because[f"{name}_title"] for name in ("fact", "rule", "value")]
        said[language] = [*words, change["by_title"], change["amount_title"]]
        (scans,) = [one for one in found if one["kind"] == "tracking_stall"]
        assert scans["about"] == f"{'中通' if language == 'zh' else 'ZTO'} {case.tracking_no}"
    assert said == {
        "zh": ["商家发货", "自动确认收货时间", "10 天", "延长收货", "3 天"],
        "en": [
            "Said shipped by the seller",
            "time until receipt counts as confirmed",
            "10 days",
            "Put off receipt",
            "3 days",
        ],
    }


def test_a_line_says_which_task_it_is_about(shop: Shop) -> None:
    """And what came of it, in Chinese; a task's own clock names it too."""
    case = shop.open()
    case.pay()
    shop.advance(hours=49)
    (item,) = shop.get(f"/v1/work-items?case_id={case.case_id}&type=unshipped_48h")["items"]
    done = shop.call("POST", f"/v1/work-items/{item['item_id']}/complete", {"outcome": "will_ship"})
    assert done.status_code == 200, done.text
    parts = _included(shop, case, "timeline,deadlines", accept_language="zh")
    told = [line["summary"] for line in parts["timeline"]["items"]]
    assert "新任务：“48 小时未发货”" in told
    assert "任务完成：“48 小时未发货”，会发货" in told
    (due,) = [one for one in parts["deadlines"]["items"] if one["subject"] == "unshipped_48h/1"]
    assert (due["about"], due["because"]["rule_title"]) == ("48 小时未发货", "“48 小时未发货”的时限")


def test_what_is_still_owed_is_said(shop: Shop) -> None:
    """Until it is paid."""
    case = shop.open()
    assert case.snapshot()["money"]["owed"] == "209.00"
    case.pay()
    assert case.snapshot()["money"]["owed"] == "0.00"


def test_what_is_wrong_with_the_input_is_said_at_its_field(shop: Shop) -> None:
    """In the language asked for, with the field's place; in English where none is."""
    case = shop.open()
    said = {}
    for language in ("zh", "en", ""):
        refused = case.act("add_memo", {"text": ""}, accept_language=language)
        assert refused.status_code == 422, refused.text
        (reason,) = refused.json()["reasons"]
        assert reason["figures"]["field"] == "text"
        said[language] = reason["message"]
    assert said["zh"] == "“内容”：至少 1 个字。"
    assert said["en"] == said[""] == "text: String should have at least 1 character"


def test_stages_say_what_can_follow(shop: Shop) -> None:
    """Of requests, for which services."""
    stages = {(one["kind"], one["stage"]): one["next"] for one in shop.get("/v1/stages")["items"]}
    assert [one["stage"] for one in stages["order", "delivered"]] == ["completed", "closed"]
    assert stages["ship_hold", "released"] == []
    refused = {one["stage"]: one["services"] for one in stages["after_sale", "awaiting_buyer_receipt"]}
    assert refused == {"refunding": ["exchange", "repair"], "succeeded": ["reship"]}
