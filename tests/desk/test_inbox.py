"""The inbox: from the list to what came of a task, by keyboard, by two people, on a phone."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.desk.accessibility import serious_findings
from tests.desk.conftest import Open, claim_by_key, go_down_to, row_of, says
from tests.sandbox_server import OrderUnderTest, Shop


@pytest.fixture
def item(shop: Shop) -> dict[str, Any]:
    """A task of an order that has not left after two days."""
    case = shop.open(buyer={"id": "b-1", "name": "<img src=x onerror=alert(1)>", "phone": "13800000000"})
    case.pay()
    shop.advance(hours=49)
    return _item(shop, case)


def _item(shop: Shop, case: OrderUnderTest) -> dict[str, Any]:
    found = shop.get(f"/v1/work-items?case_id={case.case_id}&type=unshipped_48h")["items"]
    (item,) = found
    return dict(item)


def _again(shop: Shop, item: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = shop.get(f"/v1/work-items/{item['item_id']}")
    return found


def test_a_task_is_done_by_keyboard(shop: Shop, signed_in: Open, item: dict[str, Any]) -> None:
    """j to it, c claims it, the outcome by the arrows, e completes it; the list moves by itself."""
    page = signed_in("/inbox?view=all&type=unshipped_48h")
    row = row_of(page, item)
    go_down_to(page, item)
    claim_by_key(page)
    assert _again(shop, item)["assignee"] == "demo-agent"
    panel = page.get_by_role("complementary")
    outcome = panel.get_by_role("radio", name="Will ship")
    outcome.focus()
    page.keyboard.press("Space")
    expect(outcome).to_be_checked()
    panel.get_by_role("heading").click()
    page.keyboard.press("e")
    expect(panel.get_by_text("This task is settled.")).to_be_visible()
    expect(row).to_be_hidden()
    assert _again(shop, item)["outcome"] == "will_ship"


def test_the_list_does_not_move_under_a_hand(shop: Shop, signed_in: Open, item: dict[str, Any]) -> None:
    """What somebody else has done stays in its place, struck out, until the pointer leaves."""
    page = signed_in("/inbox?view=all&type=unshipped_48h")
    row = row_of(page, item)
    row.hover()
    box = row.bounding_box()
    assert box
    complete = partial(shop.call, "POST", f"/v1/work-items/{item['item_id']}/complete", {"outcome": "will_ship"})
    with ThreadPoolExecutor(1) as meanwhile:
        done = meanwhile.submit(complete)
        while "inbox-gone" not in (row.get_attribute("class") or ""):
            page.mouse.move(box["x"] + 40, box["y"] + 10)
            page.mouse.move(box["x"] + 60, box["y"] + 10)
    assert done.result().status_code == 200, done.result().text
    page.mouse.move(2, 2)
    expect(row).to_be_hidden()


def test_one_of_two_gets_a_task(shop: Shop, signed_in: Open, item: dict[str, Any]) -> None:
    """The other is told who has it."""
    address = f"/inbox?view=all&type=unshipped_48h&task={item['item_id']}"
    pages = [signed_in(address, account) for account in ("demo-agent", "demo-warehouse")]
    claims = [page.get_by_role("button", name="Claim") for page in pages]
    for claim in claims:
        expect(claim).to_be_visible()
    claims[0].click()
    expect(pages[0].get_by_role("button", name="Give back")).to_be_visible()
    claims[1].click()
    says(pages[1], "demo-agent has this task.")
    assert _again(shop, item)["assignee"] == "demo-agent"


def test_a_refusal_is_read_out(signed_in: Open, shop: Shop, item: dict[str, Any]) -> None:
    """In the API's own words, and what was filled in stays."""
    page = signed_in(f"/inbox?view=all&type=unshipped_48h&task={item['item_id']}")
    panel = page.get_by_role("complementary")
    panel.get_by_role("radio", name="Shipped not reported").check()
    panel.get_by_label("Carrier", exact=True).fill("Not A Carrier")
    panel.get_by_role("button", name="Complete").click()
    says(panel, "carrier")
    expect(panel.get_by_label("Carrier", exact=True)).to_have_value("Not A Carrier")
    assert _again(shop, item)["state"] == "open"


def test_what_people_wrote_is_text(signed_in: Open, item: dict[str, Any]) -> None:
    """Markup in a buyer's name is shown, not carried out."""
    page = signed_in("/inbox?view=all&type=unshipped_48h")
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    expect(row_of(page, item)).to_contain_text("<**")
    assert asked == []


def test_a_phone_shows_a_task_over_the_list(signed_in: Open, item: dict[str, Any]) -> None:
    """And the list again when it is closed; nothing is wider than the screen."""
    page = signed_in("/inbox?view=all&type=unshipped_48h", viewport={"width": 390, "height": 780})
    row_of(page, item).click()
    task = page.get_by_role("dialog")
    expect(task.get_by_role("button", name="Complete")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Escape")
    expect(task).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(signed_in: Open, item: dict[str, Any], scheme: str) -> None:
    """In the light and in the dark, with a task open (WCAG A and AA)."""
    page = signed_in(f"/inbox?view=all&type=unshipped_48h&task={item['item_id']}", color_scheme=scheme)
    expect(page.get_by_role("radio").first).to_be_visible()
    assert serious_findings(page) == []
