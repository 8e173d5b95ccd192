"""Whole matters, each person at a desk of their own: what one does, the other sees without loading it again."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.desk.accessibility import serious_findings
from tests.desk.conftest import Open, claim_by_key, go_down_to, says
from tests.sandbox_server import OrderUnderTest, Shop, line
from tests.workflows.requests import Request, ask, delivered, paid

PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SHOP = "/v1/merchants/demo/settings/shop"


def task(case: OrderUnderTest, type_: str) -> dict[str, Any]:
    """The one open task of that type."""
    tasks = f"/v1/work-items?case_id={case.case_id}&state=open&type={type_}"
    case.until(lambda _: case.shop.get(tasks)["items"])
    (found,) = case.shop.get(tasks)["items"]
    return dict(found)


def open_by_keys(page: Page, item: dict[str, Any]) -> None:
    """Goes down the inbox until the task is open beside it, and claims it."""
    go_down_to(page, item)
    claim_by_key(page)


@pytest.fixture
def request_for_three(shop: Shop) -> Request:
    """A buyer wants to send three units back, bought for 300 yuan."""
    return ask(delivered(shop, lines=[line(quantity=3, amount="300.00")]), "return_refund")


@pytest.fixture
def refunds_by_hand(shop: Shop) -> Iterator[None]:
    """Finance pays refunds itself."""
    before = shop.get(SHOP, "demo-owner")
    assert shop.call("PUT", SHOP, before | {"refunds_by_hand": True}, "demo-owner").status_code == 200
    yield
    shop.call("PUT", SHOP, before, "demo-owner")


def test_a_return_of_which_two_of_three_units_come(signed_in: Open, request_for_three: Request) -> None:
    """The agent's first amount is refused; the warehouse takes in two with a photo; the agent sees how it ended."""
    request = request_for_three
    agent = signed_in(f"/inbox?view=all&type={task(request, 'review_after_sale')['type']}")
    open_by_keys(agent, task(request, "review_after_sale"))
    agent.get_by_role("complementary").get_by_role("link", name=request.case_id).click()
    agent.get_by_role("button", name="Agree", exact=True).click()
    agent.get_by_label("Amount", exact=True).fill("301.00")
    agent.get_by_role("button", name="Confirm", exact=True).click()
    says(agent, "No more than 300.00 yuan can be paid back.")
    agent.get_by_label("Amount", exact=True).fill("300.00")
    agent.get_by_role("button", name="Confirm", exact=True).click()
    expect(agent.locator('[aria-current="step"]')).to_have_text("Awaiting buyer return")
    request.send_back()
    request.scan_return("signed")
    expect(agent.locator('[aria-current="step"]')).to_have_text("Awaiting seller receipt")

    clerk = signed_in("/inbox?type=inspect_return", "demo-warehouse")
    open_by_keys(clerk, task(request, "inspect_return"))
    panel = clerk.get_by_role("complementary")
    panel.get_by_role("radio", name="Conforming", exact=False).first.check()
    panel.get_by_role("spinbutton").fill("2")
    with clerk.expect_response("**/files"):
        panel.locator("input[type=file]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PHOTO})
    expect(panel.locator(".ant-upload-list-item-done").filter(has_text="a.png")).to_be_visible()
    assert serious_findings(clerk) == []
    panel.get_by_role("button", name="Complete").click()
    expect(panel.get_by_text("This task is settled.")).to_be_visible()

    expect(agent.locator('[aria-current="step"]')).to_have_text("Succeeded")
    expect(agent.get_by_role("region", name="Money")).to_contain_text("200.00")
    evidence = agent.get_by_role("region", name="Evidence").get_by_role("img")
    assert evidence.evaluate("photo => photo.decode().then(() => photo.naturalWidth)") == 1
    assert serious_findings(agent) == []


def test_finance_pays_and_confirms(shop: Shop, signed_in: Open, refunds_by_hand: None) -> None:
    """The amount is in the words to read; the case settles on their word."""
    request = ask(paid(shop), "refund_only", "no_reason")
    request.take("agree")
    page = signed_in("/inbox?type=pay_refund", "demo-finance")
    open_by_keys(page, task(request, "pay_refund"))
    panel = page.get_by_role("complementary")
    expect(panel).to_contain_text("209.00 yuan")
    panel.get_by_role("radio", name="Paid").check()
    panel.get_by_role("button", name="Complete").click()
    expect(panel.get_by_text("This task is settled.")).to_be_visible()
    request.reach("succeeded")


def test_a_parcels_way_is_shown(shop: Shop, signed_in: Open) -> None:
    """With the places that the carrier named."""
    order = delivered(shop)
    order.scan("scanned", location="广州天河集散中心")
    page = signed_in(f"/cases/{order.case_id}")
    goods = page.get_by_role("region", name="Goods and parcels")
    goods.get_by_role("group").filter(has_text=order.tracking_no).locator("summary").click()
    expect(page.get_by_role("list", name="The parcel's way")).to_contain_text("广州天河集散中心")


def test_a_chinese_desk_speaks_chinese(signed_in: Open, request_for_three: Request) -> None:
    """Refusals with their figures, and the story."""
    page = signed_in(f"/cases/{request_for_three.case_id}", locale="zh-CN")
    page.get_by_role("button", name="同意申请").click()
    page.get_by_label("金额", exact=True).fill("301.00")
    page.get_by_role("button", name="确认", exact=True).click()
    says(page, "金额不能超过 300.00 元。")
    expect(page.get_by_role("region", name="时间线")).to_contain_text("建立案件")
