"""The ways in which one CloudEvent may come over HTTP, each written by the SDK of CloudEvents itself."""

import base64
from typing import Any

import httpx
import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_http, to_binary_event, to_structured_event
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from tests.sandbox_server import OrderUnderTest, Shop

PAID = {"amount": "209.00"}


def payment(case: OrderUnderTest, data: Any = PAID, **changes: Any) -> CloudEvent:
    attributes = {
        "id": f"{case.case_id} 支付",
        "source": "alipay/即时到账",
        "type": "payment.received",
        "subject": case.subject,
        "time": case.shop.now(),
        "datacontenttype": "application/json",
    }
    return CloudEvent({name: value for name, value in (attributes | changes).items() if value is not None}, data)


def send(shop: Shop, message: HTTPMessage, token: str = "demo-payment", **headers: str) -> httpx.Response:
    given = {**message.headers, **headers, "Authorization": f"Bearer {token}"}
    return shop.http.post("/v1/events", content=message.body, headers=given)


@pytest.mark.parametrize("write", [to_binary_event, to_structured_event], ids=["binary", "structured"])
@pytest.mark.parametrize("data", [PAID, b'{"amount": "209.00"}'], ids=["json", "bytes"])
def test_every_mode_of_the_sdk_is_taken(shop: Shop, write: Any, data: Any) -> None:
    """Binary and structured, data as JSON or as bytes (`data_base64`); the id is as it was, whatever is in it."""
    case = shop.open()
    event = payment(case, data)
    message = write(event)
    answer = send(shop, message)
    assert answer.status_code == 202, answer.text
    assert answer.json()["results"] == [{"id": event.get_id(), "status": "accepted", "reason": None}]
    case.until(lambda seen: seen["money"]["paid"] == "209.00")
    assert send(shop, message).json()["results"][0]["status"] == "duplicate"
    again = from_http(message, JSONFormat())
    assert send(shop, to_structured_event(again)).json()["results"][0]["status"] == "duplicate", "whatever the mode"


def test_base64_is_the_same_data(shop: Shop) -> None:
    """`data_base64` holds JSON; beside `data`, or as anything else, the event is rejected and its batch is not."""
    case = shop.open()
    event = {"specversion": "1.0", "source": "t", "type": "payment.received", "subject": case.subject}

    def encoded(raw: bytes) -> str:
        return base64.b64encode(raw).decode()

    batch: list[dict[str, Any]] = [
        event | {"id": f"{shop.prefix}-1", "data_base64": encoded(b'{"amount": "209.00"}')},
        event | {"id": f"{shop.prefix}-2", "data_base64": encoded(b'{"amount": "1.00"}'), "data": {"amount": "1.00"}},
        event | {"id": f"{shop.prefix}-3", "data_base64": "no base64!"},
        event | {"id": f"{shop.prefix}-4", "data_base64": encoded(b"\xff\x00")},
        event | {"id": f"{shop.prefix}-5", "data_base64": encoded(b"[" * 100_000)},
        event | {"id": f"{shop.prefix}-6", "data_base64": encoded(b'{"amount": "1.00", "reference": "a\\u0000b"}')},
        event | {"id": f"{shop.prefix}-7", "data_base64": 7},
    ]
    answer = shop.call("POST", "/v1/events", batch, "demo-payment")
    results = answer.json()["results"]
    assert [one["status"] for one in results] == ["accepted", *["rejected"] * 6]
    assert all("data" in one["reason"] for one in results[1:])


def test_what_binary_mode_lacks_is_named(shop: Shop) -> None:
    """An event without its subject is rejected as in any mode; a body that is no JSON is no event."""
    case = shop.open()
    message = to_binary_event(payment(case, subject=None))
    (result,) = send(shop, message).json()["results"]
    assert (result["status"], "subject" in result["reason"]) == ("rejected", True)
    broken = send(shop, HTTPMessage(message.headers, b"<amount>209.00</amount>"))
    assert (broken.status_code, broken.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize("prefer", ["handling=strict", "respond-async, Handling = strict; x=1", 'handling="strict"'])
def test_strict_handling_refuses_a_rejected_event(shop: Shop, prefer: str) -> None:
    """422 with the reason for a single event that is rejected; whatever is taken, and a batch, answer 202 as ever."""
    case = shop.open()
    good = to_structured_event(payment(case))
    bad = to_binary_event(payment(case, {"amount": "-1.00"}))
    refused = send(shop, bad, Prefer=prefer)
    assert (refused.status_code, refused.json()["code"]) == (422, "event_rejected")
    assert "amount" in refused.json()["detail"]
    assert send(shop, bad).status_code == 202
    taken = send(shop, good, Prefer=prefer)
    assert (taken.status_code, taken.headers["preference-applied"]) == (202, "handling=strict")
    batch = shop.call("POST", "/v1/events", ["no event"], "demo-payment", Prefer=prefer)
    assert batch.status_code == 202
    assert send(shop, bad, Prefer="handling=lenient").status_code == 202
