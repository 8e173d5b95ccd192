"""What nobody should send: the API says what is wrong with it, and nothing else is harmed."""

import json
import re
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api import health, inbound
from api.app import ROUTERS
from api.problems import install
from api.routing import Route
from domain.order.opening import OpenOrder
from tests.sandbox_server import Shop, line

HOSTILE = ["a\x00b", "\ud800", "x\udfffy"]
OPEN = "/v1/cases"


def _send(shop: Shop, method: str, path: str, body: Any, token: str = "demo-agent") -> httpx.Response:
    """As Python's own json writes it: half characters as escapes, which httpx refuses to send."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return shop.http.request(method, path, content=content, headers=headers)


def _problem(answer: httpx.Response, status: int) -> str:
    """What the problem says."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    detail: str = problem["detail"]
    return detail


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_cannot_be_kept_is_invalid(shop: Shop, text: str) -> None:
    """In an opening, a step, a task's note, a setting and a permission alike; each names its field."""
    case = shop.open()
    sent = {
        "lines.0.title": ("POST", OPEN, shop.order(lines=[line(title=text)]), "demo-agent"),
        "buyer.name": ("POST", OPEN, shop.order(buyer={"id": "b", "name": text}), "demo-agent"),
        "text": ("POST", f"{case.path}/actions/add_memo", {"text": text}, "demo-agent"),
        "memo": ("PUT", "/v1/merchants/demo/settings/ship-hold", {"memo": text}, "demo-owner"),
        "permissions.0": (
            "PUT", "/v1/merchants/demo/accounts/demo-agent/permissions", {"permissions": [text]}, "demo-owner",
        ),
    }  # fmt: skip
    for field, (method, path, body, token) in sent.items():
        assert field in _problem(_send(shop, method, path, body, token), 422)


def test_a_name_that_cannot_be_kept_is_invalid(shop: Shop) -> None:
    """Its name is answered in letters that can be."""
    assert "\\ud800" in _problem(_send(shop, "POST", OPEN, shop.order() | {"\ud800": 1}), 422)


@pytest.mark.parametrize("number", [2**63, -(2**70), 10**400])
def test_numbers_beyond_the_column_are_invalid(shop: Shop, number: int) -> None:
    """On both databases: what a column holds is said here."""
    body = shop.order(buyer={"id": "b", "credit": number})
    assert "buyer.credit" in _problem(_send(shop, "POST", OPEN, body), 422)
    body = shop.order(lines=[line(quantity=number)])
    assert "lines.0.quantity" in _problem(_send(shop, "POST", OPEN, body), 422)


@pytest.mark.parametrize("column", ["credit", "trades"])
def test_a_column_of_32_bits_is_one(shop: Shop, column: str) -> None:
    """PostgreSQL keeps a buyer's figures in such."""
    body = shop.order(buyer={"id": "b", column: 2**31})
    assert f"buyer.{column}" in _problem(_send(shop, "POST", OPEN, body), 422)


@pytest.mark.parametrize("levels", [100, 900, 100_000])
@pytest.mark.parametrize(("open_", "close"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_json_without_end_is_no_body(shop: Shop, levels: int, open_: bytes, close: bytes) -> None:
    """Neither where FastAPI reads it nor where it is read by hand."""
    body = open_ * levels + b"1" + close * levels
    memo = f"{shop.open().path}/actions/add_memo"
    for path, token in ((OPEN, "demo-agent"), (memo, "demo-agent"), ("/v1/events", "demo-payment")):
        assert "levels" in _problem(_send(shop, "POST", path, body, token), 400)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b"{'a': 1}",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b"\xef\xbb\xbf\xef\xbb\xbf{}",
        b"1" * 5000,
        b"",
    ],
)
def test_what_is_no_json_is_invalid(shop: Shop, body: bytes) -> None:
    """Said as a problem, whoever reads the body."""
    for path, token in ((OPEN, "demo-agent"), ("/v1/events", "demo-payment")):
        _problem(_send(shop, "POST", path, body, token), 422)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32-be"])
def test_json_in_another_encoding_is_read(shop: Shop, encoding: str) -> None:
    """RFC 8259 asks for UTF-8; what says by itself what it is does no harm."""
    body = json.dumps(shop.order(), ensure_ascii=False).encode(encoding)
    assert _send(shop, "POST", OPEN, body).status_code == 201


@pytest.mark.parametrize(
    "place", ["/v1/cases/a%00b", "/v1/cases?stage=a%00b", "/v1/work-items?assignee=%00", "/v1/policies/%00"]
)
def test_an_address_holds_only_what_can_be_kept(shop: Shop, place: str) -> None:
    """No database is asked for a NUL."""
    _problem(shop.call("GET", place), 422)


def test_unknown_parameters_are_named(shop: Shop) -> None:
    """A filter with a slip of the pen would answer something else than was asked for."""
    case = shop.open()
    for path in (OPEN, case.path, f"{case.path}/timeline", f"{case.path}/actions", "/v1/work-items", "/v1/policies"):
        assert "nonsense" in _problem(shop.call("GET", f"{path}?nonsense=1&limit=5"), 422)
    assert "dry" in _problem(shop.call("POST", f"{case.path}/actions/add_memo?dry=1", {"text": "a memo"}), 422)
    assert case.items("memos") == [], "nothing was done"
    assert "nonsense" in _problem(shop.call("GET", "/sandbox/clock?nonsense=1"), 422)


def test_checks_keep_their_order_everywhere(shop: Shop) -> None:
    """401, 404, 403, 422: also where the body is no JSON, and where a parameter is unknown."""
    case = shop.open()
    case.pay()
    item = next(
        item for item in shop.get("/v1/work-items?state=open&limit=200")["items"] if item["case_id"] == case.case_id
    )
    complete = f"/v1/work-items/{item['item_id']}/complete?nonsense=1"
    step = f"{case.path}/actions/extend_receipt?nonsense=1"
    for path, foreign in ((complete, "other-agent"), (step, "other-agent")):
        for body in (b"{", b"[" * 5000, b"{}", b'{"outcome": 1}'):
            assert _send(shop, "POST", path, body, "nobody").status_code == 401
            assert _send(shop, "POST", path, body, foreign).status_code == 404
            assert _send(shop, "POST", path, body, "demo-carrier").status_code == 403
            assert _send(shop, "POST", path, body).status_code in (400, 422)
    for path in ("/timeline", "/buyer", "/memos", "/ledger", "/knowledge"):
        assert shop.call("GET", f"{case.path}{path}?limit=0&nonsense=1", token="other-agent").status_code == 404
    assert shop.call("GET", f"{case.path}/buyer?nonsense=1", token="demo-carrier").status_code == 403
    assert shop.call("GET", f"{case.path}/memos?limit=0", token="demo-carrier").status_code == 403
    assert shop.call("GET", "/v1/reports/nothing?nonsense=1", token="demo-agent").status_code == 404


def test_a_method_that_is_not_for_an_address_hears_which_are(shop: Shop) -> None:
    """All of them, although each is a route of its own."""
    answer = shop.call("DELETE", OPEN)
    assert _problem(answer, 405)
    assert answer.headers["allow"] == "GET, POST"
    assert shop.call("PUT", "/v1/events").headers["allow"] == "POST"
    assert shop.call("POST", "/v1/merchants/demo/settings/shop").headers["allow"] == "GET, PUT"


def test_times_and_amounts_are_as_the_contract_has_them(shop: Shop) -> None:
    """Texts in one spelling; numbers would be guesses at what was meant."""
    for placed_at in (1762790400, "1762790400", "2026-11-11", "2000-01-01T00:00:00+14:00"):
        assert "placed_at" in _problem(shop.call("POST", OPEN, shop.order(placed_at=placed_at)), 422)
    for amount in (199, 199.0, "1E2", "1_000", "١", "+5", " 5"):
        assert "lines.0.amount" in _problem(shop.call("POST", OPEN, shop.order(lines=[line(amount=amount)])), 422)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "multipart/form-data", "application/json; charset=utf-16", ""]
)
def test_another_content_type_is_answered(shop: Shop, content_type: str) -> None:
    """A body that is not said to be JSON is not looked at."""
    headers = {"Authorization": "Bearer demo-agent", "Content-Type": content_type}
    answer = shop.http.post(OPEN, content=json.dumps(shop.order()), headers=headers)
    assert answer.status_code in (201, 422)


def test_every_route_is_one_of_ours() -> None:
    """So none forgets the order of checks, or what it was not asked for; platforms' messages have what they have."""
    routers = [router for router in (*ROUTERS, health.router) if router is not inbound.router]
    assert all(isinstance(route, Route) for router in routers for route in router.routes)


def test_one_bad_event_harms_nobody_else(shop: Shop) -> None:
    """What is written is what the answer says: each bad one is rejected, what is good in the batch is taken."""
    case = shop.open()
    good = {
        "specversion": "1.0", "id": f"{shop.prefix}-good", "source": "bank", "type": "payment.received",
        "subject": case.subject, "data": {"amount": "209.00"},
    }  # fmt: skip
    bad: list[Any] = [
        {**good, "id": "a\x00b"},
        {**good, "id": "\ud800"},
        {**good, "id": "t1", "time": "2000-01-01T00:00:00+14:00"},
        {**good, "id": "t2", "time": 1762790400},
        {**good, "id": "s1", "subject": "order/nope/T1"},
        {**good, "id": "s2", "subject": "order/taobao/has:colon"},
        {**good, "id": "s3", "subject": "order/taobao/a/b"},
        {**good, "id": "a1", "data": {"amount": 209}},
        {**good, "id": "a2", "data": {"amount": "1E2"}},
        {**good, "id": "a3", "data": {"amount": "209.00", "currency": "USD"}},
        {**good, "id": "a4", "data": {"amount": "209.00", "note": "\udc00"}},
        {**good, "id": "a5", "data": {"amount": "209.00", "note": 10**30}},
        {**good, "id": "x" * 201},
        "no event", None, 5, [], {},
    ]  # fmt: skip
    answer = _send(shop, "POST", "/v1/events", [*bad, good], "demo-payment")
    assert answer.status_code == 202
    results = answer.json()["results"]
    assert [one["status"] for one in results] == [*["rejected"] * len(bad), "accepted"]
    assert all(one["reason"] for one in results[:-1])
    assert [one["id"] for one in results[:3]] == [None, None, "t1"], "only an id that can be answered is"
    assert "currency" in results[9]["reason"]
    case.until(lambda seen: seen["stage"] == "awaiting_shipment")
    assert case.snapshot()["money"]["paid"] == "209.00"
    again = _send(shop, "POST", "/v1/events", [*bad, good], "demo-payment").json()["results"]
    assert again[-1]["status"] == "duplicate"


def test_an_event_reaches_only_what_it_can_name(shop: Shop) -> None:
    """A parcel by a carrier's code and a waybill number as there are any."""
    for subject in ("parcel/ZTO/1", "parcel/zto/a b", "parcel/zto/a:b", "parcel//1", "parcel/zto"):
        event = {"specversion": "1.0", "id": subject, "source": "c", "type": "parcel.signed", "subject": subject}
        (result,) = _send(shop, "POST", "/v1/events", event, "demo-carrier").json()["results"]
        assert result["status"] == "rejected", subject


def test_money_is_in_yuan(shop: Shop) -> None:
    """A currency may be named; another one is refused by its name."""
    assert "currency" in _problem(shop.call("POST", OPEN, shop.order(currency="USD")), 422)
    body = shop.order()
    assert shop.call("POST", OPEN, body | {"currency": "CNY"}).status_code == 201
    assert shop.call("POST", OPEN, body).status_code == 200, "the same order"
    case = shop.open()
    request = {"service": "refund_only", "reason": "other", "amount": "5.00"}
    answer = case.act("request_after_sale", request | {"currency": "USD"}, "demo-buyer")
    assert "currency" in _problem(answer, 422)


def test_an_order_is_not_placed_in_the_future(shop: Shop) -> None:
    """Beyond what two clocks may differ by."""
    now = shop.now()
    body = shop.order(placed_at=(now + timedelta(minutes=6)).isoformat())
    assert "placed_at" in _problem(shop.call("POST", OPEN, body), 422)
    shop.open(placed_at=(now + timedelta(minutes=4)).isoformat())


def test_a_key_belongs_to_who_uses_it(shop: Shop) -> None:
    """Agent and buyer may happen on the same one, and one client may use it again elsewhere."""
    case = shop.open()
    case.pay()
    case.ship()
    key = f"{shop.prefix}-k"
    for token in ("demo-agent", "demo-buyer"):
        assert case.act("extend_receipt", {"days": 3}, token, Idempotency_Key=key).status_code == 200
    assert case.act("extend_receipt", {"days": 3}, Idempotency_Key=key).status_code == 200, "the same again"
    assert len(case.deadline("auto_confirm")["changes"]) == 2
    assert case.act("add_memo", {"text": "another path"}, Idempotency_Key=key).status_code == 200
    assert shop.open().act("add_memo", {"text": "another case"}, Idempotency_Key=key).status_code == 200
    conflict = case.act("extend_receipt", {"days": 5}, Idempotency_Key=key)
    assert conflict.json()["code"] == "idempotency_conflict"


def test_a_refusal_is_not_kept_under_its_key(shop: Shop) -> None:
    """What was refused may be taken once nothing speaks against it any more, under the same key."""
    case = shop.open()
    key = {"Idempotency_Key": f"{shop.prefix}-k"}
    assert case.act("extend_receipt", {"days": 3}, **key).status_code == 409
    case.pay()
    case.ship()
    assert case.act("extend_receipt", {"days": 5}, **key).status_code == 200


async def test_our_own_error_is_not_the_clients() -> None:
    """A state of ours that does not fit its model is answered 500 and logged, never 422."""

    async def broken() -> None:
        OpenOrder.model_validate({})

    app = FastAPI()
    install(app)
    app.add_api_route("/", broken)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as http:
        answer = await http.get("/")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "platform" not in answer.text


@pytest.mark.parametrize("query", ["assignee=%ED%A0%80", "assignee=%FF", "%ED%A0%80=1"])
def test_an_address_that_is_no_text_is_invalid(shop: Shop, query: str) -> None:
    """Half a character in a query is refused, not looked for as another one."""
    assert "UTF-8" in _problem(shop.call("GET", f"/v1/work-items?{query}"), 422)
    assert shop.call("GET", "/v1/work-items?assignee=%EF%BF%BD").status_code == 200


@pytest.mark.parametrize("step", ["claim", "release"])
def test_a_task_is_looked_for_before_parameters(shop: Shop, step: str) -> None:
    """There is none: 404, whatever the query; the wrong role hears that next, and the query comes last."""
    case = shop.open()
    case.pay()
    shop.advance(hours=49)
    (item, *_) = shop.get(f"/v1/work-items?state=open&case_id={case.case_id}")["items"]
    path = f"/v1/work-items/{item['item_id']}/{step}?nonsense=1"
    _problem(shop.call("POST", f"/v1/work-items/none/{step}?nonsense=1"), 404)
    _problem(shop.call("POST", path, token="demo-buyer"), 403)
    assert "nonsense" in _problem(shop.call("POST", path), 422)


@pytest.mark.parametrize("day", [0, 20000, "20000", "1e5", "2026-11-11T00:00:00Z", "2026-1-1", "２０２６-11-11"])
def test_a_day_is_written_as_one(shop: Shop, day: object) -> None:
    """No seconds of an epoch, in the settings or in a query."""
    people = [{"account": "demo-agent", "groups": ["presale"], "away": [{"from": day, "to": "2026-11-30"}]}]
    answer = shop.call("PUT", "/v1/merchants/demo/settings/staff", {"people": people}, "demo-owner")
    assert "must be a day" in _problem(answer, 422)
    assert "must be a day" in _problem(shop.call("GET", f"/v1/reports/funnel?from={day}", token="demo-owner"), 422)


@pytest.mark.parametrize(
    ("method", "path", "body", "token"),
    [
        ("POST", "/v1/cases", {"platform": "ebay"}, "demo-agent"),
        ("GET", "/v1/cases?limit=900&colour=red", None, "demo-agent"),
        ("GET", "/v1/cases?cursor=zzz", None, "demo-agent"),
        ("GET", "/v1/cases/order:demo:taobao:none", None, "demo-agent"),
        ("GET", "/v1/cases", None, "nobody"),
        ("DELETE", "/v1/cases", None, "demo-agent"),
        ("PUT", "/v1/merchants/demo/settings/ship-hold", {"enabled": True}, "demo-owner"),
        ("PUT", "/v1/merchants/demo/settings/shop", {"status": 3}, "demo-agent"),
    ],
)
def test_an_error_is_in_the_language_asked_for(shop: Shop, method: str, path: str, body: Any, token: str) -> None:
    """Title, sentence and reasons, all of it."""
    for asked, chinese in (("zh-CN", True), ("en", False)):
        said = shop.call(method, path, body, token, accept_language=asked).json()
        words = [said["title"], said["detail"], *(one["message"] for one in said.get("reasons", []))]
        assert [bool(re.search(r"[\u4e00-\u9fff]", one)) for one in words] == [chinese] * len(words), said
