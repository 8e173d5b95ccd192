"""What an owner sets up, and a shop that has only begun."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.desk.accessibility import serious_findings
from tests.desk.conftest import Open, says
from tests.sandbox_server import Shop

HOLDS = "/v1/merchants/demo/settings/ship-hold"
AGENT = "/v1/merchants/demo/accounts/demo-agent/permissions"


@pytest.fixture
def as_before(shop: Shop) -> Iterator[None]:
    """What the owner changes here is as it was afterwards."""
    holds = shop.get(HOLDS, "demo-owner")
    assert shop.call("PUT", AGENT, {"permissions": []}, "demo-owner").status_code == 200
    yield
    shop.call("PUT", HOLDS, holds, "demo-owner")
    shop.call("PUT", AGENT, {"permissions": ["logistics_tools"]}, "demo-owner")


def test_an_owner_enables_holds(shop: Shop, signed_in: Open, as_before: None) -> None:
    """What is missing is said; then it is saved."""
    page = signed_in("/settings/ship-hold", "demo-owner")
    page.get_by_label("Enabled").check()
    page.get_by_role("button", name="Save").click()
    says(page, "enabled needs a memo text")
    page.get_by_label("Memo").fill("双11拦截，请勿发货")
    page.get_by_label("Terms accepted").check()
    assert serious_findings(page) == []
    page.get_by_role("button", name="Save").click()
    says(page, "Saved")
    assert shop.get(HOLDS, "demo-owner")["enabled"] is True
    page.get_by_role("link", name="The shop", exact=True).click()
    expect(page.get_by_role("heading", name="The shop", exact=True)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_owner_grants_a_permission(shop: Shop, signed_in: Open, as_before: None) -> None:
    """One switch an account."""
    page = signed_in("/settings/permissions", "demo-owner", locale="zh-CN")
    switch = page.get_by_role("switch", name="demo-agent: 拦截快递")
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()
    assert serious_findings(page) == []
    granted = {one["account"]: one for one in shop.get("/v1/merchants/demo/accounts", "demo-owner")["items"]}
    assert granted["demo-agent"]["permissions"] == ["logistics_tools"]


def test_an_owner_sets_what_one_account_agrees_to(shop: Shop, signed_in: Open) -> None:
    """An amount for one of them; empty again, its role's holds. Systems agree to nothing."""
    page = signed_in("/settings/permissions", "demo-owner")
    field = page.get_by_role("spinbutton", name="demo-supervisor: Agrees up to (yuan)")
    expect(field).to_have_value("")
    expect(page.get_by_role("spinbutton", name="demo-carrier")).to_have_count(0)
    for written, kept in (("250", "250.00"), ("", None)):
        field.fill(written)
        with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
            field.press("Enter")
        found = shop.get("/v1/merchants/demo/accounts", "demo-owner")["items"]
        assert {one["account"]: one["authority"] for one in found}["demo-supervisor"] == kept


def test_the_settings_speak_one_language(signed_in: Open) -> None:
    """Sections, fields and choices."""
    page = signed_in("/settings/ship-hold", "demo-owner", locale="zh-CN")
    expect(page.get_by_role("heading", name="发货拦截")).to_be_visible()
    for label in ("启用", "备注内容", "已同意条款", "订单流转方式"):
        expect(page.get_by_label(label, exact=True)).to_be_visible()
    expect(page.get_by_role("navigation", name="设置").get_by_role("link")).to_contain_text(["发货拦截", "快递拦截"])


def test_who_owns_nothing_is_not_led_there(signed_in: Open) -> None:
    """An agent's header has no settings."""
    page = signed_in("/inbox")
    expect(page.get_by_role("link", name="Inbox")).to_be_visible()
    expect(page.get_by_role("link", name="Settings")).to_have_count(0)


def test_a_shop_without_a_case_opens_a_sample(signed_in: Open) -> None:
    """It leads to the order; the inbox says no more of first steps then."""
    page = signed_in("/inbox", "other-owner")
    expect(page.get_by_role("heading", name="This shop has no case yet")).to_be_visible()
    assert serious_findings(page) == []
    page.get_by_role("button", name="Open a sample order").click()
    expect(page.get_by_role("heading", name="Deadlines")).to_be_visible()
    page.get_by_role("link", name="Inbox").click()
    expect(page.get_by_role("table").first).to_be_visible()
    expect(page.get_by_role("heading", name="This shop has no case yet")).to_have_count(0)
