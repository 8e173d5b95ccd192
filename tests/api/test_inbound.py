"""Platforms' own messages over HTTP: signed by them, kept, taken in whole or not at all, answered as they want it."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from connectors.kdniao import push as kdniao
from connectors.signing import md5_hex
from connectors.taobao import exchange as taobao
from connectors.translation import Delivery
from domain.times import CHINA
from tests.patience import PATIENCE
from tests.sandbox_server import Shop

SOURCES = "/v1/merchants/demo/sources"
CONNECTORS = "/v1/merchants/demo/connectors"
SECRET = "app-secret"


def added(shop: Shop, connector: str, **changes: Any) -> dict[str, Any]:
    body = {"name": f"{shop.prefix}-{connector}", "connection": {"key": "app"}, "secret": SECRET} | changes
    answer = shop.call("POST", f"{CONNECTORS}/{connector}/sources", body, "demo-owner")
    assert answer.status_code == 201, answer.text
    source: dict[str, Any] = answer.json()
    return source


def china(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def trade(shop: Shop, tid: str, status: str = "WAIT_SELLER_SEND_GOODS", after: int = 0, **more: Any) -> dict[str, Any]:
    placed = shop.now()
    content = {
        "tid": tid, "type": "fixed", "created": china(placed), "modified": china(placed + timedelta(seconds=after)),
        "status": status, "payment": "209.00", "post_fee": "10.00", "pay_time": china(placed), "buyer_nick": "~x~",
        "receiver_name": "张**", "orders": {"order": [
            {"oid": f"{tid}1", "num": 1, "title": "连衣裙", "sku_id": "S", "payment": "209.00", "seller_type": "C"},
        ]}, **more,
    }  # fmt: skip
    return {"trade_fullinfo_get_response": {"trade": content}}


def refund(shop: Shop, tid: str) -> dict[str, Any]:
    at = china(shop.now())
    content = {
        "refund_id": f"9{tid}", "tid": tid, "oid": f"{tid}1", "status": "WAIT_SELLER_AGREE", "created": at,
        "modified": at, "reason": "不想要了", "refund_fee": "209.00", "has_good_return": False,
    }  # fmt: skip
    return {"refund_get_response": {"refund": content}}


def send(shop: Shop, source: dict[str, Any], content: Any, secret: str = SECRET, at: datetime | None = None) -> Any:
    """As TOP posts: the signature over query and body in the query."""
    body = content if isinstance(content, str) else json.dumps(content)
    query = {"app_key": "app", "timestamp": china(at or datetime.now(UTC))}
    query["sign"] = taobao.sign(Delivery(body=body, query=query), secret)
    headers = {"content-type": "application/json"}
    return shop.http.post(source["address"], content=body.encode(), params=query, headers=headers)


def listed(shop: Shop, source: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shop.get(f"{SOURCES}/{source['source_id']}/messages", "demo-owner")["items"]
    return found


def number() -> str:
    return str(datetime.now(UTC).timestamp()).replace(".", "")


def order_of(shop: Shop, tid: str) -> httpx.Response:
    return shop.call("GET", f"/v1/cases/order:demo:taobao:{tid}")


def until(probe: Callable[[], Any]) -> None:
    """Waits until the probe holds."""
    end = time.monotonic() + PATIENCE
    while not probe():
        assert time.monotonic() < end, "never came true"
        time.sleep(0.05)


def paid(shop: Shop, tid: str) -> dict[str, Any]:
    """The order, once it has heard of its payment."""
    until(lambda: order_of(shop, tid).json()["money"]["paid"] != "0.00")
    return dict(order_of(shop, tid).json())


def test_a_trade_opens_an_order_and_pays_it(shop: Shop) -> None:
    """As the platform signs it; told twice it is one; the answer is the platform's own."""
    source, tid = added(shop, "taobao"), number()
    content = trade(shop, tid)
    answer = send(shop, source, content)
    assert (answer.status_code, answer.json()) == (200, {"s_message_ids": f"trade/{tid}"})
    order = paid(shop, tid)
    assert (order["platform"], order["money"]["paid"]) == ("taobao", "209.00")
    assert send(shop, source, content).status_code == 200
    (message,) = listed(shop, source)
    assert (message["status"], message["told"]["facts"], message["attempts"]) == ("taken", 1, 1)
    assert "张" not in json.dumps(message, ensure_ascii=False)


def test_only_the_platform_is_let_in(shop: Shop) -> None:
    """Another secret, an old time, another connector, an unknown source, another shop's token."""
    source, tid = added(shop, "taobao"), number()
    content = trade(shop, tid)
    assert send(shop, source, content, "another").status_code == 401
    assert send(shop, source, content, at=datetime.now(UTC) - timedelta(minutes=6)).status_code == 401
    assert send(shop, source | {"address": source["address"].replace("taobao", "jd")}, content).status_code == 404
    assert send(shop, source | {"address": "/v1/inbound/taobao/src_none"}, content).status_code == 404
    assert shop.call("POST", source["address"], content, "demo-carrier").status_code == 403
    assert order_of(shop, tid).status_code == 404
    assert shop.call("POST", source["address"], content).status_code == 200
    assert order_of(shop, tid).status_code == 200


def test_what_nobody_can_read_is_kept_and_acknowledged(shop: Shop) -> None:
    """A status that is not known, and a body that is none; nothing of either is taken in."""
    source, tid = added(shop, "taobao"), number()
    answer = send(shop, source, trade(shop, tid, "TRADE_ON_THE_MOON"))
    assert (answer.status_code, answer.json()) == (200, {"s_message_ids": f"trade/{tid}"})
    assert send(shop, source, "{").status_code == 200
    unread, unknown = listed(shop, source)
    assert (unknown["status"], unknown["reason"]) == (
        "unreadable",
        "status TRADE_ON_THE_MOON of a trade is not known",
    )
    assert (unread["status"], unread["reason"], unread["kind"]) == ("unreadable", "the body is no JSON", "")
    assert order_of(shop, tid).status_code == 404


def message_cases(shop: Shop, source: dict[str, Any]) -> list[dict[str, Any]]:
    found = shop.get("/v1/cases?kind=platform_message&limit=200")["items"]
    return [one for one in found if one["source"] == source["name"]]


def test_what_cannot_be_read_is_one_task_a_reason(shop: Shop) -> None:
    """Two with the same reason are one; tried again they are told anew; set aside, nothing is left of them."""
    source, tid = added(shop, "kdniao"), number()
    for no in ("1", "2"):
        push = json.dumps({"PushTime": china(shop.now()), "Data": [{"ShipperCode": "中", "LogisticCode": tid + no}]})
        form = {"RequestData": push, "RequestType": "102", "DataSign": kdniao.sign(push, SECRET)}
        assert shop.http.post(source["address"], data=form).json()["Success"] is True
    (case,) = message_cases(shop, source)
    assert (case["stage"], case["order_id"], case["waits_for"][0]["party"]) == ("unreadable", "", "seller")
    path = f"/v1/cases/{case['case_id']}"
    tasks = shop.get("/v1/work-items?type=unreadable_message&limit=200", "demo-owner")["items"]
    (task,) = [one for one in tasks if one["case_id"] == case["case_id"]]
    assert case["reason"] in task["script"]
    done = {"outcome": "tried_again"}
    answer = shop.call("POST", f"/v1/work-items/{task['item_id']}/complete", done, "demo-owner")
    assert answer.status_code == 200, answer.text
    until(lambda: [(one["attempts"], one["status"]) for one in listed(shop, source)] == [(2, "unreadable")] * 2)
    until(lambda: shop.get(path)["stage"] == "unreadable")
    assert shop.call("POST", f"{path}/actions/set_aside", {}, "demo-owner").status_code == 200
    until(lambda: [one["status"] for one in listed(shop, source)] == ["set_aside"] * 2)
    assert shop.get(path)["outcome"] == "set_aside"


def test_a_message_is_taken_in_once_its_settings_are_mended(shop: Shop) -> None:
    """A carrier's number that nobody had told us; then the case ends, and the order is there."""
    source, order_id = added(shop, "jd"), number()
    info = {
        "orderId": order_id, "orderState": "WAIT_GOODS_RECEIVE_CONFIRM", "payType": "4", "orderPayment": "209.00",
        "orderStartTime": china(shop.now()), "modified": china(shop.now()), "paymentConfirmTime": china(shop.now()),
        "freightPrice": "0.00", "pin": "jd_abc", "waybill": "ZT1", "logisticsId": "1499",
        "itemInfoList": [{"skuId": "1", "skuName": "货", "jdPrice": "209.00", "itemTotal": "1"}],
    }  # fmt: skip
    content = {"jingdong_pop_order_get_responce": {"orderDetailInfo": {"orderInfo": info}}}
    assert shop.call("POST", source["address"], content).json() == {"success": True}
    (case,) = message_cases(shop, source)
    connection = f"{SOURCES}/{source['source_id']}/connection"
    assert shop.call("PUT", connection, {"carriers": {"1499": "zto"}}, "demo-owner").status_code == 200
    assert shop.call("POST", f"/v1/cases/{case['case_id']}/actions/try_again", {}).status_code == 200
    until(lambda: not shop.get(f"/v1/cases/{case['case_id']}")["open"])
    assert shop.get(f"/v1/cases/{case['case_id']}")["outcome"] == "taken_in"
    order = f"/v1/cases/order:demo:jd:{order_id}"
    until(lambda: shop.get(order)["parcels"])


def test_a_fact_that_cannot_be_so_keeps_its_whole_message(shop: Shop) -> None:
    """A line that the order does not have: neither that parcel nor the other is told."""
    source, tid = added(shop, "taobao"), number()
    send(shop, source, trade(shop, tid))
    paid(shop, tid)
    shipped = trade(shop, tid, "WAIT_BUYER_CONFIRM_GOODS", 60, consign_time=china(shop.now()))
    lines = shipped["trade_fullinfo_get_response"]["trade"]["orders"]["order"]
    lines[0] |= {"invoice_no": f"ZT{tid}", "logistics_company": "中通快递"}
    lines.append(lines[0] | {"oid": f"{tid}2", "invoice_no": f"YT{tid}", "logistics_company": "圆通速递"})
    assert send(shop, source, shipped).status_code == 200
    message = listed(shop, source)[0]
    assert message["status"] == "unreadable"
    assert "unknown_line" in message["reason"]
    assert order_of(shop, tid).json()["parcels"] == []


def test_a_refund_waits_for_its_order(shop: Shop) -> None:
    """What comes too early is taken in once the order is open; then the request is there, once."""
    source, tid = added(shop, "taobao"), number()
    send(shop, source, refund(shop, tid))
    (early,) = listed(shop, source)
    assert (early["status"], early["reason"]) == ("waiting", f"order {tid} of taobao is not open yet")
    send(shop, source, trade(shop, tid))
    until(lambda: order_of(shop, tid).json()["children"])
    assert [child["kind"] for child in order_of(shop, tid).json()["children"]] == ["after_sale"]
    until(lambda: listed(shop, source)[-1]["status"] != "waiting")
    message = listed(shop, source)[-1]
    assert (message["status"], message["told"]) == ("taken", {"steps": 1})


def test_a_track_reaches_the_parcel(shop: Shop) -> None:
    """A form with a signature over it; whatever parcel it is about, its order hears it."""
    case, source = shop.open(), added(shop, "kuaidi100")
    case.pay()
    case.consign()
    node = {"ftime": china(shop.now() + timedelta(seconds=1)), "context": "已揽收", "statusCode": "1"}
    result = {"com": "zhongtong", "nu": case.tracking_no, "state": "1", "ischeck": "0", "data": [node]}
    param = json.dumps({"status": "polling", "lastResult": result})
    form = {"param": param, "sign": md5_hex(param + SECRET).upper()}
    answer = shop.http.post(source["address"], data=form)
    assert answer.json() == {"result": True, "returnCode": "200", "message": "成功"}
    case.until(lambda seen: seen["stage"] == "in_transit")
    assert shop.http.post(source["address"], data=form | {"sign": "0"}).status_code == 401


def test_a_source_of_a_platform_signs_no_events(shop: Shop) -> None:
    """Its secret is the platform's; and its connection can be changed."""
    source = added(shop, "taobao")
    path = f"{SOURCES}/{source['source_id']}"
    changed = shop.call("PUT", f"{path}/connection", {"key": "app", "categories": {"50": "apparel"}}, "demo-owner")
    assert changed.json()["connection"]["categories"] == {"50": "apparel"}
    assert changed.json()["connection"]["platform"] == "taobao"
    nowhere = shop.call("POST", f"{CONNECTORS}/amazon/sources", {"name": "a", "connection": {}}, "demo-owner")
    assert nowhere.status_code == 404
    headers = {"webhook-id": "1", "webhook-timestamp": "1", "webhook-signature": "v1,x"}
    at = f"/v1/events?source={source['source_id']}"
    assert shop.http.post(at, content=b"{}", headers=headers).status_code == 401
