"""The gateway of Douyin Shop, as far as orders and requests are asked for: signatures, paging and limits included."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from connectors.calling import Call
from connectors.douyin.calls import signature
from sandbox.platforms.gateway import Gateway, Thing, cut_page
from sandbox.platforms.platform import Application

ORDER, REQUEST = "order", "aftersale"
_DETAILS = {
    "order.orderDetail": (ORDER, "shop_order_id", "shop_order_detail", "isv.parameter-invalid:20014"),
    "afterSale.Detail": (REQUEST, "after_sale_id", "", "isv.parameter-invalid:11000"),
}
"""What details are asked for of: its kind and id, what the answer has it within, and what one that is not there is."""


def answer(application: Application, call: Call, now: datetime) -> str:
    """What Douyin answers a call."""
    if signature(call.query, call.body, application.credentials.secret) != call.query.get("sign"):
        return _error(40003, "isv.signature-invalid")
    if not application.may_call(now):
        return _error(60000, "isv.traffic-limited")
    param, method = json.loads(call.body), call.query.get("method") or ""
    if application.refuses(method):
        return _error(30001, "isv.app-permissions-insufficient")
    if method in _DETAILS:
        kind, id_, within, unknown = _DETAILS[method]
        about = str(param[id_])
        if application.fails(about):
            return _error(50002, "isv.business-failed:20004")
        thing = None if application.refuses(about) else application.things.get((kind, about))
        return _fine({within: thing} if within else thing) if thing else _error(40004, unknown)
    if method == "order.searchList":
        return _fine(_orders(application, param))
    if method == "afterSale.List":
        return _fine(_requests(application, param))
    return _error(70000, "isp.api-service-off")


def _orders(application: Application, param: Mapping[str, Any]) -> Thing:
    since, until = param["update_time_start"], param["update_time_end"]
    changed = application.changed(ORDER, _moment(since), _moment(until), lambda order: _moment(order["update_time"]))
    page, _ = cut_page(changed, param["page"] + 1, param["size"])
    return {"shop_order_list": page, "total": len(changed), "page": param["page"], "size": len(page)}


def _requests(application: Application, param: Mapping[str, Any]) -> Thing:
    since, until = param.get("update_start_time", 0), param.get("update_end_time", 2**33)
    changed = [
        request
        for request in application.changed(
            REQUEST, _moment(since), _moment(until), lambda request: _moment(_info(request)["update_time"])
        )
        if param.get("order_id") in (None, _order_of(request))
    ]
    page, more = cut_page(changed, param["page"] + 1, param["size"])
    items = [
        {
            "aftersale_info": {
                "aftersale_id": str(_info(request)["after_sale_id"]),
                "aftersale_status": _info(request)["after_sale_status"],
                "update_time": _info(request)["update_time"],
            },
            "order_info": {"shop_order_id": _order_of(request)},
        }
        for request in page
    ]
    return {"items": items, "has_more": more, "total": len(changed), "page": param["page"], "size": len(page)}


def pushed(kind: str, thing: Thing) -> Thing:
    """What a push says of an order or a request: which, and little more."""
    if kind == ORDER:
        lines = [line["order_id"] for line in thing["sku_order_list"]]
        return {"p_id": thing["order_id"], "s_ids": lines, "order_status": thing["order_status"]}
    info = _info(thing)
    return {
        "aftersale_id": info["after_sale_id"],
        "p_id": _order_of(thing),
        "aftersale_status": info["after_sale_status"],
        "refund_amount": info["refund_total_amount"],
    }


def _info(request: Thing) -> Thing:
    info: Thing = request["process_info"]["after_sale_info"]
    return info


def _order_of(request: Thing) -> str:
    return str(request["order_info"]["shop_order_id"])


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _fine(data: Thing) -> str:
    return json.dumps({"code": 10000, "msg": "success", "sub_code": "", "data": data})


def _error(code: int, sub_code: str) -> str:
    return json.dumps({"code": code, "msg": "error", "sub_code": sub_code, "sub_msg": ""})


GATEWAY = Gateway(
    key=lambda call: call.query.get("app_key", ""),
    answer=answer,
    unknown=lambda: _error(40003, "isv.app-id-invalid"),
    kinds={
        ORDER: lambda order: str(order["order_id"]),
        REQUEST: lambda request: str(_info(request)["after_sale_id"]),
    },
    pushed=pushed,
)
