"""A headless Chromium of Debian's; without it, or without a built desk, these tests are skipped and say so."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.desk import BUILT
from tests.sandbox_server import Shop

CHROMIUM = shutil.which("chromium")
expect.set_options(timeout=30_000)  # a machine may have more to do than this
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
            options = {"locale": "en-GB", "timezone_id": "Asia/Shanghai", "base_url": str(shop.http.base_url)} | options
            context = chromium.new_context(**options)
            opened.callback(context.close)
            context.set_default_timeout(30_000)
            page = context.new_page()
            page.on("console", lambda message: blocked.append(message.text) if _is_policy(message.text) else None)
            page.goto(f"/desk{path}")
            return page

        yield open_page
        assert blocked == [], "the page did what its Content-Security-Policy forbids"


@pytest.fixture
def signed_in(page_of: Open) -> Open:
    """Opens a page as an account of the sandbox."""

    def open_page(path: str, account: str = "demo-agent", **options: Any) -> Page:
        page = page_of(path, **options)
        sign_in(page, account)
        return page

    return open_page


def sign_in(page: Page, account: str, password: str | None = None) -> None:
    """Fills the form in, in English or Chinese, by the keyboard."""
    name = page.get_by_label("Account").or_(page.get_by_label("账号"))
    name.fill(account)
    page.get_by_label("Password", exact=True).or_(page.get_by_label("密码", exact=True)).fill(password or account)
    page.keyboard.press("Enter")


def _is_policy(message: str) -> bool:
    return "Content Security Policy" in message
