"""The shop's settings and accounts over HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox_server import Shop

SETTINGS = "/v1/merchants/demo/settings"
ACCOUNTS = "/v1/merchants/demo/accounts"
HOLD = {
    "enabled": True,
    "memo": "双11拦截，请勿发货",
    "terms_accepted": True,
    "erp_lock": True,
    "routing": "platform_erp_wms",
    "self_service": True,
}
STOCK = {"require_stock": True, "reserve": True, "auto_deduct": True, "partitioned_inventory": False}
SHOP = {
    "cross_border": False,
    "status": "normal",
    "outbound_freight": "8.00",
    "refunds_by_hand": False,
    "region": "广东",
    "locale": "zh",
}
INTERCEPT = {"agreements": ["service", "deduction"]}
AUTOMATION = {
    "strategies": [
        {
            "id": "small-unshipped",
            "title": "未发货小额仅退款",
            "stage": "review",
            "when": "service == 'refund_only' && !shipped && amount <= 200.0",
            "decision": "agree",
            "refuse_with": None,
            "enabled": False,
        }
    ],
    "keywords": [{"service": "exchange", "words": ["换货"]}],
}
HOURS = {
    "groups": {
        "aftersale": {
            "shifts": [
                {
                    "days": ["mon", "fri"],
                    "intervals": [{"from": "09:00", "to": "12:00"}, {"from": "13:00", "to": "24:00"}],
                }
            ],
            "holidays": "closed",
        }
    }
}
STAFF: dict[str, Any] = {
    "assign": "by_hand",
    "people": [
        {
            "account": "demo-agent",
            "groups": ["presale", "aftersale"],
            "shifts": [{"days": ["sat"], "intervals": [{"from": "09:00", "to": "12:00"}]}],
            "away": [{"from": "2026-11-11", "to": "2026-11-13"}],
        }
    ],
}
ALL: list[tuple[str, dict[str, Any]]] = [
    ("ship-hold", HOLD),
    ("exchange-stock", STOCK),
    ("shop", SHOP),
    ("parcel-intercept", INTERCEPT),
    ("after-sale-automation", AUTOMATION),
    ("working-hours", HOURS),
    ("staff", STAFF),
]


@pytest.fixture(autouse=True)
def _as_before(shop: Shop) -> Iterator[None]:
    """The sandbox is shared: what a test set up is taken back."""
    yield
    for section, _ in ALL:
        shop.call("PUT", f"{SETTINGS}/{section}", {}, "demo-owner")
    shop.call("PUT", f"{ACCOUNTS}/demo-agent/permissions", {"permissions": []}, "demo-owner")
    shop.call("PUT", f"{ACCOUNTS}/demo-agent/authority", {"amount": None}, "demo-owner")


def account(shop: Shop, name: str) -> dict[str, Any]:
    listed = shop.get(f"{ACCOUNTS}?limit=200", "demo-owner")["items"]
    (found,) = [item for item in listed if item["account"] == name]
    return dict(found)


@pytest.mark.rule("S0-06", "S3-14")
@pytest.mark.parametrize(("section", "body"), ALL)
def test_the_owner_alone_changes_a_section(shop: Shop, section: str, body: dict[str, Any]) -> None:
    """The owner's change is answered and read at once by all staff; others may not, whatever they send."""
    path = f"{SETTINGS}/{section}"
    for role in ("agent", "supervisor", "warehouse", "finance", "ops", "platform"):
        refused = shop.call("PUT", path, {"nonsense": 1}, f"demo-{role}")
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        assert "owner" in refused.json()["detail"]
    answer = shop.call("PUT", path, body, "demo-owner")
    assert (answer.status_code, answer.json()) == (200, body)
    for role in ("owner", "agent", "supervisor", "warehouse", "finance"):
        assert shop.get(path, f"demo-{role}") == body
    for role in ("buyer", "carrier", "payment", "erp"):
        assert shop.call("GET", path, token=f"demo-{role}").status_code == 403


def test_sections_have_defaults(shop: Shop) -> None:
    """Before any change GET gives everything there is to set."""
    path = "/v1/merchants/other/settings"
    assert shop.get(f"{path}/shop", "other-agent") == {
        "cross_border": False,
        "status": "normal",
        "outbound_freight": "0.00",
        "refunds_by_hand": False,
        "region": "",
        "locale": "zh",
    }
    assert shop.get(f"{path}/ship-hold", "other-agent")["routing"] == "own"
    assert shop.get(f"{path}/parcel-intercept", "other-agent") == {"agreements": []}


@pytest.mark.rule("S0-07", "S3-15")
@pytest.mark.parametrize(
    ("section", "body", "field"),
    [
        ("ship-hold", HOLD | {"memo": ""}, "memo"),
        ("ship-hold", HOLD | {"terms_accepted": False}, "terms_accepted"),
        ("ship-hold", HOLD | {"routing": "by_hand"}, "routing"),
        ("ship-hold", HOLD | {"memo": "a\x00b"}, "memo"),
        ("exchange-stock", STOCK | {"partitioned_inventory": True}, "partitioned_inventory"),
        ("parcel-intercept", {"agreements": ["service", "service"]}, "agreements"),
        ("shop", SHOP | {"status": "fine"}, "status"),
        ("shop", SHOP | {"nonsense": 1}, "nonsense"),
        ("shop", SHOP | {"region": "nowhere"}, "region"),
        ("after-sale-automation", {"strategies": [{"id": "no-decision"}]}, "strategies"),
        ("working-hours", {"groups": {"nobody": {}}}, "groups"),
        ("working-hours", {"groups": {"presale": {"holidays": "sometimes"}}}, "groups"),
        ("staff", STAFF | {"assign": "at_random"}, "assign"),
        ("staff", {"people": STAFF["people"] * 2}, "people"),
    ],
)
def test_what_does_not_go_together_names_its_field(shop: Shop, section: str, body: dict[str, Any], field: str) -> None:
    """422, the field named, and the section stays as it was."""
    before = shop.get(f"{SETTINGS}/{section}")
    answer = shop.call("PUT", f"{SETTINGS}/{section}", body, "demo-owner")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert {reason["message"].split(":")[0].split(".")[0] for reason in answer.json()["reasons"]} == {field}
    assert shop.get(f"{SETTINGS}/{section}") == before


def test_another_shop_and_unknown_sections_are_not_found(shop: Shop) -> None:
    """404 comes before 403 and 422, after 401."""
    for method in ("GET", "PUT"):
        for path, token in (
            ("/v1/merchants/other/settings/shop", "demo-owner"),
            ("/v1/merchants/other/settings/shop", "demo-buyer"),
            ("/v1/merchants/other/settings/nonsense", "demo-owner"),
            (f"{SETTINGS}/nonsense", "demo-owner"),
            (f"{SETTINGS}/nonsense", "demo-buyer"),
            (f"{SETTINGS}/ship_hold", "demo-owner"),
        ):
            answer = shop.call(method, path, {"nonsense": 1}, token)
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), (method, path, token)
        assert shop.call(method, "/v1/merchants/other/settings/shop", {}, "nobody").status_code == 401


@pytest.mark.rule("S1-27")
def test_the_owner_grants_permissions(shop: Shop) -> None:
    """What is granted replaces what was; the account shows it with its roles."""
    path = f"{ACCOUNTS}/demo-agent/permissions"
    granted = shop.call("PUT", path, {"permissions": ["logistics_tools"]}, "demo-owner")
    shown = {
        "account": "demo-agent",
        "roles": ["agent"],
        "permissions": ["logistics_tools"],
        "authority": None,
        "signs_in": True,
        "locked": False,
    }
    assert (granted.status_code, granted.json()) == (200, shown)
    assert account(shop, "demo-agent") == shown
    taken = shop.call("PUT", path, {"permissions": []}, "demo-owner")
    assert taken.json()["permissions"] == []
    assert account(shop, "demo-agent")["permissions"] == []


def test_the_owner_sets_authority(shop: Shop) -> None:
    """An amount in yuan, or null for what the role may; permissions stay."""
    shop.call("PUT", f"{ACCOUNTS}/demo-agent/permissions", {"permissions": ["logistics_tools"]}, "demo-owner")
    path = f"{ACCOUNTS}/demo-agent/authority"
    answer = shop.call("PUT", path, {"amount": "200.5"}, "demo-owner")
    assert (answer.status_code, answer.json()["authority"]) == (200, "200.50")
    assert account(shop, "demo-agent")["permissions"] == ["logistics_tools"]
    assert shop.call("PUT", path, {"amount": None}, "demo-owner").json()["authority"] is None


@pytest.mark.parametrize(
    ("what", "body", "field"),
    [
        ("permissions", {"permissions": ["everything"]}, "permissions"),
        ("permissions", {"permissions": ["logistics_tools", "logistics_tools"]}, "permissions"),
        ("permissions", {}, "permissions"),
        ("authority", {"amount": "-1.00"}, "amount"),
        ("authority", {"amount": "1.001"}, "amount"),
        ("authority", {}, "amount"),
    ],
)
def test_bad_grants_name_their_field(shop: Shop, what: str, body: dict[str, Any], field: str) -> None:
    """Unknown permissions and amounts that are none are refused."""
    answer = shop.call("PUT", f"{ACCOUNTS}/demo-agent/{what}", body, "demo-owner")
    assert answer.status_code == 422
    assert field in answer.json()["detail"]


@pytest.mark.parametrize("what", ["permissions", "authority"])
def test_grants_are_checked_in_order(shop: Shop, what: str) -> None:
    """401, then 404 for another shop or an unknown account, then 403, then 422."""
    body = {"nonsense": 1}
    for path, token, status in (
        (f"{ACCOUNTS}/demo-agent/{what}", "nobody", 401),
        (f"/v1/merchants/other/accounts/other-agent/{what}", "demo-owner", 404),
        (f"{ACCOUNTS}/nobody-of-this-shop/{what}", "demo-owner", 404),
        (f"{ACCOUNTS}/other-agent/{what}", "demo-owner", 404),
        (f"{ACCOUNTS}/demo-agent/{what}", "demo-agent", 403),
        (f"{ACCOUNTS}/demo-agent/{what}", "demo-owner", 422),
    ):
        assert shop.call("PUT", path, body, token).status_code == status, (path, token)


def test_accounts_are_the_owners_to_read_in_pages(shop: Shop) -> None:
    """Every account of the shop once; others are told that only the owner may."""
    assert shop.call("GET", ACCOUNTS, token="demo-supervisor").status_code == 403
    assert shop.call("GET", "/v1/merchants/other/accounts", token="demo-owner").status_code == 404
    seen: list[str] = []
    cursor = ""
    while True:
        page = shop.get(f"{ACCOUNTS}?limit=4{cursor}", "demo-owner")
        seen += [item["account"] for item in page["items"]]
        if not page["next"]:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == sorted(set(seen))
    assert {"demo-owner", "demo-agent", "demo-warehouse", "demo-buyer"} <= set(seen)
    assert not any(name.startswith("other-") for name in seen)


def test_the_document_shows_every_section(shop: Shop) -> None:
    """OpenAPI names each section with its fields, in both directions, with examples."""
    document = shop.http.get("/openapi.json").json()
    schemas, paths = document["components"]["schemas"], document["paths"]
    for section, model in (("ship-hold", "ShipHold"), ("exchange-stock", "ExchangeStock"), ("shop", "Shop")):
        at = paths[f"/v1/merchants/{{merchant}}/settings/{section}"]
        body = at["put"]["requestBody"]["content"]["application/json"]["schema"]
        answer = at["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert model in body["$ref"]
        assert model in answer["$ref"]
        assert set(schemas[body["$ref"].rpartition("/")[2]]["properties"]) == set(dict(ALL)[section])
    assert schemas["PermissionsRequest"]["properties"]["permissions"]["examples"] == [["logistics_tools"]]


@pytest.mark.parametrize(("language", "title", "field"), [("en", "Ship holds", "Enabled"), ("zh", "发货拦截", "启用")])
def test_the_sections_come_as_forms(shop: Shop, language: str, title: str, field: str) -> None:
    """With what holds now, called what people call it in one language."""
    answer = shop.call("GET", "/v1/merchants/demo/settings", Accept_Language=language)
    sections = {one["section"]: one for one in answer.json()["items"]}
    holds = sections["ship-hold"]
    assert (holds["title"], holds["form"]["properties"]["enabled"]["title"]) == (title, field)
    for name, section in sections.items():
        assert section["value"] == shop.get(f"/v1/merchants/demo/settings/{name}")
