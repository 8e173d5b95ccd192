"""A wall on a campaign day, while orders come in."""

import pytest
from playwright.sync_api import Page, expect

from tests.api.holding import hold, holding, on_sale, scripted
from tests.desk.accessibility import serious_findings
from tests.desk.conftest import Open
from tests.sandbox_server import Shop


def shows(page: Page, name: str, value: int) -> None:
    expect(page.get_by_role("region", name=name).get_by_role("status")).to_have_text(str(value))


def test_orders_come_in(shop: Shop, signed_in: Open) -> None:
    """Opened, packed and picked up elsewhere; nobody touches the wall."""
    shop.advance(minutes=2)
    page = signed_in("/wall", viewport={"width": 1920, "height": 1080})
    expect(page.get_by_role("heading", name="demo today")).to_be_visible()
    before = shop.get("/v1/wall")
    to_pack, to_pick_up = before["to_ship"], before["to_pick_up"]
    assert before["last_minute"] == 0
    orders = [shop.open() for _ in range(5)]
    shows(page, "Orders in the last minute", 5)
    for order in orders:
        order.pay()
    shows(page, "Orders to pack", to_pack + 5)
    orders[0].consign()
    shows(page, "Orders to pack", to_pack + 4)
    shows(page, "Parcels to be picked up", to_pick_up + 1)
    orders[0].scan("picked_up")
    shows(page, "Parcels to be picked up", to_pick_up)


def test_holds_wait_for_the_erp(shop: Shop, signed_in: Open) -> None:
    """One that it does not answer stands on the wall until it is released."""
    page = signed_in("/wall")
    before = shop.get("/v1/wall")["holds_waiting"]
    with holding(shop, erp_lock=True), scripted(shop, back={"lock": "success"}, lock="silent"):
        held = hold(on_sale(shop))
        shows(page, "Holds waiting for the ERP", before + 1)
        held.release()
        shows(page, "Holds waiting for the ERP", before)


def test_it_is_read_from_across_the_room(shop: Shop, signed_in: Open) -> None:
    """No menu, nothing to scroll, figures a sixth of the screen high; what is at risk is in words."""
    page = signed_in("/wall", viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    expect(page.get_by_role("heading", name="demo 今日大屏")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)
    figure = page.get_by_role("region", name="待打包订单").get_by_role("status")
    assert figure.evaluate("shown => parseFloat(getComputedStyle(shown).fontSize)") >= 1080 / 7
    assert page.evaluate("document.documentElement.scrollHeight") <= 1080


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(signed_in: Open, scheme: str) -> None:
    """In the light and in the dark; a phone shows it too."""
    page = signed_in("/wall", color_scheme=scheme, viewport={"width": 390, "height": 780})
    expect(page.get_by_role("heading", name="demo today")).to_be_visible()
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
