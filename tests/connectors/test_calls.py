"""Calls of platforms: what is asked, how it is signed, what an answer says."""

import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.calling import Calls
from connectors.douyin import calls as douyin
from connectors.jd import calls as jd
from connectors.reading import CannotRead
from connectors.taobao import calls as taobao
from connectors.translation import Credentials, Enquiry

NOON = datetime(2026, 11, 12, 4, tzinfo=UTC)
LATER = datetime(2026, 11, 12, 5, tzinfo=UTC)
KNOWN = Credentials("app", "secret", session="token", account="10001")
ALL = [taobao.CALLS, douyin.CALLS, jd.CALLS]


def test_jd_signs_as_its_guide_shows() -> None:
    """The example of the platform's own guide for developers."""
    posted = {
        "360buy_param_json": '{"end_date":null,"optional_fields":null,"order_state":"WAIT_SELLER_STOCK_OUT",'
        '"page":"1","page_size":"200","start_date":null}',
        "access_token": "yourtoken",
        "app_key": "yourappkey",
        "method": "jingdong.pop.order.search",
        "timestamp": "2021-05-07 09:20:39.683+0800",
        "v": "2.0",
    }
    assert jd.signature(posted, "yourappSecret") == "D70825340F4084360B9362B60DFD7930"


def test_douyin_signs_names_json_and_time() -> None:
    """The JSON in the order of its names, the secret at both ends and as the key."""
    question = douyin.list_changed(douyin.ORDERS, NOON, LATER, 1)
    call = douyin.sign(question, KNOWN, NOON)
    assert call.path == "/order/searchList"
    assert list(json.loads(call.body)) == sorted(json.loads(call.body))
    text = f"secretapp_keyappmethodorder.searchListparam_json{call.body}timestamp1794456000v2secret"
    assert call.query["sign"] == hmac.new(b"secret", text.encode(), "sha256").hexdigest()
    assert call.query["access_token"] == "token"


def test_jd_is_told_who_asks_for_service_orders() -> None:
    """The shop by its number there; for nothing else."""
    asked = jd.sign(jd.list_changed(jd.SERVICES, NOON, LATER, 1), KNOWN, NOON)
    assert json.loads(asked.form["360buy_param_json"])["buId"] == "10001"
    orders = jd.sign(jd.list_changed(jd.ORDERS, NOON, LATER, 1), KNOWN, NOON)
    assert "buId" not in orders.form["360buy_param_json"]


@pytest.mark.parametrize("calls", ALL, ids=["taobao", "douyin", "jd"])
def test_what_cannot_be_asked_for_is_no_question(calls: Calls) -> None:
    """What only a later connector knows."""
    assert calls.ask(Enquiry(call="nothing", about="1")) is None


@pytest.mark.parametrize(
    ("calls", "enquiry", "name"),
    [
        (taobao.CALLS, Enquiry(call="taobao.refund.get", about="88"), "refund_id"),
        (douyin.CALLS, Enquiry(call="order.orderDetail", about="88"), "shop_order_id"),
        (douyin.CALLS, Enquiry(call="afterSale.Detail", about="88"), "after_sale_id"),
        (douyin.CALLS, Enquiry(call="afterSale.List", about="88"), "order_id"),
        (jd.CALLS, Enquiry(call="jingdong.pop.afs.soa.refundapply.queryPageList", about="88"), "orderId"),
        (jd.CALLS, Enquiry(call="jingdong.asc.serviceAndRefund.view", about="88"), "orderId"),
        (jd.CALLS, Enquiry(call="jingdong.asc.query.list", about="88"), "serviceId"),
    ],
)
def test_each_thing_is_asked_for_by_its_name(calls: Calls, enquiry: Enquiry, name: str) -> None:
    """Under the parameter that the platform has for it."""
    question = calls.ask(enquiry)
    assert question
    assert (question.method, question.parameters[name]) == (enquiry.call, "88")


JD_PAGE: Any = {"jingdong_pop_order_enSearch_responce": {"searchorderinfo_result": {"orderInfoList": []}}}
PAGES: list[tuple[Calls, str, Any]] = [
    (taobao.CALLS, "trades", {"trades_sold_increment_get_response": {"has_next": False}}),
    (taobao.CALLS, "refunds", {"refunds_receive_get_response": {"refunds": {"refund": []}}}),
    (douyin.CALLS, "orders", {"code": 10000, "data": {"shop_order_list": []}}),
    (douyin.CALLS, "requests", {"code": 10000, "data": {"items": [], "has_more": False}}),
    (jd.CALLS, "orders", JD_PAGE),
    (jd.CALLS, "refunds", {"x_responce": {"queryResult": {"result": []}}}),
    (jd.CALLS, "refunds_answered", {"x_response": {"queryResult": {"result": None}}}),
    (jd.CALLS, "service_orders", {"x_responce": {"pageResult": {"data": []}}}),
]


@pytest.mark.parametrize(("calls", "name", "page"), PAGES, ids=[name for _, name, _ in PAGES])
def test_an_empty_page_is_the_last(calls: Calls, name: str, page: Any) -> None:
    """Nothing changed, and no mark moves by it."""
    assert calls.not_answered(json.dumps(page)) is None
    listed = calls.read(name, json.dumps(page))
    assert (listed.changed, listed.more, listed.latest) == ((), False, None)


def test_pages_say_what_changed_and_when() -> None:
    """By the platform's own clock; orders and refunds of JD are whole in them."""
    orders = {"data": {"shop_order_list": [{"order_id": "1", "update_time": 1794456000}] * 100}}
    listed = douyin.read("orders", json.dumps(orders))
    assert (listed.changed[0].about, listed.more, listed.latest) == ("1", True, NOON)
    info = {"aftersale_id": "9", "update_time": 1794456000}
    requests = {"data": {"items": [{"aftersale_info": info}], "has_more": True}}
    assert douyin.read("requests", json.dumps(requests)).changed == (Enquiry(call="afterSale.Detail", about="9"),)
    refunds = [{"id": 1, "applyTime": "2026-11-12 12:00:00", "checkTime": None}]
    page = json.dumps({"x_responce": {"queryResult": {"result": refunds}}})
    assert jd.read("refunds", page).latest == NOON
    assert jd.read("refunds_answered", page).latest is None
    services = {"x_responce": {"pageResult": {"data": [{"serviceId": 7}]}}}
    assert jd.read("service_orders", json.dumps(services)).changed[0].about == "7"
    with pytest.raises(CannotRead, match="no answer of JOS"):
        jd.read("orders", "{}")


@pytest.mark.parametrize(
    ("calls", "one_too_many", "wrong"),
    [
        (taobao.CALLS, {"error_response": {"code": 7}}, {"error_response": {"code": 25}}),
        (douyin.CALLS, {"code": 60000, "sub_code": "isv.traffic-limited"}, {"code": 40003}),
        (jd.CALLS, {"error_response": {"code": "2"}}, {"error_response": {"code": "12"}}),
    ],
    ids=["taobao", "douyin", "jd"],
)
def test_one_call_too_many_is_told_from_a_wrong_one(calls: Calls, one_too_many: Any, wrong: Any) -> None:
    """Both are none; and so is what is no JSON."""
    limited, refused = calls.not_answered(json.dumps(one_too_many)), calls.not_answered(json.dumps(wrong))
    assert limited
    assert limited.limited
    assert refused
    assert not refused.limited
    unreadable = calls.not_answered("<html>")
    assert unreadable
    assert not unreadable.limited
