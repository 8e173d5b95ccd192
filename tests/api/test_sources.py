"""A source signs what it reports, with a secret that its shop's owner set up."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from tests.sandbox_server import Shop

PATH = "/v1/merchants/demo/sources"


def added(shop: Shop, **changes: Any) -> dict[str, Any]:
    body = {"name": f"{shop.prefix}-pay", "roles": ["payment"]} | changes
    answer = shop.call("POST", PATH, body, "demo-owner")
    assert answer.status_code == 201, answer.text
    source: dict[str, Any] = answer.json()
    return source


def send(shop: Shop, source: dict[str, Any], secret: str, event: Any, at: datetime | None = None) -> httpx.Response:
    body, moment = json.dumps(event), at or datetime.now(UTC)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", moment, body),
    }
    return shop.http.post(source["address"], content=body, headers=headers)


def payment(shop: Shop, subject: str) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"{shop.prefix}-{subject}",
        "source": "alipay",
        "type": "payment.received",
        "subject": subject,
        "data": {"amount": "209.00"},
    }


def test_a_signature_stands_for_a_token(shop: Shop) -> None:
    """What is signed is taken in, by the source's roles; the timeline names the source."""
    case, source = shop.open(), added(shop)
    answer = send(shop, source, source["secret"], payment(shop, case.subject))
    assert answer.json()["results"][0]["status"] == "accepted", answer.text
    case.until(lambda seen: seen["money"]["paid"] == "209.00")
    (line,) = [one for one in case.items("timeline") if one["type"] == "payment.received"]
    assert line["actor"] == {"role": "payment", "account": f"source:{source['name']}"}
    scan = payment(shop, "parcel/zto/ZT1") | {"type": "parcel.scanned", "data": {}}
    assert "carrier only" in send(shop, source, source["secret"], scan).json()["results"][0]["reason"]


def test_what_is_not_signed_just_now_by_that_source_is_refused(shop: Shop) -> None:
    """Another secret, an old time, a changed body, an unknown source, another route: 401."""
    source, event = added(shop), payment(shop, "order/taobao/T1")
    other = "whsec_" + base64.b64encode(b"x" * 32).decode()
    good = source["secret"]
    assert send(shop, source, other, event).status_code == 401
    assert send(shop, source, good, event, datetime.now(UTC) - timedelta(minutes=6)).status_code == 401
    assert send(shop, source | {"address": "/v1/events?source=src_none"}, good, event).status_code == 401
    assert send(shop, source | {"address": "/v1/events"}, good, event).status_code == 401
    assert send(shop, source | {"address": "/v1/cases"}, good, event).status_code == 401
    headers = {"webhook-id": "1", "webhook-timestamp": "soon", "webhook-signature": "nonsense"}
    assert shop.http.post(source["address"], content=b"\xff", headers=headers).status_code == 401


def test_secrets_come_once_and_go_over_in_a_day(shop: Shop) -> None:
    """None is shown again; after a rotation both are good for a day; a source that is removed is unknown."""
    source = added(shop)
    path = f"{PATH}/{source['source_id']}"
    listed = shop.call("GET", PATH, token="demo-owner").json()["items"]
    assert source["name"] in [one["name"] for one in listed]
    assert "secret" not in str(listed)
    given = base64.b64encode(b"given by the other side!").decode()
    rotated = shop.call("POST", f"{path}/rotate", {"secret": given}, "demo-owner").json()
    assert (rotated["secret"], rotated["rotated_at"] is not None) == (None, True)
    event = payment(shop, "order/taobao/T1")
    assert send(shop, source, source["secret"], event).status_code == 202
    assert send(shop, source, given, event).status_code == 202
    assert shop.call("DELETE", path, token="demo-owner").status_code == 204
    assert send(shop, source, given, event).status_code == 401
    assert shop.call("DELETE", path, token="demo-owner").status_code == 404


def test_roles_can_be_changed(shop: Shop) -> None:
    """Only such as report anything."""
    source = added(shop)
    path = f"{PATH}/{source['source_id']}"
    changed = shop.call("PUT", path, {"roles": ["carrier", "erp", "erp"]}, "demo-owner").json()
    assert changed["roles"] == ["carrier", "erp"]
    refused = shop.call("PUT", path, {"roles": ["owner"]}, "demo-owner")
    assert (refused.status_code, "owner reports nothing" in refused.json()["detail"]) == (422, True)


@pytest.mark.parametrize("secret", ["short", "whsec_" + "A" * 20, "no base64 at all!" * 3])
def test_a_secret_must_be_one(shop: Shop, secret: str) -> None:
    """Standard Webhooks: 24 to 64 bytes in base64."""
    answer = shop.call("POST", PATH, {"name": "x", "roles": ["erp"], "secret": secret}, "demo-owner")
    assert (answer.status_code, "secret" in answer.json()["detail"]) == (422, True)


def test_sources_are_the_owners(shop: Shop) -> None:
    """Nobody else sees them, a name is taken once, and another shop's are not there."""
    source = added(shop)
    assert shop.call("GET", PATH, token="demo-agent").status_code == 403
    again = shop.call("POST", PATH, {"name": source["name"], "roles": ["erp"]}, "demo-owner")
    assert (again.status_code, again.json()["code"]) == (409, "source_exists")
    assert shop.call("GET", PATH, token="other-owner").status_code == 404
    there = f"/v1/merchants/other/sources/{source['source_id']}"
    assert shop.call("DELETE", there, token="other-owner").status_code == 404
