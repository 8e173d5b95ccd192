"""The page of a case: all of it in one look, steps with their forms, refusals in words; search and the test clock."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.desk.accessibility import serious_findings
from tests.desk.conftest import Open, says
from tests.sandbox_server import OrderUnderTest, Shop

HEADINGS = {
    "en-GB": ("Deadlines", "Timeline", "Money", "What you can do"),
    "zh-CN": ("时限", "时间线", "款项", "可执行操作"),
}
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture
def case(shop: Shop) -> OrderUnderTest:
    """A paid order of a buyer whose name is markup."""
    opened = shop.open(buyer={"id": "b-1", "name": MARKUP, "phone": "13800000000"})
    opened.pay()
    return opened


def _page(signed_in: Open, case: OrderUnderTest, **options: Any) -> Page:
    return signed_in(f"/cases/{case.case_id}", **options)


@pytest.mark.parametrize("locale", HEADINGS)
def test_a_case_is_seen_in_one_look(signed_in: Open, case: OrderUnderTest, locale: str) -> None:
    """In one language; what was typed in is text, and nothing of it is run."""
    page = _page(signed_in, case, locale=locale)
    for heading in HEADINGS[locale]:
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.get_by_text(MARKUP)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("209.00")
    assert serious_findings(page) == []


def test_a_case_is_readable_in_the_dark_and_on_a_phone(signed_in: Open, case: OrderUnderTest) -> None:
    """Nothing is wider than the screen."""
    page = _page(signed_in, case, color_scheme="dark", viewport={"width": 390, "height": 780})
    expect(page.get_by_role("heading", name="Deadlines")).to_be_visible()
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_step_asks_for_its_input_and_shows_the_new_state(signed_in: Open, case: OrderUnderTest) -> None:
    """The memo stands on the page without loading it again."""
    page = _page(signed_in, case)
    page.get_by_role("button", name="Add a memo").click()
    page.get_by_label("Text").fill(f"please hurry {MARKUP}")
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_role("region", name="Memos and messages")).to_contain_text(f"please hurry {MARKUP}")


def test_a_refused_step_says_why(signed_in: Open, case: OrderUnderTest) -> None:
    """In the API's own sentence: the buyer asked first, while the agent still looked at it."""
    page = _page(signed_in, case)
    page.get_by_role("button", name="Ask for the shipment").click()
    assert case.act("urge_shipment", token="demo-buyer").status_code == 200
    page.get_by_role("button", name="Confirm", exact=True).click()
    says(page, "Somebody is looking into it already.")


def test_what_is_not_possible_says_why(signed_in: Open, case: OrderUnderTest) -> None:
    """Beside the step's title."""
    page = _page(signed_in, case)
    page.get_by_text("What is not possible now, and why").click()
    entry = page.get_by_role("listitem").filter(has_text="Close unpaid")
    expect(entry).to_contain_text("The buyer has paid; ask for a refund instead of closing.")


def test_a_deadline_says_why(signed_in: Open, case: OrderUnderTest) -> None:
    """In words: what happened, the rule and its value; what is over is folded away."""
    page = _page(signed_in, case)
    deadlines = page.get_by_role("region", name="Deadlines")
    why = deadlines.get_by_role("list", name="Why it is due then").filter(has_text="time to ship")
    expect(why).to_contain_text("Payment received")
    expect(why).to_contain_text("time to ship 72 hours")
    over = deadlines.get_by_text("time to pay")
    expect(over).to_be_hidden()
    deadlines.get_by_text("that are over").or_(deadlines.get_by_text("that is over")).click()
    expect(over.first).to_be_visible()


def test_the_timeline_is_filtered(signed_in: Open, case: OrderUnderTest) -> None:
    """By what a line is about."""
    page = _page(signed_in, case)
    timeline = page.get_by_role("region", name="Timeline")
    expect(timeline.get_by_role("listitem")).not_to_have_count(0)
    timeline.get_by_label("About what").click()
    page.locator(".ant-select-item-option", has_text="Money").click()
    expect(timeline.get_by_role("listitem")).to_have_count(1)
    expect(timeline.get_by_role("listitem")).to_contain_text("209.00")


def test_search_leads_to_a_case(signed_in: Open, case: OrderUnderTest) -> None:
    """By the key, from anywhere."""
    page = signed_in("/inbox")
    expect(page.get_by_role("table").first).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_label("Search")).to_be_focused()
    page.keyboard.type(case.opened["order_id"])
    page.keyboard.press("Enter")
    page.get_by_role("link", name=case.opened["order_id"], exact=True).click()
    expect(page.get_by_role("heading", name="Deadlines")).to_be_visible()


@pytest.mark.parametrize("advance", [("en-GB", "Advance"), ("zh-CN", "快进")])
def test_the_test_clock_moves(shop: Shop, signed_in: Open, case: OrderUnderTest, advance: tuple[str, str]) -> None:
    """By a day, and the page shows what that brought."""
    locale, label = advance
    page = _page(signed_in, case, locale=locale)
    before = shop.now()
    with page.expect_response("**/sandbox/clock/advance"):
        page.get_by_role("button", name=label, exact=True).click()
    assert shop.now() - before >= timedelta(days=1)
