"""The gateway of JOS, as far as orders, refunds and service orders are asked for: signatures, paging and limits."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from connectors.calling import Call
from connectors.jd.calls import signature
from sandbox.platforms.gateway import Gateway, Thing, cut_page
from sandbox.platforms.platform import Application
from sandbox.platforms.top import china_time

ORDER, REFUND, SERVICE, MONEY = "order", "refund", "service", "money"
CHANGED = "updateTime"
"""When a service order changed, as the sandbox keeps it; JD's answers do not show it."""


def answer(application: Application, call: Call, now: datetime) -> str:
    """What JOS answers a call."""
    if signature(call.form, application.credentials.secret) != call.form.get("sign"):
        return _error("12", "无效签名")
    if not application.may_call(now):
        return _error("2", "限制时间内调用失败次数")
    method = call.form.get("method", "")
    if method not in _ANSWERS:
        return _error("15", "不存在的方法名")
    if application.refuses(method):
        return _error("24", "无权调用API")
    param = json.loads(call.form.get("360buy_param_json", "{}"))
    about = str(param.get("orderId") or param.get("serviceId") or "")
    if application.refuses(about):
        return _error("71", "当前的ID不属于此商家")
    if application.fails(about):
        return _error("66", "平台连接后端服务不可用")
    found = _ANSWERS[method](application, param)
    return json.dumps({f"{method.replace('.', '_')}_responce": {"code": "0", **found}})


def _orders(application: Application, param: Mapping[str, Any]) -> Thing:
    since, until = china_time(param["start_date"]), china_time(param["end_date"])
    changed = application.changed(ORDER, since, until, lambda order: china_time(order["modified"]))
    page, _ = cut_page(changed, int(param["page"]), int(param["page_size"]))
    return {
        "searchorderinfo_result": {"apiResult": {"success": True}, "orderInfoList": page, "orderTotal": len(changed)}
    }


def _refunds(application: Application, param: Mapping[str, Any]) -> Thing:
    if "orderId" in param:
        found = _of_order(application, REFUND, param)
    else:
        what = "applyTime" if "applyTimeStart" in param else "checkTime"
        since, until = china_time(param[f"{what}Start"]), china_time(param[f"{what}End"])
        of_kind = [one for (kind, _), one in application.things.items() if kind == REFUND]
        found = [one for one in of_kind if one.get(what) and since <= china_time(one[what]) <= until]
    page, _ = cut_page(found, param["pageIndex"], param["pageSize"])
    return {"queryResult": {"success": True, "totalCount": len(found), "result": page}}


def _changed_services(application: Application, param: Mapping[str, Any]) -> Thing:
    since, until = china_time(param["updateTimeBegin"]), china_time(param["updateTimeEnd"])
    found = application.changed(SERVICE, since, until, lambda service: china_time(service[CHANGED]))
    page, _ = cut_page(found, param["pageNumber"], param["pageSize"])
    return _rows([{"serviceId": one["serviceId"], "orderId": one["orderId"]} for one in page])


def _services(application: Application, param: Mapping[str, Any]) -> Thing:
    found = application.things.get((SERVICE, str(param["serviceId"])))
    return _rows([found] if found else [])


def _money(application: Application, param: Mapping[str, Any]) -> Thing:
    rows = [one for (kind, _), one in application.things.items() if kind == MONEY]
    return _rows([one for one in rows if str(one["sameOrderServiceBill"]["orderId"]) == str(param["orderId"])])


def _of_order(application: Application, of: str, param: Mapping[str, Any]) -> list[Thing]:
    things = [one for (kind, _), one in application.things.items() if kind == of]
    return [one for one in things if str(one["orderId"]) == str(param["orderId"])]


def _rows(rows: list[Thing]) -> Thing:
    return {"pageResult": {"success": True, "totalCount": str(len(rows)), "data": rows}}


_ANSWERS: Mapping[str, Callable[[Application, Mapping[str, Any]], Thing]] = {
    "jingdong.pop.order.enSearch": _orders,
    "jingdong.pop.afs.soa.refundapply.queryPageList": _refunds,
    "jingdong.asc.sync.list": _changed_services,
    "jingdong.asc.query.list": _services,
    "jingdong.asc.serviceAndRefund.view": _money,
}


def _error(code: str, words: str) -> str:
    return json.dumps({"error_response": {"code": code, "zh_desc": words, "en_desc": ""}}, ensure_ascii=False)


GATEWAY = Gateway(
    key=lambda call: call.form.get("app_key", ""),
    answer=answer,
    unknown=lambda: _error("21", "无效app_key"),
    kinds={
        ORDER: lambda order: str(order["orderId"]),
        REFUND: lambda refund: str(refund["id"]),
        SERVICE: lambda service: str(service["serviceId"]),
        MONEY: lambda row: str(row["sameOrderServiceBill"]["serviceId"]),
    },
)
