"""The HTTP surface: order of checks, problem details, pages, documents."""

import json
import re
from datetime import datetime

import pytest

from domain.lives import FACTS
from domain.policy import policies
from domain.policy.edition_names import EDITIONS
from tests.sandbox_server import Shop, line


def test_checks_come_in_order(shop: Shop) -> None:
    """401, 404, 403, 422, 409: the first that applies answers."""
    case = shop.open()
    path = f"{case.path}/actions/extend_receipt"
    assert shop.call("POST", path, {"days": "x"}, "nobody").status_code == 401
    assert shop.call("POST", path, {"days": "x"}, "other-agent").status_code == 404
    assert shop.call("POST", path, {"days": "x"}, "demo-carrier").status_code == 403
    assert shop.call("POST", path, {"days": "x"}).status_code == 422
    refused = shop.call("POST", path, {"days": 4})
    assert refused.status_code == 409
    assert {reason["code"] for reason in refused.json()["reasons"]} == {"not_shipped", "invalid_days"}


def test_problems_are_problem_details(shop: Shop) -> None:
    """Every error is application/problem+json with a stable code; invalid fields are named, their values are not."""
    body = shop.order(lines=[line(amount="1.999")], freight="free", nonsense=1)
    answer = shop.call("POST", "/v1/cases", body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "invalid"
    assert problem["status"] == 422
    named = " ".join(reason["message"] for reason in problem["reasons"])
    assert all(field in named for field in ("lines.0.amount", "freight", "nonsense"))
    assert "free" not in named.replace("freight", "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"platform": "ebay"}, "platform"),
        ({"policy": "taobao-1999"}, "policy"),
        ({"campaign": "no-such-sale"}, "campaign"),
        ({"order_id": "a b"}, "order_id"),
        ({"lines": []}, "lines"),
        ({"lines": [line("1"), line("1")]}, "lines"),
    ],
)
def test_what_nobody_knows_cannot_be_opened(shop: Shop, changes: dict[str, object], field: str) -> None:
    """Unknown platforms, editions and campaigns, bad ids and doubled lines answer 422 naming the field."""
    answer = shop.call("POST", "/v1/cases", shop.order(**changes))
    assert answer.status_code == 422
    assert field in answer.json()["detail"]


@pytest.mark.rule("S2-50")
def test_a_presale_states_its_time(shop: Shop) -> None:
    """Goods that are not in stock must say when they ship."""
    answer = shop.call("POST", "/v1/cases", shop.order(presale=True))
    assert answer.status_code == 422
    assert "promised_ship_by" in answer.json()["detail"]


def test_lists_are_keyset_pages(shop: Shop) -> None:
    """Cursor after cursor gives every case once; a made-up cursor is refused."""
    ids = {shop.open(order_id=f"{shop.prefix}-page-{n}").case_id for n in range(5)}
    seen: list[str] = []
    cursor = ""
    while True:
        page = shop.get(f"/v1/cases?limit=2&open=true{cursor}")
        seen += [case["case_id"] for case in page["items"]]
        if not page["next"] or ids <= set(seen):
            break
        cursor = f"&cursor={page['next']}"
    assert ids <= set(seen)
    assert len(seen) == len(set(seen))
    assert shop.call("GET", "/v1/cases?cursor=nonsense").status_code == 422


def test_lists_filter_and_sort(shop: Shop) -> None:
    """By order id, stage and due time; the one due first comes first."""
    first, second = shop.open(), shop.open(placed_at=shop.now().isoformat())
    second.pay()
    found = shop.get(f"/v1/cases?order_id={second.opened['order_id']}")["items"]
    assert [case["case_id"] for case in found] == [second.case_id]
    due = [case["case_id"] for case in shop.get("/v1/cases?sort=due&open=true&limit=200")["items"]]
    assert due.index(first.case_id) < due.index(second.case_id), "its reminder comes before the other's 48 h"


def test_people_data_is_for_the_shop(shop: Shop) -> None:
    """The buyer and the memos are shown to the shop's staff only, and nothing else carries them."""
    case = shop.open()
    case.act("add_memo", {"text": "@11.11 阿华 顾客明天下午付款", "flag": "red"})
    assert shop.get(f"{case.path}/buyer", "demo-warehouse")["phone"] == "13800000000"
    memos = shop.get(f"{case.path}/memos", "demo-finance")["items"]
    assert [(memo["text"], memo["flag"]) for memo in memos] == [("@11.11 阿华 顾客明天下午付款", 1)]
    for token in ("demo-buyer", "demo-carrier", "demo-platform", "demo-erp"):
        assert shop.call("GET", f"{case.path}/buyer", token=token).status_code == 403
        assert shop.call("GET", f"{case.path}/memos", token=token).status_code == 403
    everything = str([shop.get(case.path), case.items("timeline"), case.items("deadlines"), case.items("ledger")])
    assert "13800000000" not in everything
    assert "阿华" not in everything


@pytest.mark.rule("S2-08", "S2-10")
def test_an_address_is_changed_in_the_store_alone(shop: Shop) -> None:
    """A paid, unread order's address is changed at once; it shows with the buyer and nowhere else."""
    case = shop.open()
    case.pay()
    answer = case.act("change_order", {"address": {"city": "深圳市", "street": "科技路 9 号"}})
    assert answer.status_code == 200
    assert shop.get(f"{case.path}/buyer")["address"] == {"city": "深圳市", "street": "科技路 9 号"}
    assert "科技路" not in str(case.items("timeline"))


def test_too_large_is_refused(shop: Shop) -> None:
    """A body over the limit answers 413 as problem details."""
    answer = shop.http.post(
        "/v1/events", content=b"[" + b" " * (2 * 1024 * 1024) + b"]", headers={"Authorization": "Bearer demo-payment"}
    )
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


def test_the_document_describes_it_all(shop: Shop) -> None:
    """OpenAPI names every action with its input, every event field, and problem details as the errors."""
    document = shop.http.get("/openapi.json").json()
    paths = document["paths"]
    for action in shop.get(f"{shop.open().path}/actions")["items"]:
        operation = paths[f"/v1/cases/{{case_id}}/actions/{action['name']}"]["post"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        name = schema["$ref"].removeprefix("#/components/schemas/")
        assert document["components"]["schemas"][name]["type"] == "object"
        assert operation["responses"]["409"] == {"$ref": "#/components/responses/ActionRefused"}
    assert "CloudEvent" in document["components"]["schemas"]
    sent = {type_ for type_, fact in FACTS.items() if fact.senders}
    described = paths["/v1/events"]["post"]["description"]
    assert {type_ for type_ in sent if f"| `{type_}` |" in described} == sent
    assert "/v1/campaigns/{campaign_id}" in paths


def test_what_is_offered_is_what_is_done(shop: Shop) -> None:
    """For every role and action, at every stage: offered means not refused for a reason that needs no input."""
    case, now = shop.open(), shop.now()
    shop.advance(seconds=15)
    for step in (lambda: None, case.pay, case.consign, lambda: case.scan("picked_up"), lambda: case.scan("signed")):
        step()
        shop.advance(seconds=1)
        for role in ("agent", "buyer", "owner", "warehouse", "carrier", "supervisor"):
            for action in shop.get(f"{case.path}/actions", f"demo-{role}")["items"]:
                if action["allowed"] or action["name"] == "confirm_receipt":
                    continue
                codes = {reason["code"] for reason in action["reasons"]}
                answer = case.act(action["name"], _valid(action["name"], now), f"demo-{role}")
                if codes == {"forbidden"}:
                    assert answer.status_code == 403
                else:
                    assert answer.status_code == 409
                    assert codes <= {reason["code"] for reason in answer.json()["reasons"]}


def test_policies_can_be_read(shop: Shop) -> None:
    """Every edition with every value, its rule id and whether it was verified."""
    titles = {edition["id"]: edition["title"] for edition in shop.get("/v1/policies")["items"]}
    assert titles["taobao-2012"] == "淘宝规则（约 2012 年）"
    assert titles.keys() == policies().keys() == EDITIONS.keys()
    ids = titles.keys()
    assert {"taobao-2012", "tmall", "douyin", "jd"} <= ids
    edition = shop.get("/v1/policies/taobao-2012")
    assert edition["ship"]["within"] == {"value": "PT72H", "rule": "S2-49", "verified": True}
    assert shop.call("GET", "/v1/policies/nope").status_code == 404


def test_every_reference_of_the_document_leads_somewhere(shop: Shop) -> None:
    """Generators of clients follow them; one that leads nowhere stops them."""
    document = shop.http.get("/openapi.json").json()
    named = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(document)))
    known = {f"#/components/{kind}/{name}" for kind, parts in document["components"].items() for name in parts}
    assert named <= known, sorted(named - known)


def _valid(name: str, now: datetime) -> dict[str, object]:
    later = now.replace(year=2030)
    valid: dict[str, dict[str, object]] = {
        "extend_receipt": {"days": 3},
        "agree_ship_by": {"ship_by": later.isoformat()},
        "report_out_of_stock": {"line_ids": ["1"]},
        "change_order": {"line_id": "1", "sku": "OTHER"},
        "close_unpaid": {"reason": "buyer_mistake", "buyer_consent": True},
        "add_memo": {"text": "x"},
        "request_after_sale": {"service": "refund_only", "line_ids": ["1"], "reason": "other"},
        "hold_shipment": {"line_ids": ["1"], "requested_by": "buyer"},
        "file_complaint": {"type": "late_shipment"},
        "report_remittance": {"amount": "209.00", "paid_at": now.isoformat()},
        "quote_price": {"line_id": "1", "amount": "180.00"},
        "take_quote": {"quote_id": "quote-1"},
        "promise_ship_by": {"ship_by": later.isoformat()},
        "compensate": {"amount": "1.00", "reason": "goodwill"},
        "issue_invoice": {"carrier": "zto", "tracking_no": "ZT900"},
    }
    return valid.get(name, {})


@pytest.mark.parametrize(
    ("method", "path", "token"),
    [("POST", "/v1/cases", "demo-carrier"), ("PUT", "/v1/campaigns/x", "demo-agent")],
)
def test_the_role_is_checked_before_the_input(shop: Shop, method: str, path: str, token: str) -> None:
    """Who may not do it at all is told so, not what is wrong with the body."""
    answer = shop.call(method, path, {"nonsense": 1}, token)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
