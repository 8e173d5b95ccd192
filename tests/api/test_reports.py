"""Reports over HTTP: listed, answered in three forms, refused."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from domain.policy.clock_names import CLOCKS
from domain.times import CHINA
from store.reports.catalogue import REPORTS
from tests.sandbox_server import Shop

LISTED = "/v1/reports"


def today(shop: Shop) -> date:
    return shop.now().astimezone(CHINA).date()


def placed(shop: Shop, day: str) -> int:
    """How many orders the funnel has of inquiries on a day."""
    rows = shop.get(f"{LISTED}/funnel?from={day}&to={day}", "demo-owner")["rows"]
    return sum(row["placed"] for row in rows if row["source"] == "inquiry")


def test_the_reports_are_listed_with_what_they_mean(shop: Shop) -> None:
    """Every one with its query in words and its columns."""
    items = shop.get(LISTED, "demo-finance")["items"]
    assert [item["name"] for item in items] == list(REPORTS)
    for item in items:
        assert item["query"] == REPORTS[item["name"]].query
        assert all(column["title"] and column["means"] for column in item["columns"])


def test_codes_are_said_in_words(shop: Shop) -> None:
    """What a column of codes holds, in the language that is asked for; other columns say nothing of it."""
    for language, words in (("en", ("ZTO", "Ship by", "quality")), ("zh", ("中通", "发货", "质量问题"))):
        items = shop.call("GET", LISTED, token="demo-owner", Accept_Language=language).json()["items"]
        titles = {(item["name"], one["name"]): one["titles"] for item in items for one in item["columns"]}
        said = (
            titles["interceptions", "carrier"]["zto"],
            titles["due_deadlines", "kind"]["ship_by"],
            titles["after_sale_reasons", "reason"]["quality"],
        )
        assert said == words
        assert titles["due_deadlines", "kind"].keys() == CLOCKS.keys()
        assert titles["interceptions", "day"] == {}


@pytest.mark.rule("S2-01")
def test_a_report_of_the_shop_as_it_lives(shop: Shop) -> None:
    """An order that is placed and paid is counted; another shop's report does not have it."""
    shop.open().pay()
    day = today(shop).isoformat()
    before, theirs = placed(shop, day), shop.get(f"{LISTED}/funnel", "other-owner")["rows"]
    shop.open()
    assert placed(shop, day) == before + 1
    assert shop.get(f"{LISTED}/funnel", "other-owner")["rows"] == theirs


def test_every_report_in_every_form(shop: Shop) -> None:
    """The same columns in JSON and CSV, their titles in XLSX; files have a name."""
    shop.open()
    day = today(shop)
    days = f"from={day}&to={day}"
    for name, report in REPORTS.items():
        columns = [column.name for column in report.columns]
        answered = shop.get(f"{LISTED}/{name}?{days}", "demo-supervisor")
        assert (answered["report"], answered["columns"]) == (name, columns)
        assert all(list(row) == columns for row in answered["rows"])
        file = shop.call("GET", f"{LISTED}/{name}?{days}&format=csv", token="demo-supervisor")
        assert file.headers["content-type"] == "text/csv; charset=utf-8"
        assert file.headers["content-disposition"] == f'attachment; filename="{name}_{day}_{day}.csv"'
        lines = file.content.decode("utf-8-sig").splitlines()
        assert (lines[0], len(lines)) == (",".join(columns), 1 + len(answered["rows"]))
        book = shop.call("GET", f"{LISTED}/{name}?{days}&format=xlsx", token="demo-supervisor")
        assert book.headers["content-disposition"].endswith('.xlsx"')
        (head, *_) = load_workbook(BytesIO(book.content)).worksheets[0].iter_rows(values_only=True)
        assert list(head) == [column.title.zh for column in report.columns]


def test_the_last_seven_days_unless_told(shop: Shop) -> None:
    """Up to today in China; one end is enough."""
    day = today(shop)
    answered = shop.get(f"{LISTED}/ratings", "demo-owner")
    assert (answered["from"], answered["to"]) == (str(day - timedelta(days=6)), str(day))
    answered = shop.get(f"{LISTED}/ratings?to=2026-03-07", "demo-owner")
    assert (answered["from"], answered["to"]) == ("2026-03-01", "2026-03-07")
    answered = shop.get(f"{LISTED}/ratings?from={day}", "demo-owner")
    assert (answered["from"], answered["to"]) == (str(day), str(day))


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-03-02&to=2026-03-01",
        "from=2025-03-01&to=2026-03-02",
        "from=tomorrow",
        "to=1999-12-31",
        "to=9999-12-31",
        "format=pdf",
    ],
)
def test_days_that_do_not_hold_are_named(shop: Shop, query: str) -> None:
    """In the wrong order, too many, none at all, out of all reckoning; a form that there is not."""
    refused = shop.call("GET", f"{LISTED}/funnel?{query}", token="demo-owner")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert refused.json()["reasons"][0]["message"].startswith(("from:", "to:", "format:"))


def test_a_whole_leap_year_may_be_asked_for(shop: Shop) -> None:
    """366 days, both ends included."""
    answered = shop.get(f"{LISTED}/funnel?from=2024-01-01&to=2024-12-31", "demo-owner")
    assert answered["rows"] == []


def test_who_may_read_reports(shop: Shop) -> None:
    """Supervisor, finance, owner and ops; an unknown report is unknown to everybody, and roles come before input."""
    for role in ("supervisor", "finance", "owner", "ops"):
        shop.get(f"{LISTED}/funnel", f"demo-{role}")
    for role in ("agent", "warehouse", "buyer", "platform", "carrier"):
        for path in (LISTED, f"{LISTED}/funnel?format=pdf"):
            refused = shop.call("GET", path, token=f"demo-{role}")
            assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert shop.call("GET", f"{LISTED}/nothing", token="demo-agent").status_code == 404
    assert shop.call("GET", f"{LISTED}/funnel", token="nobody").status_code == 401
