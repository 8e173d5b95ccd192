"""How long the inbox takes to be there in a headless Chromium, from its address to rows that can be worked on."""

import shutil
from collections.abc import Callable
from random import Random

from playwright.async_api import Browser, StorageState, async_playwright
from rich.table import Table

from bench.figures import Report
from bench.inbox.bare import Bare
from bench.inbox.figures import Took, took
from bench.inbox.filling import AGENT, fill
from bench.inbox.run import SEED
from bench.inbox.setup import running_setup
from bench.machine import Beginning
from bench.table import busy

ROW = "tr[data-row-key]"
CHROMIUM = shutil.which("chromium")


class DeskReport(Report):
    """Milliseconds until the rows stand there.

    Attributes:
        first: in a browser that has never been here.
        again: in one that has the desk's files.
    """

    items: int
    first: Took
    again: Took


async def run(items: int, opens: int, say: Callable[[str], None]) -> DeskReport:
    """Opens the inbox of a shop with so many open tasks, again and again."""
    began = Beginning.now()
    say("starting PostgreSQL, an embedded Temporal server, a worker and the API")
    async with running_setup() as setup, async_playwright() as playwright:
        say(f"filling in {items} open tasks")
        await fill(setup.db, items, Random(SEED))
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        address = str(setup.http.base_url)
        say("opening the inbox")
        signed_in = await _sign_in(browser, address)
        first = [(await _open(browser, address, signed_in, 1))[0] for _ in range(opens)]
        again = (await _open(browser, address, signed_in, opens + 1))[1:]
        await browser.close()
        return DeskReport(
            started_at=began.started_at,
            machine=began.machine(),
            items=await Bare(setup.db).open_items(),
            first=took(first),
            again=took(again),
        )


async def _sign_in(browser: Browser, address: str) -> StorageState:
    """The cookies of somebody who has signed in."""
    context = await browser.new_context()
    credentials = {"account": AGENT.account, "password": AGENT.account}
    answer = await context.request.post(f"{address}/v1/sessions", data=credentials)
    assert answer.ok, await answer.text()
    state = await context.storage_state()
    await context.close()
    return state


async def _open(browser: Browser, address: str, signed_in: StorageState, times: int) -> list[float]:
    """Seconds that each opening took, in one new browser profile."""
    context = await browser.new_context(storage_state=signed_in)
    page = await context.new_page()
    seconds = []
    for _ in range(times):
        await page.goto(f"{address}/desk/inbox")
        await page.wait_for_selector(ROW)
        seconds.append(await page.evaluate("performance.now()") / 1000)
    await context.close()
    return seconds


def table(report: DeskReport) -> Table:
    """For people."""
    shown = Table(title=f"The desk's inbox, {report.items} open tasks, {busy(report.machine)}", title_justify="left")
    shown.add_column("milliseconds until the rows are there")
    for heading in ("p50", "p99", "most"):
        shown.add_column(heading, justify="right")
    for name, figures in (("first visit", report.first), ("with the desk's files kept", report.again)):
        shown.add_row(name, *(f"{figure:.0f}" for figure in (figures.p50, figures.p99, figures.most)))
    return shown
