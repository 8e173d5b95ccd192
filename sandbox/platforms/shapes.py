"""Pushes in the platforms' own shapes: thin where they are thin, whole where they are whole, signed as they sign."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from connectors.kdniao import push as kdniao
from connectors.signing import md5_hex
from connectors.taobao import exchange as taobao
from connectors.translation import Credentials, Delivery
from domain.times import CHINA

JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Pushed:
    """A request of the platform."""

    body: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def push_taobao(id_: str, kind: str, content: Mapping[str, Any], credentials: Credentials) -> Pushed:
    """A message of TMC as a client of it hands it on: which trade or refund, and no more."""
    at = datetime.now(UTC).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    names = ("tid", "oid", "refund_id", "status", "modified")
    thin = {name: content[name] for name in names if name in content}
    body = json.dumps({"id": id_, "topic": kind, "pub_time": content.get("modified", at), "content": thin})
    query = {"app_key": credentials.key, "timestamp": at}
    query["sign"] = taobao.sign(Delivery(body=body, query=query), credentials.secret)
    return Pushed(body=body, query=query, headers=JSON)


def push_douyin(id_: str, kind: str, content: Mapping[str, Any], credentials: Credentials) -> Pushed:
    """A push of one tag."""
    body = json.dumps([{"tag": kind, "msg_id": id_, "data": dict(content)}], ensure_ascii=False)
    sign = md5_hex(f"{credentials.key}{body}{credentials.secret}")
    return Pushed(body=body, headers=JSON | {"event-sign": sign})


def push_kuaidi100(id_: str, kind: str, content: Mapping[str, Any], credentials: Credentials) -> Pushed:
    """The whole track of a parcel."""
    param = json.dumps(dict(content), ensure_ascii=False)
    return Pushed(form={"param": param, "sign": md5_hex(param + credentials.secret).upper()}, headers=FORM)


def push_kdniao(id_: str, kind: str, content: Mapping[str, Any], credentials: Credentials) -> Pushed:
    """The whole tracks of several parcels."""
    data = json.dumps(dict(content), ensure_ascii=False)
    form = {
        "RequestData": data,
        "RequestType": kind or "101",
        "EBusinessID": credentials.key,
        "DataSign": kdniao.sign(data, credentials.secret),
    }
    return Pushed(form=form, headers=FORM)


Shape = Callable[[str, str, Mapping[str, Any], Credentials], Pushed]
SHAPES: Mapping[str, Shape] = {
    "taobao": push_taobao,
    "douyin": push_douyin,
    "kuaidi100": push_kuaidi100,
    "kdniao": push_kdniao,
}
"""By connector: JD has none, for no public source shows a push of it."""
