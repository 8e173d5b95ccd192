"""How the shop does: what the figures show is what the reports say."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from domain.times import CHINA
from tests.api.intercepting import asked_back, intercepting, stop
from tests.desk.accessibility import serious_findings
from tests.desk.conftest import Open, says
from tests.sandbox_server import Shop
from tests.workflows.requests import ask, paid

WORDS = json.loads((Path(__file__).parents[2] / "desk" / "src" / "words" / "en.json").read_text(encoding="utf-8"))
FIGURES = {
    "Open by stage": "open_cases",
    "Late shipments": "ship_times",
    "Time to ship": "ship_times",
    "Time to refund": "refund_times",
    "Interceptions": "interceptions",
    "Cost of interceptions": "interceptions",
    "Dispute rate": "disputes",
}
ON_A_PAGE = 10


def today(shop: Shop) -> str:
    return shop.now().astimezone(CHINA).date().isoformat()


@pytest.fixture
def lived(shop: Shop) -> str:
    """A day on which orders were placed, paid, shipped, stopped and paid back."""
    shop.open()
    refunded = paid(shop)
    ask(refunded, "refund_only", "other").take("agree")
    paid(shop).ship()
    with intercepting(shop):
        order, request = asked_back(shop)
        stop(order, request).reach("intercepted")
    request.reach("succeeded")
    for one in (refunded, order):
        one.until(lambda seen: seen["money"]["refunded"] == "209.00")
    return today(shop)


def in_english(shop: Shop, path: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = shop.call("GET", path, token="demo-owner", Accept_Language="en").json()["items"]
    return items


def reading(shop: Shop) -> Callable[[dict[str, Any], dict[str, Any]], str]:
    """How a cell of a report is read."""
    stages = {(one["kind"], one["stage"]): one["title"] for one in in_english(shop, "/v1/stages")}

    def read(column: dict[str, Any], row: dict[str, Any]) -> str:
        cell = row[column["name"]]
        if cell is None:
            return "–"
        match column["measure"], column["name"]:
            case "share", _:
                return f"{cell * 100:.2f}%"
            case "hours", _:
                return f"{cell:.1f}"
            case "text", "stage":
                return str(stages[row["kind"], cell])
            case "text", "platform":
                return str(WORDS["platform"][cell])
        return str(column["titles"].get(cell) or WORDS["kind"].get(cell, cell))

    return read


def shows(page: Page, figure: str, columns: list[dict[str, Any]], rows: list[list[str]]) -> None:
    """The table of a figure has those rows, cell by cell, of the columns that it picks: more than two."""
    table = page.get_by_role("table", name=figure, exact=True)
    cells = table.locator("tbody tr[data-row-key]").get_by_role("cell")
    expect(cells).not_to_have_count(0)
    titles = table.get_by_role("columnheader").all_inner_texts()
    picked = [[one["title"] for one in columns].index(title) for title in titles]
    assert len(picked) > 2
    expect(cells).to_have_text([row[at] for row in rows for at in picked], use_inner_text=True)


def test_the_figures_are_the_reports(shop: Shop, signed_in: Open, lived: str) -> None:
    """Every cell of every table, and the file is the report's own."""
    page = signed_in(f"/figures?from={lived}&to={lived}", "demo-owner")
    expect(page.get_by_role("img", name="Interceptions", exact=True)).to_be_visible()
    reports = {one["name"]: one["columns"] for one in in_english(shop, "/v1/reports")}
    read = reading(shop)
    for figure, report in FIGURES.items():
        answered = shop.get(f"/v1/reports/{report}?from={lived}&to={lived}", "demo-owner")["rows"]
        columns = reports[report]
        shows(page, figure, columns, [[read(one, row) for one in columns] for row in answered[:ON_A_PAGE]])
    with page.expect_download() as file:
        page.get_by_role("link", name="Interceptions: CSV", exact=True).click()
    path = f"/v1/reports/interceptions?from={lived}&to={lived}&format=csv"
    assert Path(file.value.path()).read_bytes() == shop.call("GET", path, token="demo-owner").content


def test_what_falls_due_is_ahead(shop: Shop, signed_in: Open, lived: str) -> None:
    """Today and tomorrow, whatever days the others are about."""
    page = signed_in("/figures?from=2026-01-01&to=2026-01-02", "demo-supervisor")
    expect(page.get_by_text("Nothing in these days.").first).to_be_visible()
    path = f"/v1/reports/due_deadlines?from={lived}&to={date.fromisoformat(lived) + timedelta(days=1)}"
    answered = shop.get(path, "demo-supervisor")["rows"]
    (columns,) = (one["columns"] for one in in_english(shop, "/v1/reports") if one["name"] == "due_deadlines")
    read = reading(shop)
    rows = [[read(one, row) for one in columns] for row in answered[:ON_A_PAGE]]
    shows(page, "Falling due today and tomorrow", columns, rows)


def test_a_chinese_desk_speaks_chinese(signed_in: Open, lived: str) -> None:
    """Figures, columns, and the codes in them."""
    page = signed_in("/figures", "demo-owner", locale="zh-CN")
    table = page.get_by_role("table", name="未结案件分布")
    expect(table.get_by_role("columnheader", name="期内建立")).to_be_visible()
    expect(table).to_contain_text("运输中")
    expect(page.get_by_role("table", name="快递拦截成功率")).to_contain_text("中通")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(signed_in: Open, lived: str, scheme: str) -> None:
    """In the light and in the dark; a phone shows one figure under the other."""
    page = signed_in("/figures", "demo-finance", color_scheme=scheme, viewport={"width": 390, "height": 780})
    expect(page.get_by_role("table", name="Open by stage")).to_be_visible()
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_who_reads_no_reports_is_not_led_there(signed_in: Open) -> None:
    """An agent's header has no figures; at their address the API's refusal stands."""
    page = signed_in("/figures")
    expect(page.get_by_role("link", name="Inbox")).to_be_visible()
    expect(page.get_by_role("link", name="Figures")).to_have_count(0)
    says(page, "Reading reports is for supervisors, finance, the owner and operations.")
