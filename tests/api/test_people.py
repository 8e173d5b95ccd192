"""People's work over HTTP: what tasks ask for, what follows, approvals, knowledge and the catalogue."""

from typing import Any

import pytest

from tests.sandbox_server import OrderUnderTest, Shop, line


def _task(shop: Shop, case: OrderUnderTest, type_: str, case_id: str = "") -> dict[str, Any]:
    """The one open task of that type."""
    (found,) = shop.get(f"/v1/work-items?case_id={case_id or case.case_id}&state=open&type={type_}")["items"]
    return dict(found)


def _complete(shop: Shop, task: dict[str, Any], outcome: str, token: str = "demo-agent", **said: Any) -> Any:
    return shop.call("POST", f"/v1/work-items/{task['item_id']}/complete", {"outcome": outcome, **said}, token)


def _called(shop: Shop) -> tuple[OrderUnderTest, dict[str, Any]]:
    case = shop.open()
    shop.advance(minutes=31)
    return case, _task(shop, case, "payment_reminder")


@pytest.mark.rule("S2-28")
def test_a_task_says_what_to_do_in_two_languages(shop: Shop) -> None:
    """In Chinese, or in English when asked for; the order's own values are filled in, and nothing personal."""
    _, task = _called(shop)
    english = shop.call("GET", f"/v1/work-items/{task['item_id']}", accept_language="en-GB").json()
    assert ("聊天记录" in task["script"], "Read the chat" in english["script"]) == (True, True)
    for script in (task["script"], english["script"]):
        assert "209.00" in script
        assert "{" not in script
        assert "陈小姐" not in script
    assert [one["outcome"] for one in task["outcome_details"]] == task["outcomes"]
    reached = next(one for one in task["outcome_details"] if one["outcome"] == "reached")
    assert set(reached["data_schema"]["properties"]) == {"reason", "promised_pay_at"}
    assert reached["leads_to"]


@pytest.mark.rule("S2-34", "S2-36", "S4-11")
def test_what_follows_a_call_reaches_the_buyer(shop: Shop) -> None:
    """The marketplace's reminder, the shop's message and the memo, in this order; the reason is kept for the report."""
    case, task = _called(shop)
    done = _complete(shop, task, "reached", data={"reason": "payment_tool"}, note="U盾过期")
    assert done.status_code == 200, done.text
    assert (done.json()["data"]["reason"], done.json()["done_by"]) == ("payment_tool", "demo-agent")
    case.until(lambda _: any("已催付" in str(memo["text"]) for memo in case.items("memos")))
    order_id = case.opened["order_id"]
    sent = shop.get(f"/sandbox/messages?order_id={order_id}", "demo-ops")["items"]
    assert [(one["channel"], one["template"]) for one in sent] == [
        ("remind_to_pay", "remind_to_pay"),
        ("chat", "payment_reminder"),
    ]
    assert "16:00前付款" in sent[1]["text"], "the cut-off for shipping the same day (S2-44)"
    memo = next(memo for memo in case.items("memos") if memo["text"] == "已催付")
    assert memo["line"].endswith("demo-agent 已催付")


@pytest.mark.parametrize(
    ("data", "field"),
    [({"reason": 7}, "reason"), ({"promised_pay_at": "soon"}, "promised_pay_at"), ({"mood": "good"}, "mood")],
)
def test_data_that_the_outcome_does_not_ask_for(shop: Shop, data: dict[str, str], field: str) -> None:
    """Each field is named; nothing is noted."""
    _, task = _called(shop)
    answer = _complete(shop, task, "reached", data=data)
    assert answer.status_code == 422
    assert f"data.{field}" in answer.text
    assert shop.get(f"/v1/work-items/{task['item_id']}")["state"] == "open"


def test_a_note_and_a_reason_too_long_for_one_note(shop: Shop) -> None:
    """Refused with the field's name, not cut."""
    _, task = _called(shop)
    answer = _complete(shop, task, "reached", note="晚" * 999, data={"reason": "在等先生"})
    assert (answer.status_code, "note" in answer.text) == (422, True), answer.text


def test_a_reason_in_words_of_their_own(shop: Shop) -> None:
    """It counts as `other`; the words stay with the note, for the shop's people only."""
    case, task = _called(shop)
    done = _complete(shop, task, "reached", note="晚点再打", data={"reason": "在等先生回家付款"})
    assert (done.status_code, done.json()["data"]["reason"]) == (200, "other"), done.text
    assert "晚点再打；在等先生回家付款" in [memo["text"] for memo in case.items("memos")]
    assert "先生" not in str(case.items("timeline"))


@pytest.mark.rule("S4-66")
def test_a_refund_beyond_the_agents_authority_is_approved_once(shop: Shop) -> None:
    """Refused to the agent and passed on with all that it needs; the owner's word pays it, a second one does not."""
    case = shop.open(lines=[line("1", "6000.00")])
    case.pay()
    body = {"service": "refund_only", "line_ids": ["1"], "reason": "other"}
    request = case.act("request_after_sale", body, "demo-buyer").json()["result"]["case_id"]
    for _ in range(2):
        refused = shop.call("POST", f"/v1/cases/{request}/actions/agree", {})
        assert [reason["code"] for reason in refused.json()["reasons"]] == ["over_authority"]
    task = _task(shop, case, "escalation", request)
    assert (task["group"], task["item_id"] in refused.json()["detail"]) == ("owner", True)
    assert _complete(shop, task, "done", "demo-agent").status_code == 409, "who may not agree cannot approve it"
    assert _complete(shop, task, "done", "demo-owner").status_code == 200
    assert _complete(shop, task, "done", "demo-owner").status_code == 409
    case.until(lambda seen: seen["money"]["refunded"] == "6010.00")
    refunds = [entry for entry in case.items("ledger") if entry["kind"] == "refund"]
    assert len(refunds) == 1


@pytest.mark.rule("S4-38", "S4-66")
def test_a_task_beyond_the_agents_authority_is_approved_too(shop: Shop) -> None:
    """Its outcome is passed on like a step; the owner's word does it, and nobody has to do the task again."""
    case = shop.open(lines=[line("1", "6000.00")])
    case.pay()
    shop.advance(hours=49)
    assert _complete(shop, _task(shop, case, "unshipped_48h"), "out_of_stock").status_code == 200
    assert _complete(shop, _task(shop, case, "offer_alternative"), "declined").status_code == 200
    refused = _complete(shop, _task(shop, case, "guide_refund"), "register", note="顾客不肯自己申请")
    assert (refused.status_code, refused.json()["reasons"][0]["code"]) == (409, "over_authority")
    task = _task(shop, case, "escalation")
    assert (task["group"], task["item_id"] in refused.json()["detail"]) == ("owner", True)
    assert _complete(shop, task, "done", "demo-agent").status_code == 409, "who may not cannot approve it"
    assert _complete(shop, task, "done", "demo-owner").status_code == 200
    assert "顾客不肯自己申请" in [memo["text"] for memo in case.items("memos")], "what the agent wrote goes with it"
    case.until(lambda seen: seen["stage"] == "closed")


def test_the_supervisors_hear_of_a_task_past_due(shop: Shop) -> None:
    """Theirs first, then the owner's."""
    case = shop.open()
    case.pay()
    shop.advance(hours=73)
    assert _task(shop, case, "escalation")["group"] == "supervisor"
    shop.advance(hours=25)
    task = _task(shop, case, "escalation")
    assert task["group"] == "owner"
    assert task["title"].startswith("超时")


@pytest.mark.rule("S2-24")
def test_a_remittance(shop: Shop) -> None:
    """The buyer reports it, finance finds it, the order is paid; bank and account are for the shop's eyes only."""
    case = shop.open(source="remittance")
    given = {"amount": "209.00", "paid_at": shop.now().isoformat(), "details": "工商银行 尾号1234"}
    assert case.act("report_remittance", given, "demo-buyer").status_code == 200
    task = _task(shop, case, "verify_remittance")
    assert task["group"] == "finance"
    assert any(memo["text"] == "工商银行 尾号1234" for memo in case.items("memos"))
    assert "1234" not in str(case.items("timeline"))
    assert _complete(shop, task, "received", "demo-agent", data={"amount": "209.00"}).status_code == 403
    assert _complete(shop, task, "received", "demo-finance").status_code == 422, "how much is to be said"
    assert _complete(shop, task, "received", "demo-finance", data={"amount": "209.00"}).status_code == 200
    assert case.snapshot()["stage"] == "awaiting_shipment"


@pytest.mark.rule("S2-17")
def test_todays_share_of_risky_orders(shop: Shop) -> None:
    """The shop takes so many a day of buyers without credit; beyond it whoever confirms is told to advise otherwise."""
    section = "/v1/merchants/demo/settings/cash-on-delivery"
    risky = {"id": "b-1", "name": "陈小姐", "phone": "13800000000", "address": "广州", "credit": 0, "trades": 0}
    try:
        assert shop.call("PUT", section, {"daily_quota_at_risk": 0}, "demo-owner").status_code == 200
        case = shop.open(source="cash_on_delivery", buyer=risky)
        assert "支付宝" in _task(shop, case, "confirm_cod")["script"]
        assert shop.call("PUT", section, {"daily_quota_at_risk": 1000}, "demo-owner").status_code == 200
        within = _task(shop, shop.open(source="cash_on_delivery", buyer=risky), "confirm_cod")["script"]
        assert within != _task(shop, case, "confirm_cod")["script"]
    finally:
        shop.call("PUT", section, {}, "demo-owner")


def test_knowledge_is_found_at_its_stage(shop: Shop) -> None:
    """What agents answer at this stage, not at another, with the case's own values; buyers do not read it."""
    case = shop.open()
    before = {piece["name"]: piece for piece in case.items("knowledge")}
    case.pay()
    case.ship()
    after = {piece["name"]: piece for piece in case.items("knowledge")}
    assert ("S4-02" in _cited(before), "S4-02" in _cited(after)) == (True, False)
    assert ("S4-16" in _cited(before), "S4-16" in _cited(after)) == (False, True)
    assert any(case.tracking_no in piece["script"] for piece in after.values())
    assert shop.call("GET", f"{case.path}/knowledge", token="demo-buyer").status_code == 403


def _cited(pieces: dict[str, Any]) -> set[str]:
    return {rule for piece in pieces.values() for rule in piece["rules"]}


def test_the_catalogue_can_be_read(shop: Shop) -> None:
    """Every task with its words in both languages, its group and what its outcomes lead to."""
    work = shop.get("/v1/policies/taobao-2012/work")
    call = work["tasks"]["payment_reminder"]
    assert (call["group"], call["script"]["zh"] != call["script"]["en"]) == ("presale", True)
    assert "work" not in shop.get("/v1/policies/taobao-2012")
    assert shop.call("GET", "/v1/policies/nobodys/work").status_code == 404


def test_goods_sent_again_take_stock(shop: Shop) -> None:
    """Where the shop reserves stock, none there means that nothing can be sent again; the reason is said."""
    case = shop.open(lines=[line("1", "199.00", sku=f"S-{shop.prefix}")])
    case.pay()
    case.ship()
    section = "/v1/merchants/demo/settings/exchange-stock"
    try:
        assert shop.call("PUT", section, {"reserve": True, "require_stock": True}, "demo-owner").status_code == 200
        shop.event("parcel.exception", f"parcel/zto/{case.tracking_no}", "demo-carrier", kind="lost")
        case.until(lambda _: shop.get(f"/v1/work-items?case_id={case.case_id}&type=parcel_exception")["items"])
        task = _task(shop, case, "parcel_exception")
        refused = _complete(shop, task, "reship")
        assert [reason["code"] for reason in refused.json()["reasons"]] == ["no_stock"], refused.text
        assert shop.call("PUT", f"/v1/stock/S-{shop.prefix}", {"available": 1}, "demo-warehouse").status_code == 200
        assert _complete(shop, task, "reship").status_code == 200
        assert shop.get(f"/v1/stock/S-{shop.prefix}")["reserved"] == 1
    finally:
        shop.call("PUT", section, {}, "demo-owner")


@pytest.mark.rule("S2-74", "S4-48")
def test_scripts_name_where_goods_go_back_to(shop: Shop) -> None:
    """As the shop has it at that very time; until it has set an address, the words ask for one."""
    section = "/v1/merchants/demo/settings/addresses"
    case = shop.open()
    case.pay()
    case.ship()
    shop.event("parcel.signed", f"parcel/zto/{case.tracking_no}", "demo-carrier")
    case.until(lambda snapshot: snapshot["stage"] == "delivered")
    warehouse = {"phone": "020-66668888", "name": "退货组", "address": "广州市白云区百合路 1 号"}
    repairs = {"address": "东莞市维修中心"}
    try:
        unset = _scripts(shop, case)
        assert "还没有设置退货地址" in unset["exchange_without_fault"]
        answer = shop.call("PUT", section, {"return": warehouse, "repair": repairs}, "demo-owner")
        assert (answer.status_code, answer.json()["return"]["name"]) == (200, "退货组"), answer.text
        said = _scripts(shop, case)
        for name in ("exchange_without_fault", "return_without_fault", "return_for_fault"):
            assert "退货地址：广州市白云区百合路 1 号，退货组，020-66668888。" in said[name]
        assert "请顾客寄到：东莞市维修中心" in said["repair_questions"]
        wanted = {"service": "return_refund", "line_ids": ["1"], "reason": "quality"}
        ask = case.act("request_after_sale", wanted, "demo-buyer").json()["result"]["case_id"]
        agreed = shop.call("POST", f"/v1/cases/{ask}/actions/agree", {})
        assert agreed.status_code == 200, agreed.text
        case.until(
            lambda _: any("请把商品寄到：广州市白云区百合路 1 号，退货组" in text for text in _messages(shop, case))
        )
        assert shop.call("PUT", section, {"return": {}}, "demo-owner").status_code == 422
        assert shop.call("PUT", section, {}, "demo-agent").status_code == 403
    finally:
        shop.call("PUT", section, {}, "demo-owner")


def _messages(shop: Shop, case: OrderUnderTest) -> list[str]:
    order_id = case.case_id.rpartition(":")[2]
    return [sent["text"] for sent in shop.get(f"/sandbox/messages?order_id={order_id}", "demo-ops")["items"]]


def _scripts(shop: Shop, case: OrderUnderTest) -> dict[str, str]:
    return {piece["name"]: piece["script"] for piece in shop.get(f"{case.path}/knowledge")["items"]}


def test_words_are_in_one_language_at_a_time(shop: Shop) -> None:
    """Titles, outcomes and what they lead to, in Chinese or in English."""
    case = shop.open(source="cash_on_delivery")
    task = _task(shop, case, "confirm_cod")
    (outcome,) = [one for one in task["outcome_details"] if one["outcome"] == "unreachable"]
    assert (task["title"], outcome["title"]) == ("货到付款核实", "联系不上")
    assert outcome["leads_to"].startswith("一天内再次联系")
    english = shop.call("GET", f"/v1/work-items/{task['item_id']}", accept_language="en").json()
    (outcome,) = [one for one in english["outcome_details"] if one["outcome"] == "unreachable"]
    assert (english["title"], outcome["title"]) == ("Confirm a cash-on-delivery order", "Unreachable")
    assert outcome["leads_to"].startswith("Tried again within a day")


def test_what_paying_at_the_door_costs_is_shown(shop: Shop) -> None:
    """Its fees are part of the total of a free-shipping order, and owed no more once it is paid another way."""
    section = "/v1/merchants/demo/settings/cash-on-delivery"
    try:
        assert shop.call("PUT", section, {"freight": "15.00", "service_fee": "5.00"}, "demo-owner").status_code == 200
        case = shop.open(source="cash_on_delivery", freight="0.00")
        seen = case.snapshot()
        assert [seen[name] for name in ("freight", "cod_fees", "total")] == ["0.00", "20.00", "219.00"]
        task = _task(shop, case, "confirm_cod")
        assert _complete(shop, task, "other_payment").status_code == 200
        seen = case.snapshot()
        assert [seen[name] for name in ("freight", "cod_fees", "total")] == ["0.00", "0.00", "199.00"]
    finally:
        shop.call("PUT", section, {}, "demo-owner")


def test_a_task_says_in_which_form_it_is(shop: Shop) -> None:
    """So that a client need not guess it from the words."""
    case, reminder = _called(shop)
    assert (_task(shop, case, "check_order")["variant"], reminder["variant"]) == ("inquiry", "")
