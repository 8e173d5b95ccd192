"""What anybody typed anywhere is text on the desk: nothing of it is carried out, and nothing of it is an element."""

import pytest
from playwright.sync_api import Page, expect

from tests.desk.conftest import Open
from tests.sandbox_server import OrderUnderTest, Shop, line
from tests.workflows.requests import Request, ask

MARKUP = "<img src=x onerror=alert(1)><b>planted</b>{{7*7}}"


@pytest.fixture
def planted(shop: Shop) -> tuple[OrderUnderTest, Request]:
    """An order and a request with markup in every text that the API takes of them."""
    buyer = {"id": f"{MARKUP[:60]}", "name": MARKUP, "phone": "13800000000", "address": MARKUP, "region": MARKUP[:40]}
    goods = line(sku=MARKUP[:60], title=MARKUP, category=MARKUP[:60])
    order = shop.open(lines=[goods], buyer=buyer, buyer_message=MARKUP)
    order.pay()
    steps = {
        "add_memo": {"text": MARKUP},
        "register_invoice": {"kind": "personal", "title": MARKUP},
        "compensate": {"amount": "1.00", "reason": MARKUP},
    }
    for name, body in steps.items():
        taken = order.act(name, body)
        assert taken.status_code == 200, taken.text
    order.ship()
    order.scan("scanned", location=MARKUP[:60])
    order.scan("signed", signed_by=MARKUP)
    order.until(lambda seen: seen["stage"] == "delivered")
    request = ask(order, "return_refund", "quality", description=MARKUP)
    request.take("refuse", {"reason": "other", "message": MARKUP})
    request.take("ask_platform", {"text": MARKUP}, "demo-buyer")
    request.take("submit_evidence", {"kind": "photo", "reference": MARKUP, "text": MARKUP}, "demo-buyer")
    return order, request


def test_planted_markup_is_text(signed_in: Open, planted: tuple[OrderUnderTest, Request]) -> None:
    """In lists, on both pages, in the search and in a task's panel."""
    order, request = planted
    page = signed_in("/inbox?view=all")
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    expect(page.get_by_role("table")).to_be_visible()
    _is_text(page)
    for case in (order, request):
        page.goto(f"/desk/cases/{case.case_id}")
        expect(page.get_by_role("heading", name="Timeline")).to_be_visible()
        for folded in page.locator("summary").all():
            folded.click()
        expect(page.get_by_role("region", name="Memos and messages")).to_contain_text(MARKUP)
        _is_text(page)
    page.goto(f"/desk/search?q={order.opened['order_id']}")
    expect(page.get_by_role("link", name=order.opened["order_id"], exact=True).first).to_be_visible()
    _is_text(page)
    assert ran == []


def _is_text(page: Page) -> None:
    """No element came of it, and no catalogue of words took its braces for a place."""
    assert page.locator("img[src=x]").count() == 0
    assert page.locator("b", has_text="planted").count() == 0
    assert page.get_by_text("planted49").count() == 0
