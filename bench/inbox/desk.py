"""How long the desk takes in a headless Chromium: from an address to its rows, from an answer to what it changed."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from random import Random
from typing import cast

from playwright.async_api import Browser, BrowserContext, Page, StorageState, async_playwright
from rich.table import Table

from bench.figures import Report
from bench.inbox import completing
from bench.inbox.bare import Bare
from bench.inbox.figures import Took, took
from bench.inbox.filling import AGENT, fill
from bench.inbox.run import SEED
from bench.inbox.setup import running_setup
from bench.machine import Beginning
from bench.table import busy

ROW = "tr[data-row-key]"
STEP = "urge_shipment"
"""A step of a paid order that asks for nothing, and that one can take once."""
CHROMIUM = shutil.which("chromium")
PRESSED = """async ({ button, answered, shown }) => {
  const isShown = () => document.querySelector(shown);
  const there = new Promise((resolve) => {
    const watch = new MutationObserver(() => isShown() && (watch.disconnect(), resolve(performance.now())));
    watch.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  performance.clearResourceTimings();
  document.querySelector(button).click();
  const at = await there;
  const answers = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(answered));
  return (at - answers[0].responseEnd) / 1000;
}"""
"""Presses a button; answers how many seconds after the API's answer something stood on the page."""


class DeskReport(Report):
    """Milliseconds.

    Attributes:
        first: until the rows stand there, in a browser that has never been here.
        again: in one that has the desk's files.
        first_cpu: of that, CPU of the page's own thread.
        again_cpu: likewise.
        claimed: from the API's answer to a claim until the page shows it.
        completed: likewise of a completion.
        stepped: likewise of a step on a case's page.
    """

    items: int
    first: Took
    first_cpu: Took
    again: Took
    again_cpu: Took
    claimed: Took
    completed: Took
    stepped: Took


async def run(items: int, opens: int, say: Callable[[str], None]) -> DeskReport:
    """Opens the inbox of a shop with so many open tasks, again and again; then does as many tasks."""
    began = Beginning.now()
    say("starting PostgreSQL, an embedded Temporal server, a worker and the API")
    async with running_setup() as setup, async_playwright() as playwright:
        say(f"filling in {items} open tasks")
        await fill(setup.db, items, Random(SEED))
        tasks = await completing.real_tasks(setup, opens)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        address = str(setup.http.base_url)
        say("opening the inbox")
        signed_in = await _sign_in(browser, address)
        first = [(await _open(browser, address, signed_in, 1))[0] for _ in range(opens)]
        again = (await _open(browser, address, signed_in, opens + 1))[1:]
        say("doing tasks")
        answers = [await _do(browser, address, signed_in, task) for task in tasks]
        await browser.close()
        claimed, completed, stepped = zip(*answers, strict=True)
        return DeskReport(
            started_at=began.started_at,
            machine=began.machine(),
            items=await Bare(setup.db).open_items(),
            first=took([seconds for seconds, _ in first]),
            first_cpu=took([cpu for _, cpu in first]),
            again=took([seconds for seconds, _ in again]),
            again_cpu=took([cpu for _, cpu in again]),
            claimed=took(claimed),
            completed=took(completed),
            stepped=took(stepped),
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


async def _open(browser: Browser, address: str, signed_in: StorageState, times: int) -> list[tuple[float, float]]:
    """Seconds that each opening took in one new browser profile, and those of its thread's CPU."""
    took_each = []
    async with _page(browser, signed_in) as (page, context):
        inside = await context.new_cdp_session(page)
        await inside.send("Performance.enable", {"timeDomain": "threadTicks"})
        for _ in range(times):
            await page.goto(f"{address}/desk/inbox", wait_until="commit")
            await page.wait_for_selector(ROW)
            seconds = await page.evaluate("performance.now()") / 1000
            metrics = (await inside.send("Performance.getMetrics"))["metrics"]
            took_each.append((seconds, next(one["value"] for one in metrics if one["name"] == "TaskDuration")))
    return took_each


async def _do(browser: Browser, address: str, signed_in: StorageState, task: completing.RealTask) -> list[float]:
    """Seconds from the API's answers to what the page shows: a claim, a completion, a step on the case's page."""
    async with _page(browser, signed_in) as (page, _):
        await page.goto(f"{address}/desk/inbox?view=all&task={task.item_id}")
        await page.wait_for_selector(f'input[value="{completing.OUTCOME}"]')
        of_task = f"/v1/work-items/{task.item_id}"
        claimed = await _pressed(page, '[data-key="c"]', f"{of_task}/claim", ".inbox-panel:not(:has([data-key=c]))")
        await page.eval_on_selector(f'input[value="{completing.OUTCOME}"]', "radio => radio.click()")
        completed = await _pressed(page, '[data-key="e"]', f"{of_task}/complete", ".inbox-panel .ant-alert-success")
        await page.goto(f"{address}/desk/cases/{task.case_id}")
        await page.click(f"[data-action={STEP}]")
        taken = f".case:not(:has([data-action={STEP}]))"
        stepped = await _pressed(page, ".case-step .ant-btn-primary", f"/actions/{STEP}", taken)
        return [claimed, completed, stepped]


async def _pressed(page: Page, button: str, answered: str, shown: str) -> float:
    return cast(float, await page.evaluate(PRESSED, {"button": button, "answered": answered, "shown": shown}))


@asynccontextmanager
async def _page(browser: Browser, signed_in: StorageState) -> AsyncIterator[tuple[Page, BrowserContext]]:
    context = await browser.new_context(storage_state=signed_in)
    yield await context.new_page(), context
    await context.close()


def table(report: DeskReport) -> Table:
    """For people."""
    shown = Table(title=f"The desk, {report.items} open tasks, {busy(report.machine)}", title_justify="left")
    shown.add_column("milliseconds")
    for heading in ("p50", "p99", "most"):
        shown.add_column(heading, justify="right")
    for name, figures in (
        ("first visit, until the rows are there", report.first),
        ("  of that CPU of the page", report.first_cpu),
        ("with the desk's files kept", report.again),
        ("  of that CPU of the page", report.again_cpu),
        ("a claim, from the answer to the page", report.claimed),
        ("a completion, from the answer to the page", report.completed),
        ("a step of a case, from the answer to the page", report.stepped),
    ):
        shown.add_row(name, *(f"{figure:.0f}" for figure in (figures.p50, figures.p99, figures.most)))
    return shown
