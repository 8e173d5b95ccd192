"""A headless Chromium of Debian's; without it, or without a built desk, these tests are skipped and say so."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from api.desk import BUILT
from tests.patience import PATIENCE
from tests.sandbox_server import Shop

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""The one without windows of its own, where it is installed: it takes half of the CPU."""
WITHIN = PATIENCE * 1000
expect.set_options(timeout=WITHIN)
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for the tests of a module; each page of theirs has cookies of its own.

    Playwright runs an event loop for as long as it is there, so it must be gone before other modules' tests run theirs.
    """
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    if not (BUILT / "index.html").is_file():
        pytest.skip("the desk is not built (make build)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page_of(chromium: Browser, shop: Shop) -> Iterator[Open]:
    """Opens a page of the desk in a browser of one's own: `page_of("/inbox", locale="zh-CN")`."""
    with ExitStack() as opened:
        blocked: list[str] = []

        def open_page(path: str, **options: Any) -> Page:
            ours = {"base_url": str(shop.http.base_url), "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
            context = chromium.new_context(**{"locale": "en-GB", **ours, **options})
            opened.callback(context.close)
            context.set_default_timeout(WITHIN)
            page = context.new_page()
            page.on("console", lambda message: blocked.append(message.text) if _is_policy(message.text) else None)
            page.goto(f"/desk{path}")
            return page

        yield open_page
        assert blocked == [], "the page did what its Content-Security-Policy forbids"


@pytest.fixture
def signed_in(page_of: Open) -> Open:
    """Opens a page as an account of the sandbox; the way in is gone by then."""

    def open_page(path: str, account: str = "demo-agent", **options: Any) -> Page:
        page = page_of(path, **options)
        sign_in(page, account)
        expect(page).not_to_have_url(re.compile("/desk/sign-in"))
        expect(page.locator(".sign-in")).to_have_count(0)
        return page

    return open_page


def sign_in(page: Page, account: str, password: str | None = None) -> None:
    """Fills the form in, in English or Chinese, by the keyboard."""
    name = page.get_by_label("Account").or_(page.get_by_label("账号"))
    name.fill(account)
    secret = page.get_by_label("Password", exact=True).or_(page.get_by_label("密码", exact=True))
    secret.fill(password or account)
    secret.press("Enter")


def says(where: Page | Locator, words: str) -> None:
    """An alert does, whatever others say beside it."""
    expect(where.get_by_role("alert").filter(has_text=words).first).to_be_visible()


def row_of(page: Page, item: dict[str, Any]) -> Locator:
    """A task's row in the inbox; as much of the list is shown as it takes."""
    row = page.locator(f'tr[data-row-key="{item["item_id"]}"]')
    more = page.get_by_role("button", name="Show more")
    while not row.is_visible():
        expect(row.or_(more).first).to_be_visible()
        if more.is_visible():
            more.click()
    return row


def go_down_to(page: Page, item: dict[str, Any]) -> None:
    """By the key, one row at a time, until the task is open beside the list."""
    row_of(page, item)
    here = page.locator('tr[aria-selected="true"]')
    while (at := here.get_attribute("data-row-key") if here.count() else "") != item["item_id"]:
        page.keyboard.press("j")
        expect(page.locator(f'tr[aria-selected="true"]:not([data-row-key="{at}"])')).to_be_visible()
    expect(page.get_by_role("complementary")).to_contain_text(item["case_id"])


def claim_by_key(page: Page) -> None:
    """The task that is open."""
    panel = page.get_by_role("complementary")
    expect(panel.get_by_role("button", name="Claim")).to_be_enabled()
    page.keyboard.press("c")
    expect(panel.get_by_role("button", name="Give back")).to_be_visible()


def _is_policy(message: str) -> bool:
    return "Content Security Policy" in message
