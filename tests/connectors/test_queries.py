"""Tracks that are asked for: signed as the services sign, and read as the push that never came."""

import json
from datetime import datetime
from typing import Any

import pytest

from connectors.calling import Watching
from connectors.kdniao import push as kdniao
from connectors.kuaidi100 import push as kuaidi100
from connectors.registry import CONNECTORS
from connectors.signing import md5_hex
from connectors.translation import Credentials, Message
from domain.times import CHINA
from tests.connectors.examples import translate

NOW = datetime(2026, 11, 13, 12, tzinfo=CHINA)
KEY = Credentials(key="key", secret="secret", account="customer")
NODES = [("2026-11-12 08:00:00", "1", "1"), ("2026-11-13 09:00:00", "3", "3")]


def kuaidi100_answer() -> dict[str, Any]:
    data = [{"ftime": at, "context": "王某", "statusCode": code} for at, code, _ in reversed(NODES)]
    return {"message": "ok", "status": "200", "com": "zhongtong", "nu": "ZT1", "state": "3", "data": data}


def kdniao_answer() -> dict[str, Any]:
    traces = [{"AcceptTime": at, "AcceptStation": "李某", "Action": code} for at, _, code in NODES]
    return {"ShipperCode": "ZTO", "LogisticCode": "ZT1", "Success": True, "StateEx": "3", "Traces": traces}


ANSWERS = {"kuaidi100": kuaidi100_answer, "kdniao": kdniao_answer}


def asked(connector: str, answer: dict[str, Any]) -> list[Message]:
    """The messages of an answer."""
    watching = CONNECTORS[connector].watching
    assert watching
    delivery = watching.as_push(json.dumps(answer), NOW)
    found = CONNECTORS[connector].messages(delivery) if delivery else []
    assert isinstance(found, list), found
    return found


def test_kuaidi100_signs_with_key_and_customer() -> None:
    """And asks for the carrier by their code."""
    call = kuaidi100.query("zto", "ZT1", KEY, "1234")
    assert (call.path, call.form["customer"]) == ("/query.do", "customer")
    assert json.loads(call.form["param"]) == {"com": "zhongtong", "num": "ZT1", "resultv2": "4", "phone": "1234"}
    assert call.form["sign"] == md5_hex(call.form["param"] + "keycustomer").upper()


def test_kdniao_asks_as_it_subscribes() -> None:
    """With another kind of request."""
    call = kdniao.query("zto", "ZT1", KEY)
    assert (call.form["RequestType"], call.form["EBusinessID"]) == ("8001", "key")
    assert call.form["DataSign"] == kdniao.sign(call.form["RequestData"], "secret")


@pytest.mark.parametrize("connector", ANSWERS)
def test_an_answer_tells_what_a_push_would(connector: str) -> None:
    """The same facts, once; what it lacks is not taken back."""
    (message,) = asked(connector, ANSWERS[connector]())
    told = translate(connector, message)
    assert [fact.type for fact in getattr(told, "facts", ())] == ["parcel.picked_up", "parcel.signed"]
    fewer = ANSWERS[connector]()
    name = "data" if connector == "kuaidi100" else "Traces"
    fewer[name] = [one for one in fewer[name] if "2026-11-12" in json.dumps(one)]
    (less,) = asked(connector, fewer)
    after = translate(connector, less, message)
    assert (getattr(after, "facts", None), getattr(after, "withdrawn", None)) == ((), ())


@pytest.mark.parametrize("connector", ANSWERS)
def test_no_track_tells_nothing(connector: str) -> None:
    """It is asked for again later."""
    assert asked(connector, {"result": False, "returnCode": "500", "Success": False, "Traces": []}) == []


@pytest.mark.parametrize(
    ("connector", "body", "limited"),
    [
        ("kuaidi100", '{"result": false, "returnCode": "601"}', "returnCode 601"),
        ("kuaidi100", '{"result": false, "returnCode": "500"}', None),
        ("kuaidi100", '{"com": "zhongtong", "nu": "1", "data": []}', None),
        ("kdniao", '{"Success": false, "Reason": "暂无轨迹"}', None),
    ],
)
def test_who_asks_wrongly_is_told_from_what_has_no_track(connector: str, body: str, limited: str | None) -> None:
    """The one is asked again with all others, the other waits for its turn."""
    watching: Watching | None = CONNECTORS[connector].watching
    assert watching
    refused = watching.query_not_answered(body)
    assert (refused.why if refused else None) == limited
