"""What an owner sets up in pages of its own: who is told, who signs in, who works when, what strategies decide."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.desk.accessibility import serious_findings
from tests.desk.conftest import Open, says, sign_in
from tests.receiver import Receiver, running_receiver
from tests.sandbox_server import Shop
from tests.workflows.requests import ask, paid

SETTINGS = "/v1/merchants/demo/settings"


@pytest.fixture
def receiver(shop: Shop) -> Iterator[Receiver]:
    """Somebody who wants to be told; their webhooks are gone afterwards."""
    with running_receiver() as receiver:
        yield receiver
        for webhook in shop.get("/v1/webhooks", "demo-owner")["items"]:
            shop.call("DELETE", f"/v1/webhooks/{webhook['webhook_id']}", token="demo-owner")


@pytest.fixture
def as_before(shop: Shop) -> Iterator[None]:
    """The sections that are set here are as they were afterwards."""
    sections = ("working-hours", "staff", "after-sale-automation")
    before = {section: shop.get(f"{SETTINGS}/{section}", "demo-owner") for section in sections}
    yield
    for section, value in before.items():
        shop.call("PUT", f"{SETTINGS}/{section}", value, "demo-owner")


def secret_in(page: Page, title: str, but: str = "") -> str:
    """What is shown this once: another than one had before."""
    shown = page.get_by_role("alert").filter(has_text=title).locator("code")
    return (shown.filter(has_not_text=but) if but else shown).inner_text().strip()


def choose(page: Page, field: Locator, *choices: str) -> None:
    """Picks from a list."""
    field.click()
    for choice in choices:
        page.locator(f'.ant-select-dropdown:visible .ant-select-item-option[title="{choice}"]').click()
    page.keyboard.press("Escape")
    expect(page.locator(".ant-select-dropdown:visible")).to_have_count(0)


def saved(page: Page) -> None:
    """Saves, and is told so."""
    page.get_by_role("button", name="Save", exact=True).click()
    says(page, "Saved")


def test_an_owner_makes_a_webhook(shop: Shop, signed_in: Open, receiver: Receiver) -> None:
    """Its secret once, a test, what was delivered, another secret, everything again, and its end."""
    page = signed_in("/settings/webhooks", "demo-owner")
    page.get_by_label("Address").fill(receiver.url)
    page.get_by_label("Description").fill("our CRM")
    page.get_by_role("button", name="Add webhook").click()
    receiver.secret = secret_in(page, "Secret of")
    page.get_by_role("row").filter(has_text=receiver.url).click()
    page.get_by_role("button", name="Send a test").click()
    says(page, "The test was taken: 200")
    assert [event["type"] for event in receiver.events] == ["caseline.webhook.test"]
    assert serious_findings(page) == []

    order = shop.open()
    log = page.get_by_role("table", name="Deliveries")
    line = log.get_by_role("row").filter(has_text=order.case_id).filter(has_text="caseline.case.opened")
    expect(line).to_contain_text("Delivered")

    page.get_by_role("button", name="New secret").click()
    page.get_by_role("tooltip").get_by_role("button", name="OK").click()
    receiver.secret = secret_in(page, "Secret of", but=receiver.secret)
    told = len(receiver.events)
    page.get_by_label("after change").fill("0")
    page.get_by_role("button", name="Deliver again").click()
    receiver.until(lambda got: len(got.events) > told)

    page.get_by_role("button", name="Remove").click()
    page.get_by_role("tooltip").get_by_role("button", name="OK").click()
    expect(page.get_by_text("Nobody is told of changes yet.")).to_be_visible()


def test_a_receiver_that_is_away_is_seen(shop: Shop, signed_in: Open, receiver: Receiver) -> None:
    """What it answered stands in the log; its test says so too."""
    receiver.status = 503
    made = shop.call("POST", "/v1/webhooks", {"url": receiver.url, "types": ["case.opened"]}, "demo-owner").json()
    shop.open()
    page = signed_in("/settings/webhooks", "demo-owner", locale="zh-CN")
    row = page.locator(f'tr[data-row-key="{made["webhook_id"]}"]')
    expect(row).to_contain_text("没有响应")
    row.click()
    page.get_by_role("button", name="发送测试").click()
    says(page, "测试未送达：503")
    page.locator(".ant-segmented-item").filter(has_text="失败").click()
    expect(page.get_by_role("table", name="投递记录")).to_contain_text("http_503")


def test_a_failing_webhook_is_resumed(shop: Shop, signed_in: Open, receiver: Receiver) -> None:
    """After three days it waits for somebody; resumed, it goes on where it stopped, without a loss."""
    receiver.status = 503
    made = shop.call("POST", "/v1/webhooks", {"url": receiver.url, "types": ["case.opened"]}, "demo-owner").json()
    order = shop.open()
    path = f"/v1/webhooks/{made['webhook_id']}"
    page = signed_in("/settings/webhooks", "demo-owner")
    row = page.locator(f'tr[data-row-key="{made["webhook_id"]}"]')
    expect(row).to_contain_text("does not answer")
    while shop.get(path, "demo-owner")["status"] != "failing":
        shop.advance(hours=12)
    expect(row).to_contain_text("failing")
    row.click()
    expect(page.get_by_role("alert").filter(has_text="took nothing for three days")).to_be_visible()
    assert serious_findings(page) == []
    receiver.status = 200
    page.get_by_role("button", name="Resume").click()
    receiver.until(lambda got: order.case_id in [event["subject"] for event in got.events])
    expect(row).not_to_contain_text("failing")
    expect(page.get_by_role("button", name="Resume")).to_have_count(0)
    log = page.get_by_role("table", name="Deliveries")
    expect(log.get_by_role("row").filter(has_text=order.case_id)).to_contain_text("Delivered")


def test_an_owner_makes_an_account(shop: Shop, signed_in: Open, page_of: Open) -> None:
    """Its password is shown once and lets in; locked it does not, nor does the old one after another was made."""
    name = f"mei-{shop.prefix}"
    page = signed_in("/settings/accounts", "demo-owner")
    page.get_by_label("Account", exact=True).fill(name)
    choose(page, page.get_by_label("Roles"), "Agent", "Warehouse")
    page.get_by_role("button", name="Make account").click()
    first = secret_in(page, f"Password of {name}")
    assert serious_findings(page) == []
    hers = page_of("/sign-in")
    sign_in(hers, name, first)
    expect(hers).to_have_url(re.compile("/desk/inbox"))

    page.get_by_role("button", name=f"{name}: Lock").click()
    expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("locked")
    hers.reload()
    expect(hers).to_have_url(re.compile("/desk/sign-in"))
    page.get_by_role("button", name=f"{name}: Unlock").click()
    page.get_by_role("button", name=f"{name}: Reset password").click()
    page.get_by_role("tooltip").get_by_role("button", name="OK").click()
    second = secret_in(page, f"Password of {name}", but=first)
    sign_in(hers, name, first)
    says(hers, "This account or password is not right.")
    sign_in(hers, name, second)
    expect(hers).to_have_url(re.compile("/desk/inbox"))


def test_an_account_of_another_shop_is_told_in_words(signed_in: Open) -> None:
    """A name is nobody else's; who one is oneself cannot be locked out."""
    page = signed_in("/settings/accounts", "demo-owner", locale="zh-CN")
    page.get_by_label("账号", exact=True).fill("other-owner")
    choose(page, page.get_by_label("角色"), "客服")
    page.get_by_role("button", name="新建账号").click()
    says(page, "账号已存在。")
    page.get_by_role("button", name="demo-owner: 锁定").click()
    says(page, "不能对自己的账号做这项操作。")


def test_an_owner_sets_working_hours(shop: Shop, signed_in: Open, as_before: None) -> None:
    """In shifts, to the end of the day; another group keeps its round-the-clock."""
    page = signed_in("/settings/working-hours", "demo-owner")
    group = page.locator(".ant-card-type-inner").filter(has=page.get_by_role("heading", name="Aftersale"))
    group.get_by_role("radio", name="In shifts").check()
    ends = group.get_by_placeholder("To")
    ends.fill("00:00")
    ends.press("Enter")
    choose(page, group.get_by_label("Aftersale on public holidays"), "Closed")
    assert serious_findings(page) == []
    saved(page)
    week = ["mon", "tue", "wed", "thu", "fri"]
    shift = {"days": week, "intervals": [{"from": "09:00", "to": "24:00"}]}
    groups = shop.get(f"{SETTINGS}/working-hours", "demo-owner")["groups"]
    assert groups == {"aftersale": {"shifts": [shift], "holidays": "closed"}}


def test_an_owner_sets_up_who_works(shop: Shop, signed_in: Open, as_before: None) -> None:
    """Tasks go by load; somebody has shifts of their own, and is away today."""
    page = signed_in("/settings/staff", "demo-owner")
    page.get_by_role("radio", name="By load").check()
    choose(page, page.get_by_label("Add somebody"), "demo-agent")
    row = page.get_by_role("row").filter(has_text="demo-agent")
    row.get_by_role("button", name="Expand row").click()
    page.get_by_role("button", name="Add a shift").click()
    page.get_by_role("button", name="Add days away").click()
    assert serious_findings(page) == []
    saved(page)
    (person,) = shop.get(f"{SETTINGS}/staff", "demo-owner")["people"]
    assert (person["account"], person["groups"]) == ("demo-agent", ["presale", "aftersale"])
    assert person["shifts"][0]["intervals"] == [{"from": "09:00", "to": "18:00"}]
    assert len(person["away"]) == 1


def test_an_owner_tries_a_strategy(shop: Shop, signed_in: Open, as_before: None) -> None:
    """Off as it is, it is tried on what people decided; what it would do stands in a table; then it is saved."""
    ask(paid(shop), "refund_only", "other").take("agree")
    page = signed_in("/settings/after-sale-automation", "demo-owner")
    page.get_by_role("button", name="Add a strategy").click()
    page.get_by_role("button", name="Expand row").click()
    page.get_by_label("Title", exact=True).fill("Unshipped")
    page.get_by_label("When", exact=True).fill("service == 'refund_only' && !shiped")
    choose(page, page.get_by_label("Decides", exact=True), "Agree")
    page.get_by_label("Those that are off too").check()
    page.get_by_role("button", name="Try on past requests").click()
    says(page, "shiped")
    page.get_by_label("When", exact=True).fill("service == 'refund_only' && !shipped")
    page.get_by_role("button", name="Try on past requests").click()
    result = page.get_by_role("table", name="What they would have decided")
    row = result.get_by_role("row").filter(has_text="Unshipped").first
    expect(row).to_be_visible()
    counts = [int(cell) for cell in row.get_by_role("cell").all_inner_texts()[3:6]]
    assert counts[0] >= counts[1] > 0
    assert serious_findings(page) == []
    saved(page)
    (strategy,) = shop.get(f"{SETTINGS}/after-sale-automation", "demo-owner")["strategies"]
    assert (strategy["title"], strategy["decision"], strategy["enabled"]) == ("Unshipped", "agree", False)


def test_campaigns_and_texts_are_looked_up(shop: Shop, signed_in: Open) -> None:
    """What the marketplace has set, and what editions have people say, beside each other."""
    name = f"{shop.prefix}-eleven"
    terms: dict[str, Any] = {"from": "2026-11-10T16:00:00Z", "to": "2026-11-11T16:00:00Z", "ship_within": "P7D"}
    assert shop.call("PUT", f"/v1/campaigns/{name}", terms, "demo-platform").status_code == 201
    page = signed_in("/settings/campaigns", "demo-owner")
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("2026-11-11 00:00 – 2026-11-12 00:00")
    expect(row).to_contain_text("P7D")
    page.get_by_role("link", name="Texts", exact=True).click()
    expect(page.get_by_role("table", name="Texts")).to_contain_text("Remind the buyer to pay")
    page.get_by_label("Only what differs").check()
    assert serious_findings(page) == []


@pytest.mark.parametrize("section", ["webhooks", "accounts", "working-hours", "after-sale-automation", "texts"])
def test_a_phone_is_wide_enough(signed_in: Open, section: str) -> None:
    """Wide tables scroll in their place."""
    page = signed_in(f"/settings/{section}", "demo-owner", viewport={"width": 390, "height": 780})
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
