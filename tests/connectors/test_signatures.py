"""What a platform signs is checked; what somebody changed or kept is refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import md5

import pytest

from connectors.douyin import exchange as douyin
from connectors.jd.exchange import NOT_SIGNED
from connectors.kdniao import push as kdniao
from connectors.kuaidi100 import push as kuaidi100
from connectors.registry import CONNECTORS
from connectors.signing import FORGED, OLD, md5_hex
from connectors.taobao import exchange as taobao
from connectors.translation import Credentials, Delivery, Taken

NOW = datetime(2026, 11, 12, 4, tzinfo=UTC)
SECRET = Credentials(key="1237100", secret="s3cret")


def test_kuaidi100_signs_the_parameter_with_the_salt() -> None:
    """MD5 in capitals, as its own demo does."""
    good = Delivery(form={"param": "{}", "sign": "9D1A4A2A0F1F5C7F1E1A3F4F3B7C1B5E"})
    assert kuaidi100.against(good, SECRET, NOW) == FORGED
    signed = Delivery(form={"param": '{"status":"polling"}', "sign": md5_hex('{"status":"polling"}s3cret').upper()})
    assert kuaidi100.against(signed, SECRET, NOW) is None
    assert kuaidi100.against(Delivery(form={**signed.form, "param": "{}"}), SECRET, NOW) == FORGED


def test_kdniao_signs_the_data_with_the_key() -> None:
    """Base64 of the hexadecimal MD5; escaped once more or not."""
    data = '{"Count":"0"}'
    signature = kdniao.sign(data, "s3cret")
    for told in (signature, signature.replace("=", "%3D")):
        assert kdniao.against(Delivery(form={"RequestData": data, "DataSign": told}), SECRET, NOW) is None
    assert kdniao.against(Delivery(form={"RequestData": data + " ", "DataSign": signature}), SECRET, NOW) == FORGED


@pytest.mark.parametrize("name", CONNECTORS)
def test_no_signature_is_a_wrong_one(name: str) -> None:
    """Nothing is taken in unsigned where a secret is set."""
    assert CONNECTORS[name].against(Delivery(), SECRET, NOW) in (FORGED, NOT_SIGNED)


def test_acknowledgements() -> None:
    """Each platform's own words, and its own way to ask for the message again."""
    kept, failed = Taken(at=NOW, kept=("1",)), Taken(at=NOW, failed=("1",))
    delivery = Delivery(form={"EBusinessID": "1237100"})
    assert json.loads(kuaidi100.acknowledge(delivery, kept).body) == {
        "result": True, "returnCode": "200", "message": "成功",
    }  # fmt: skip
    assert json.loads(kuaidi100.acknowledge(delivery, failed).body)["result"] is False
    assert json.loads(kdniao.acknowledge(delivery, kept).body) == {
        "EBusinessID": "1237100", "UpdateTime": "2026-11-12 12:00:00", "Success": True, "Reason": "",
    }  # fmt: skip
    assert json.loads(kdniao.acknowledge(delivery, failed).body)["Success"] is False


def test_a_parcel_is_subscribed_to_under_the_services_own_code() -> None:
    """With codes for each node, and the secret that pushes are to be signed with."""
    asked = json.loads(kuaidi100.subscription("zto", "ZT1", SECRET, "https://shop.example/in", "0000")["param"])
    assert (asked["company"], asked["number"], asked["parameters"]["resultv2"]) == ("zhongtong", "ZT1", "4")
    form = kdniao.subscription("zto", "ZT1", SECRET)
    assert json.loads(form["RequestData"]) == {"ShipperCode": "ZTO", "LogisticCode": "ZT1"}
    assert form["DataSign"] == kdniao.sign(form["RequestData"], "s3cret")


def top_call(**query: str) -> Delivery:
    """A call of TOP's: everything that it signs, in the order that it signs it in."""
    params = {"app_key": "1", "timestamp": "2026-11-12 12:01:00", "method": "qimen.m", "X-Shop": "9", **query}
    signed = "".join(f"{name}{params[name]}" for name in sorted(params))
    body = '{"a":1}'
    signature = md5(f"s3cret{signed}{body}s3cret".encode()).hexdigest().upper()
    headers = {"top-sign-list": "X-Shop", "x-shop": params.pop("X-Shop")}
    return Delivery(body=body, query={**params, "sign": signature}, headers=headers)


def test_taobao_signs_headers_query_and_body() -> None:
    """As TOP's own utility checks it; what was changed, or is old, is refused."""
    good = top_call()
    assert taobao.against(good, SECRET, NOW) is None
    assert taobao.against(replace(good, body='{"a":2}'), SECRET, NOW) == FORGED
    assert taobao.against(replace(good, headers={**good.headers, "x-shop": "8"}), SECRET, NOW) == FORGED
    assert taobao.against(replace(good, query={**good.query, "method": "other"}), SECRET, NOW) == FORGED
    for late in ("2026-11-12 11:54:59", "2026-11-12 12:05:01", "", "yesterday"):
        assert taobao.against(top_call(timestamp=late), SECRET, NOW) == OLD


def test_taobao_is_told_which_messages_are_kept() -> None:
    """The others come again."""
    taken = Taken(at=NOW, kept=("7000001", "7000002"), failed=("7000003",))
    assert json.loads(taobao.acknowledge(Delivery(), taken).body) == {"s_message_ids": "7000001,7000002"}


def test_douyin_signs_the_body_between_key_and_secret() -> None:
    """In a header; the answer is for the whole delivery."""
    body = '[{"tag":"100","msg_id":"1","data":"{}"}]'
    signature = md5(f"1237100{body}s3cret".encode()).hexdigest()
    good = Delivery(body=body, headers={"event-sign": signature})
    assert douyin.against(good, SECRET, NOW) is None
    assert douyin.against(replace(good, body=body + " "), SECRET, NOW) == FORGED
    assert json.loads(douyin.acknowledge(good, Taken(at=NOW, kept=("1",))).body) == {"code": 0, "msg": "success"}
    assert json.loads(douyin.acknowledge(good, Taken(at=NOW, kept=("1",), failed=("2",))).body)["code"] == 1
