"""Interceptions over HTTP: quoted, started by three, answered by the carrier, listed, invoiced."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.intercepting import PERMISSIONS, answering, asked_back, intercepting, stop
from tests.sandbox_server import Shop, line
from tests.workflows.requests import Request, ask, shipped


@pytest.fixture(autouse=True)
def the_shop_signed(shop: Shop) -> Iterator[None]:
    """Interceptions are open to the shop and its agent."""
    with intercepting(shop):
        yield


def found(shop: Shop, token: str = "demo-agent", **query: str) -> list[dict[str, Any]]:
    asked = "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in query.items())
    items: list[dict[str, Any]] = shop.get(f"/v1/intercepts?{asked}", token)["items"]
    return [item for item in items if item["order_id"].startswith(shop.prefix)]


@pytest.mark.rule("S1-29")
@pytest.mark.parametrize("token", ["demo-agent", "demo-owner", "demo-platform", "demo-erp"])
def test_a_quote(shop: Shop, token: str) -> None:
    """Parcel, eligibility, fee and value, before anybody confirms."""
    order, request = asked_back(shop)
    (quote,) = request.items("intercept-quote", token)
    assert quote == {
        "carrier": "zto",
        "tracking_no": order.tracking_no,
        "eligible": True,
        "reasons": [],
        "fee": "3.00",
        "value": "199.00",
        "lines": [{"line_id": "1", "quantity": 1}],
    }


@pytest.mark.rule("S1-01", "S1-23", "S1-24", "S1-25")
def test_it_is_offered_on_a_refund_of_shipped_goods(shop: Shop) -> None:
    """Among the request's actions; not offered on a return, nor once the money is back."""
    order, request = asked_back(shop)
    assert _offered(request)
    stop(order, request)
    request.reach("succeeded")
    assert not _offered(request)
    assert not _offered(ask(shipped(shop), "return_refund", "quality"))


def _offered(request: Request) -> bool:
    (offered,) = [one for one in request.items("actions") if one["name"] == "intercept_parcels"]
    allowed: bool = offered["allowed"]
    return allowed


def test_a_quote_is_for_requests_and_not_for_buyers(shop: Shop) -> None:
    """An order has none; a buyer may not ask."""
    order, request = asked_back(shop)
    assert shop.call("GET", f"{order.path}/intercept-quote").status_code == 404
    assert shop.call("GET", f"{request.path}/intercept-quote", token="demo-buyer").status_code == 403


@pytest.mark.parametrize(
    ("token", "initiator"),
    [
        pytest.param("demo-agent", "seller", marks=pytest.mark.rule("S1-16")),
        pytest.param("demo-platform", "platform_agent", marks=pytest.mark.rule("S1-17")),
        pytest.param("demo-erp", "erp", marks=pytest.mark.rule("S1-18")),
    ],
)
@pytest.mark.rule("S1-02", "S1-03", "S1-04", "S1-37")
def test_three_initiators(shop: Shop, token: str, initiator: str) -> None:
    """Each starts it by its own token; stopped, refunded, one fee, and the record says who."""
    order, request = asked_back(shop)
    parcel = stop(order, request, token)
    parcel.reach("intercepted")
    request.reach("succeeded")
    assert parcel.total("intercept_fee") == "3.00"
    assert order.until(lambda seen: seen["money"]["refunded"] == "209.00")
    (record,) = found(shop)
    assert (record["case_id"], record["initiator"]) == (parcel.case_id, initiator)


@pytest.mark.rule("S1-27", "S1-40")
def test_the_missing_permission_is_named(shop: Shop) -> None:
    """403, before anything is looked at; and not offered."""
    order, request = asked_back(shop)
    shop.call("PUT", PERMISSIONS, {"permissions": []}, "demo-owner")
    refused = request.act("intercept_parcels", {"parcels": [{"carrier": "zto", "tracking_no": order.tracking_no}]})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert "the permission to intercept parcels" in refused.json()["detail"]
    assert [one["figures"] for one in refused.json()["reasons"]] == [{"permission": "logistics_tools"}]
    (offered,) = [one for one in request.items("actions") if one["name"] == "intercept_parcels"]
    (reason,) = offered["reasons"]
    assert (offered["allowed"], reason["message"]) == (False, "这一步需要主账号授予“拦截快递”权限。")
    assert reason["figures"] == {"permission": "logistics_tools"}


def test_all_reasons_at_once(shop: Shop) -> None:
    """Too dear, excluded and out for delivery: refused, quoted and offered alike."""
    order, request = asked_back(shop, lines=[line("1", "1200.00", category="tea")])
    order.scan("out_for_delivery")
    order.until(lambda seen: seen["parcels"][0]["status"] == "out_for_delivery")
    codes = {"excluded_category", "value_limit", "out_of_window"}
    refused = request.act("intercept_parcels", {"parcels": [{"carrier": "zto", "tracking_no": order.tracking_no}]})
    assert (refused.status_code, refused.json()["code"]) == (409, "action_refused")
    assert {one["code"] for one in refused.json()["reasons"]} == codes
    assert {one["code"] for one in request.items("intercept-quote")[0]["reasons"]} == codes
    (offered,) = [one for one in request.items("actions") if one["name"] == "intercept_parcels"]
    assert {one["code"] for one in offered["reasons"]} == codes


@pytest.mark.rule("S1-37")
def test_two_requests_for_one_parcel(shop: Shop) -> None:
    """The store knows of the other request's interception."""
    order, request = asked_back(shop, lines=[line("1", "100.00"), line("2", "100.00")])
    parcel = stop(order, request)
    parcel.reach("intercepted")
    body = {"service": "refund_only", "line_ids": ["2"], "reason": "other"}
    other = order.act("request_after_sale", body, "demo-buyer").json()["result"]["case_id"]
    (quote,) = shop.get(f"/v1/cases/{other}/intercept-quote")["items"]
    assert [one["code"] for one in quote["reasons"]] == ["already_requested"]


@pytest.mark.rule("S1-03")
def test_the_carrier_answers_by_an_event(shop: Shop) -> None:
    """Once, twice the same event, and once more otherwise: one fee, one refund."""
    with answering(shop, None):
        order, request = asked_back(shop)
        parcel = stop(order, request)
        parcel.until(lambda seen: parcel.calls())
    assert parcel.snapshot()["stage"] == "requested"
    assert parcel.result(stopped=True)["status"] == "accepted"
    parcel.reach("intercepted")
    assert parcel.result(stopped=True)["status"] == "duplicate"
    assert parcel.result(stopped=False, reason="late")["status"] == "accepted"
    request.reach("succeeded")
    parcel.until(lambda seen: any(one["type"] == "intercept.answer" for one in parcel.items("timeline")))
    assert (parcel.snapshot()["stage"], parcel.total("intercept_fee")) == ("intercepted", "3.00")
    assert len(parcel.calls()) == 1


def test_only_the_carrier_may_report_a_result(shop: Shop) -> None:
    """An agent's token cannot."""
    order, request = asked_back(shop)
    parcel = stop(order, request)
    data: dict[str, Any] = {"intercept_case_id": parcel.case_id, "intercepted": False}
    assert shop.event("intercept.result", order.subject, "demo-agent", **data)["status"] == "rejected"


@pytest.mark.rule("S1-42")
def test_the_branch_by_phone(shop: Shop) -> None:
    """Failed online: a task; the branch's yes lets the refund go, without the platform's fee."""
    with answering(shop, False, "already_loaded"):
        order, request = asked_back(shop)
        parcel = stop(order, request)
        parcel.reach("failed")
    (task,) = shop.get(f"/v1/work-items?state=open&case_id={parcel.case_id}")["items"]
    assert task["type"] == "offline_intercept"
    parcel.take("report_intercept_answer", {"stopped": True})
    parcel.reach("intercepted")
    request.reach("succeeded")
    assert parcel.total("intercept_fee") == "0.00"


@pytest.mark.rule("S1-31")
def test_the_records(shop: Shop) -> None:
    """All of a shop's, the latest first, by carrier, time and stage, in pages; another shop's are not there."""
    began = shop.now()
    with answering(shop, False, "already_loaded"):
        order, request = asked_back(shop)
        failed = stop(order, request)
        failed.reach("failed")
    shop.advance(hours=1)
    later = shop.now()
    order, request = asked_back(shop, lines=[line("1", "650.00")])
    stopped = stop(order, request)
    stopped.reach("intercepted")
    stopped.take("file_claim", {"kind": "lost", "amount": "650.00", "text": "退回途中丢失"})
    everything = found(shop, **{"from": began.isoformat()})
    assert [one["case_id"] for one in everything] == [stopped.case_id, failed.case_id]
    newest, oldest = everything
    shown = {name: newest[name] for name in ("order_id", "carrier", "tracking_no", "stage", "fee", "value")}
    assert shown == {
        "order_id": order.opened["order_id"],
        "carrier": "zto",
        "tracking_no": order.tracking_no,
        "stage": "intercepted",
        "fee": "3.00",
        "value": "650.00",
    }
    assert (newest["after_sale_case_id"], newest["claim"]["amount"]) == (request.case_id, "650.00")
    assert (oldest["stage"], oldest["reason"]) == ("failed", "already_loaded")
    assert "退回" not in str(everything)
    assert [one["case_id"] for one in found(shop, stage="failed")] == [failed.case_id]
    assert [one["case_id"] for one in found(shop, **{"from": later.isoformat()})] == [stopped.case_id]
    assert [one["case_id"] for one in found(shop, to=later.isoformat())] == [failed.case_id]
    assert found(shop, carrier="yto") == []
    assert found(shop, "other-agent") == []
    first = shop.get("/v1/intercepts?limit=1")
    second = shop.get(f"/v1/intercepts?limit=1&cursor={first['next']}")
    assert [one["case_id"] for one in first["items"] + second["items"]] == [stopped.case_id, failed.case_id]


@pytest.mark.parametrize("token", ["demo-buyer", "demo-carrier", "demo-erp", "demo-payment"])
def test_the_records_are_the_shops(shop: Shop, token: str) -> None:
    """Shop staff, the platform and ops read them."""
    assert shop.call("GET", "/v1/intercepts", token=token).status_code == 403


@pytest.mark.parametrize("query", ["stage=nonsense", "carrier=Z%20T", "from=yesterday", "cursor=nonsense"])
def test_a_filter_that_does_not_read(shop: Shop, query: str) -> None:
    """422, the field named."""
    answer = shop.call("GET", f"/v1/intercepts?{query}")
    assert answer.status_code == 422
    assert query.partition("=")[0] in answer.json()["detail"]


@pytest.mark.rule("S1-33")
def test_an_invoice_over_booked_fees(shop: Shop) -> None:
    """Of the range and the carrier; failed ones cost nothing; no fee is on two invoices."""
    began = shop.now()
    shop.advance(minutes=1)
    parcels = []
    for _ in range(2):
        order, request = asked_back(shop)
        parcels.append(stop(order, request))
        parcels[-1].reach("intercepted")
    with answering(shop, False, "already_loaded"):
        stop(*asked_back(shop)).reach("failed")
    shop.advance(minutes=1)
    body = {"from": began.isoformat(), "to": shop.now().isoformat(), "carrier": "zto"}
    other = shop.call("POST", "/v1/intercept-invoices", body | {"carrier": "yto"}, "demo-finance")
    assert (other.status_code, other.json()["code"]) == (409, "nothing_to_invoice")
    asked = shop.call("POST", "/v1/intercept-invoices", body, "demo-finance")
    assert asked.status_code == 201, asked.text
    invoice = asked.json()
    assert (invoice["carrier"], invoice["count"], invoice["amount"]) == ("zto", 2, "6.00")
    assert shop.get("/v1/intercept-invoices", "demo-finance")["items"][0] == invoice
    again = shop.call("POST", "/v1/intercept-invoices", body, "demo-finance")
    assert (again.status_code, [one["code"] for one in again.json()["reasons"]]) == (409, ["nothing_to_invoice"])
    order, request = asked_back(shop)
    stop(order, request).reach("intercepted")
    wider = body | {"to": (shop.now() + timedelta(minutes=1)).isoformat(), "carrier": None}
    more = shop.call("POST", "/v1/intercept-invoices", wider, "demo-agent").json()
    assert (more["carrier"], more["count"], more["amount"]) == (None, 1, "3.00")
    assert shop.get("/v1/intercept-invoices", "other-agent")["items"] == []


@pytest.mark.rule("S1-33")
def test_who_asks_for_invoices(shop: Shop) -> None:
    """The role before the body; a range that runs backwards names the field."""
    for token in ("demo-buyer", "demo-carrier", "demo-warehouse", "demo-platform"):
        assert shop.call("POST", "/v1/intercept-invoices", {"nonsense": 1}, token).status_code == 403
    assert shop.call("GET", "/v1/intercept-invoices", token="demo-carrier").status_code == 403
    backwards = {"from": "2026-12-01T00:00:00Z", "to": "2026-11-01T00:00:00Z"}
    refused = shop.call("POST", "/v1/intercept-invoices", backwards, "demo-owner")
    assert refused.status_code == 422
    assert "to must lie after from" in refused.json()["detail"]
