"""A return from the buyer's wish to the money, by an agent who never touches the mouse."""

from playwright.sync_api import Page, expect

from tests.desk.accessibility import serious_findings
from tests.desk.conftest import Open, says
from tests.desk.test_journeys import open_by_keys, task
from tests.sandbox_server import Shop, line
from tests.workflows.requests import Request, ask, delivered


def test_an_agent_finishes_a_return_by_keyboard(shop: Shop, signed_in: Open) -> None:
    """More than the goods cost is refused at the field; less is not; the rest is seen on the request's page."""
    request = ask(delivered(shop, lines=[line(amount="300.00")]), "return_refund")
    page = signed_in("/inbox?view=all&type=review_after_sale")
    open_by_keys(page, task(request, "review_after_sale"))
    panel = page.get_by_role("complementary")
    _choose(page, "Agreed")
    amount = panel.get_by_label("Amount", exact=True)
    _reach(page, "Amount")
    page.keyboard.type("nothing")
    page.keyboard.press("Control+Enter")
    says(panel, "amount")
    expect(panel.locator(".ant-form-item-explain-error")).to_contain_text("amount")
    amount.press("Control+A")
    page.keyboard.type("301.00")
    page.keyboard.press("Control+Enter")
    says(panel, "No more than 300.00 yuan can be paid back.")
    assert serious_findings(page) == []
    amount.press("Control+A")
    page.keyboard.type("300.00")
    page.keyboard.press("Control+Enter")
    expect(panel.get_by_text("This task is settled.")).to_be_visible()
    request.send_back()
    request.scan_return("signed")
    request.inspect()
    _find(page, request)
    expect(page.locator('[aria-current="step"]')).to_have_text("Succeeded")
    expect(page.get_by_role("region", name="Money")).to_contain_text("300.00")


def _choose(page: Page, outcome: str) -> None:
    """e leads to the outcomes as long as none is chosen; the arrows go through them."""
    page.keyboard.press("e")
    wanted = page.get_by_role("complementary").get_by_role("radio", name=outcome)
    expect(page.locator("input[type=radio]:focus")).to_be_visible()
    page.keyboard.press("Space")
    while not wanted.is_checked():
        page.keyboard.press("ArrowDown")
    expect(wanted).to_be_checked()


def _reach(page: Page, label: str) -> None:
    """By Tab."""
    field = page.get_by_role("complementary").get_by_label(label, exact=True)
    expect(field).to_be_visible()
    while not field.evaluate("field => field === document.activeElement"):
        page.keyboard.press("Tab")


def _find(page: Page, request: Request) -> None:
    """By the way back's number, from where one is."""
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_label("Search")).to_be_focused()
    page.keyboard.type(request.return_no)
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name=request.opened["order_id"], exact=True)
    expect(link).to_be_visible()
    while not link.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Deadlines")).to_be_visible()
