"""The gateways of Kuaidi100 and Kdniao, as far as parcels are watched and asked about."""

import json
from collections.abc import Iterable
from datetime import datetime

from connectors.calling import Call
from connectors.reading import Fields, parse_json
from sandbox.platforms.gateway import Gateway, Thing
from sandbox.platforms.platform import TRACK, Application

NO_TRACK = {"result": False, "returnCode": "500", "message": "查询无结果，请隔段时间再查"}


def _answer_kuaidi100(application: Application, call: Call, now: datetime) -> str:
    """Takes a subscription; a second one of a parcel is answered so. A query is answered with the track as it is."""
    param = _param(call)
    if call.path.endswith("/query.do"):
        known = application.things.get((TRACK, f"{param.text('com')}/{param.text('num')}"))
        return json.dumps(known or NO_TRACK)
    company, number = param.text("company"), param.text("number")
    if application.refuses(company, number):
        return _code("701")
    if application.fails(company, number):
        return _code("500")
    return _code(application.watch(f"{company}/{number}"))


def _param(call: Call) -> Fields:
    return Fields(parse_json(call.form.get("param", "{}"), "param"), "param")


def _code(code: str) -> str:
    return json.dumps({"result": code == "200", "returnCode": code, "message": ""})


def _answer_kdniao(application: Application, call: Call, now: datetime) -> str:
    """Takes a subscription; a query is answered with the track as it is."""
    data = Fields(parse_json(call.form.get("RequestData", ""), "RequestData"), "RequestData")
    shipper, number = data.text("ShipperCode"), data.text("LogisticCode")
    parcel = f"{shipper}/{number}"
    if call.form.get("RequestType") == "8001":
        return json.dumps(application.things.get((TRACK, parcel)) or {"Success": False, "Traces": []})
    if application.refuses(shipper, number):
        return _taken(call, "没有可用套餐")
    application.watch(parcel)
    return _taken(call)


def _taken(call: Call, refused: str = "") -> str:
    reason = {"Reason": refused} if refused else {}
    return json.dumps({"EBusinessID": call.form.get("EBusinessID", ""), "Success": not refused, **reason})


def _tracks_kuaidi100(content: Thing) -> Iterable[tuple[str, Thing]]:
    if result := content.get("lastResult"):
        yield f"{result['com']}/{result['nu']}", result


def _tracks_kdniao(content: Thing) -> Iterable[tuple[str, Thing]]:
    for entry in content.get("Data", ()):
        yield f"{entry['ShipperCode']}/{entry['LogisticCode']}", entry


KUAIDI100 = Gateway(
    key=lambda call: call.form.get("customer") or _param(call).find_text("key") or "",
    answer=_answer_kuaidi100,
    unknown=lambda: _code("600"),
    tracks=_tracks_kuaidi100,
)
KDNIAO = Gateway(
    key=lambda call: call.form.get("EBusinessID", ""),
    answer=_answer_kdniao,
    unknown=lambda: json.dumps({"Success": False, "Reason": "EBusinessID"}),
    tracks=_tracks_kdniao,
)
