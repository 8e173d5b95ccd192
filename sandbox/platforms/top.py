"""The gateway of TOP, as far as orders and refunds are asked for: signatures, paging and limits included."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from connectors.calling import Call
from connectors.taobao.calls import signature
from domain.times import CHINA
from sandbox.platforms.gateway import Gateway, cut_page
from sandbox.platforms.platform import Application

_GETS = {
    "taobao.trade.fullinfo.get": ("trade", "tid", "trade_fullinfo_get_response"),
    "taobao.refund.get": ("refund", "refund_id", "refund_get_response"),
}
_LISTS = {
    "taobao.trades.sold.increment.get": ("trade", "tid", "trades", "trades_sold_increment_get_response"),
    "taobao.refunds.receive.get": ("refund", "refund_id", "refunds", "refunds_receive_get_response"),
}


def answer(application: Application, call: Call, now: datetime) -> str:
    """What TOP answers a call."""
    posted = call.form
    if signature(posted, application.credentials.secret) != posted.get("sign"):
        return _error(25, "Invalid Signature")
    if not application.may_call(now):
        return _error(7, "App Call Limited", "accesscontrol.limited-by-app-access-count")
    method = posted.get("method", "")
    if application.refuses(method):
        return _error(11, "Insufficient isv permissions", "isv.permission-api-package-empty")
    if method in _GETS:
        kind, id_, name = _GETS[method]
        about = posted.get(id_, "")
        if application.fails(about):
            return _error(15, "Remote service error", "isp.remote-service-error")
        thing = None if application.refuses(about) else application.things.get((kind, about))
        return json.dumps({name: {kind: thing}}) if thing else _error(15, "Remote service error", "isv.trade-not-exist")
    if method in _LISTS:
        return json.dumps(_page(application, posted, *_LISTS[method]))
    return _error(22, "Invalid Method")


def _page(application: Application, posted: Mapping[str, str], kind: str, id_: str, plural: str, name: str) -> Any:
    since, until = china_time(posted["start_modified"]), china_time(posted["end_modified"])
    changed = application.changed(kind, since, until, lambda thing: china_time(thing["modified"]))
    page, more = cut_page(changed, int(posted["page_no"]), int(posted["page_size"]))
    thin = [{id_: thing[id_], "modified": thing["modified"]} for thing in page]
    return {name: {plural: {kind: thin}, "has_next": more}}


def china_time(text: str) -> datetime:
    """A time as platforms write it."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA)


def _error(code: int, words: str, sub_code: str = "") -> str:
    return json.dumps({"error_response": {"code": code, "msg": words, "sub_code": sub_code}})


GATEWAY = Gateway(
    key=lambda call: call.form.get("app_key", ""),
    answer=answer,
    unknown=lambda: _error(29, "Invalid App Key"),
    kinds={"trade": lambda trade: str(trade["tid"]), "refund": lambda refund: str(refund["refund_id"])},
)
