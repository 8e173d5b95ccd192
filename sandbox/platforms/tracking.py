"""The gateways of Kuaidi100 and Kdniao, as far as parcels are watched and asked about."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

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
    return _code(application.watch(f"{param.text('company')}/{param.text('number')}"))


def _param(call: Call) -> Fields:
    return Fields(parse_json(call.form.get("param", "{}"), "param"), "param")


def _code(code: str) -> str:
    return json.dumps({"result": code == "200", "returnCode": code, "message": ""})


def _answer_kdniao(application: Application, call: Call, now: datetime) -> str:
    """Takes a subscription; a query is answered with the track as it is."""
    data = Fields(parse_json(call.form.get("RequestData", ""), "RequestData"), "RequestData")
    parcel = f"{data.text('ShipperCode')}/{data.text('LogisticCode')}"
    if call.form.get("RequestType") == "8001":
        return json.dumps(application.things.get((TRACK, parcel)) or {"Success": False, "Traces": []})
    application.watch(parcel)
    return _taken(call, success=True)


def _taken(call: Call, *, success: bool) -> str:
    answer: Mapping[str, Any] = {"EBusinessID": call.form.get("EBusinessID", ""), "Success": success}
    return json.dumps(answer)


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
