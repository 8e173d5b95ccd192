"""What a platform signs is checked; what somebody changed or kept is refused."""

import json
from datetime import UTC, datetime

import pytest

from connectors.kdniao import push as kdniao
from connectors.kuaidi100 import push as kuaidi100
from connectors.registry import CONNECTORS
from connectors.signing import FORGED, md5_hex
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


@pytest.mark.parametrize("name", ["kuaidi100", "kdniao"])
def test_no_signature_is_a_wrong_one(name: str) -> None:
    """Nothing is taken in unsigned where a secret is set."""
    assert CONNECTORS[name].against(Delivery(), SECRET, NOW) == FORGED


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
