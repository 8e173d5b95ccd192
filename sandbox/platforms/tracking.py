"""The gateways of Kuaidi100 and Kdniao, as far as parcels are watched and asked about."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from connectors.calling import Call
from connectors.reading import Fields, parse_json
from sandbox.platforms.gateway import Gateway
from sandbox.platforms.platform import Application


def _answer_kuaidi100(application: Application, call: Call, now: datetime) -> str:
    """Takes a subscription; a second one of a parcel is answered so."""
    param = _param(call)
    return _code(application.watch(f"{param.text('company')}/{param.text('number')}"))


def _param(call: Call) -> Fields:
    return Fields(parse_json(call.form.get("param", "{}"), "param"), "param")


def _code(code: str) -> str:
    return json.dumps({"result": code == "200", "returnCode": code, "message": ""})


def _answer_kdniao(application: Application, call: Call, now: datetime) -> str:
    """Takes a subscription."""
    data = Fields(parse_json(call.form.get("RequestData", ""), "RequestData"), "RequestData")
    application.watch(f"{data.text('ShipperCode')}/{data.text('LogisticCode')}")
    return _taken(call, success=True)


def _taken(call: Call, *, success: bool) -> str:
    answer: Mapping[str, Any] = {"EBusinessID": call.form.get("EBusinessID", ""), "Success": success}
    return json.dumps(answer)


KUAIDI100 = Gateway(
    key=lambda call: _param(call).find_text("key") or "",
    answer=_answer_kuaidi100,
    unknown=lambda: _code("600"),
)
KDNIAO = Gateway(
    key=lambda call: call.form.get("EBusinessID", ""),
    answer=_answer_kdniao,
    unknown=lambda: json.dumps({"Success": False, "Reason": "EBusinessID"}),
)
