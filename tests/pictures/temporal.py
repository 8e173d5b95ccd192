"""Pictures of the Temporal UI, from `caseline up` and a headless Chromium.

The orders are placed three days ago, so that their clocks have run out as the tour of the README lets them.
"""

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from temporalio.client import Client

from tests.browser import Page, browser_page
from tests.faults.client import Shop, event, order, shop_at
from tests.faults.up import Up, caseline_up

IMAGES = Path(__file__).parents[2] / "docs" / "images"
PAYMENTS = "/sandbox/partners/payment"
AGO = timedelta(hours=73)
LOOK_AGAIN_AFTER = 0.2
WIDTH, HEIGHT, MARGIN = 1500, 1800, 12
"""Of the browser's window and around what is shown, in pixels."""
PAUSE = 1.5
"""Seconds between two things that happen, so that the timeline shows them side by side."""


async def main() -> None:
    """Tells two stories, and takes their pictures."""
    with tempfile.TemporaryDirectory(prefix="caseline-pictures-") as folder:
        async with caseline_up(Path(folder)) as up, shop_at(up.address) as shop, browser_page() as page:
            await late_and_returned(shop, "T1001")
            await waiting_for_a_partner(shop, "T1002")
            await timeline(page, up, "order:demo:taobao:T1001", IMAGES / "order.png")
            await timeline(page, up, "after-sale:demo:taobao:T1001:1", IMAGES / "return.png")
            await details(page, up, "after-sale:demo:taobao:T1002:1", IMAGES / "details.png")


async def late_and_returned(shop: Shop, order_id: str) -> None:
    """The README's tour: shipped late, signed for, sent back, paid back."""
    case = await paid(shop, order_id)
    while not (tasks := (await shop.insist("GET", "/v1/work-items?type=unshipped_48h"))["items"]):  # noqa: ASYNC110
        await asyncio.sleep(LOOK_AGAIN_AFTER)
    said = {"outcome": "shipped_not_reported", "data": {"carrier": "zto", "tracking_no": "ZT1"}}
    await shop.insist("POST", f"/v1/work-items/{tasks[0]['item_id']}/complete", said)
    await asyncio.sleep(PAUSE)
    await shop.insist("POST", "/v1/events", event("sign-1", "parcel.signed", "parcel/zto/ZT1"), "demo-carrier")
    await shop.until(case, lambda seen: seen["stage"] == "delivered")
    await asyncio.sleep(PAUSE)
    request = await asked(shop, order_id, service="return_refund", reason="quality")
    await act(shop, request, "agree")
    await act(shop, request, "submit_return", "buyer", carrier="yto", tracking_no="R1", freight_paid="18.00")
    await act(shop, request, "inspect_return", "warehouse", conforming=True, cause="quality")
    await shop.until(request, lambda seen: not seen["open"])


async def waiting_for_a_partner(shop: Shop, order_id: str) -> None:
    """A refund is granted while the payments partner is down."""
    await paid(shop, order_id)
    await shop.insist("PUT", PAYMENTS, {"down": True}, "demo-ops")
    request = await asked(shop, order_id, service="refund_only", reason="other")
    await act(shop, request, "agree")


async def paid(shop: Shop, order_id: str) -> str:
    """An order placed and paid three days ago; its case id."""
    then = datetime.now(UTC) - AGO
    await shop.insist("POST", "/v1/cases", order(order_id) | {"placed_at": then.isoformat()})
    received = event(f"{order_id}-pay", "payment.received", f"order/taobao/{order_id}", then, amount="209.00")
    await shop.insist("POST", "/v1/events", received, "demo-payment")
    await shop.until(case := f"order:demo:taobao:{order_id}", lambda seen: seen["stage"] == "awaiting_shipment")
    await asyncio.sleep(PAUSE)
    return case


async def asked(shop: Shop, order_id: str, **request: str) -> str:
    """The buyer's request; its case id."""
    await act(shop, f"order:demo:taobao:{order_id}", "request_after_sale", "buyer", **request)
    return f"after-sale:demo:taobao:{order_id}:1"


async def act(shop: Shop, case: str, action: str, role: str = "agent", **input_: object) -> None:
    """A step of somebody's."""
    await shop.insist("POST", f"/v1/cases/{case}/actions/{action}", input_, f"demo-{role}")
    await asyncio.sleep(PAUSE)


async def timeline(page: Page, up: Up, case: str, file: Path) -> None:
    """The timeline of a case in the Temporal UI, without the case's long input."""
    await page.open(await address(up, case, "timeline"), WIDTH, HEIGHT)
    await page.until(f"{heading('h2', 'Timeline')} && {heading('h3', 'Input')}")
    await page.evaluate(f"{heading('h3', 'Input')}.parentElement.parentElement.remove()")
    await asyncio.sleep(PAUSE)
    await page.picture(file, from_title_to(f"{heading('h2', 'Timeline')}.parentElement.parentElement.parentElement"))


async def details(page: Page, up: Up, case: str, file: Path) -> None:
    """The current details of a case in the Temporal UI."""
    await page.open(await address(up, case, "user-metadata"), WIDTH, HEIGHT)
    shown = "document.querySelector('#user-metadata-current-details')"
    await page.until(shown)
    await asyncio.sleep(PAUSE)
    await page.picture(file, from_title_to(shown))


def heading(tag: str, text: str) -> str:
    """The heading of that text, in JavaScript."""
    return f"[...document.querySelectorAll('{tag}')].find(one => one.innerText === '{text}')"


def from_title_to(last: str) -> str:
    """The part of the page from the case's id to the end of an element, in JavaScript."""
    return f"""(() => {{
      const title = document.querySelector('h1').closest('main').getBoundingClientRect();
      const top = document.querySelector('h1').getBoundingClientRect().top - {MARGIN};
      const bottom = {last}.getBoundingClientRect().bottom + {MARGIN};
      return {{ x: title.left, y: top, width: title.width, height: bottom - top }};
    }})()"""


async def address(up: Up, case: str, view: str) -> str:
    """Where the Temporal UI shows the last run of a case."""
    temporal = await Client.connect(f"127.0.0.1:{up.temporal_port}")
    run = (await temporal.get_workflow_handle(case).describe()).run_id
    return f"http://127.0.0.1:{up.ui_port}/namespaces/default/workflows/{quote(case, safe='')}/{run}/{view}"
