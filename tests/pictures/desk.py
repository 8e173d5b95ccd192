"""Pictures of the desk in the middle of an invented shop's day, from a sandbox."""

import httpx
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.desk.conftest import CHROMIUM, sign_in
from tests.pictures.day import Day
from tests.pictures.temporal import IMAGES
from tests.sandbox_server import Shop, started_sandbox

WINDOW: ViewportSize = {"width": 1360, "height": 820}


def main() -> None:
    """Lives the day, and takes the pictures in it; of the wall while a campaign's orders come in."""
    with started_sandbox() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--hide-scrollbars"])
        with httpx.Client(base_url=address, timeout=300) as http:
            day = Day(Shop(http))
            request = day.live()
            _inbox(_page(browser, address, "/inbox?view=all"))
            _case(_page(browser, address, f"/cases/{request.case_id}", "demo-owner"))
            _figures(_page(browser, address, "/figures", "demo-owner"))
            day.rush()
            _wall(_page(browser, address, "/wall", "demo-owner"))
        browser.close()


def _page(browser: Browser, address: str, path: str, account: str = "demo-agent") -> Page:
    """A page of the desk as somebody in China sees it, in English."""
    context = browser.new_context(base_url=address, viewport=WINDOW, locale="en-GB", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.goto(f"/desk{path}")
    sign_in(page, account)
    return page


def _inbox(page: Page) -> None:
    """With a task open beside the list."""
    page.get_by_role("row").filter(has_text="48 h").first.click()
    panel = page.get_by_role("complementary")
    expect(panel.get_by_role("radio").first).to_be_visible()
    expect(panel.get_by_text("Goods", exact=True)).to_be_visible()
    page.mouse.move(0, 0)
    _take(page, "inbox")


def _case(page: Page) -> None:
    """A return that the warehouse is to inspect."""
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()
    page.wait_for_load_state("networkidle")
    _take(page, "case")


def _figures(page: Page) -> None:
    """The shop's last days."""
    expect(page.locator(".figure-chart canvas").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    _take(page, "figures")


def _wall(page: Page) -> None:
    """What a screen in the room shows."""
    expect(page.locator("main.wall")).to_be_visible()
    page.wait_for_load_state("networkidle")
    _take(page, "wall")


def _take(page: Page, name: str) -> None:
    page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")
