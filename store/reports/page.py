"""`python -m store.reports.page > docs/reports.md`: every report, its query and its columns as a page to read."""

from textwrap import fill

from store.reports.catalogue import REPORTS
from store.reports.shape import Measure, ShopReport

INTRODUCTION = """\
# Reports

`GET /v1/reports` lists the reports; `GET /v1/reports/{name}?from=2026-11-01&to=2026-11-30&format=xlsx` answers one of
them for the shop of the token. For: supervisor, finance, owner, ops.

- `from` and `to` are days of the China clock (Asia/Shanghai), both included; without them the last seven days up to
  today, at most 366 days at a time.
- `format` is `json` (the default), `csv` or `xlsx`. CSV is UTF-8 with a byte order mark, so that Excel reads Chinese,
  and has the columns' names in its first row; XLSX has their titles, Chinese or, with `Accept-Language: en`, English.
- In CSV and XLSX a text that begins with `=`, `+`, `-` or `@` is never a formula: CSV has an apostrophe before it.
- A report reads the figures as they stand now: what is learnt later about a day changes that day's figures.
"""

_WRITTEN = {
    Measure.TEXT: "text",
    Measure.DAY: "day, `2026-11-11`",
    Measure.MONTH: "month, `2026-11`",
    Measure.HOUR: "hour, `2026-11-11 14:00`",
    Measure.COUNT: "number",
    Measure.YUAN: "yuan, two places",
    Measure.SHARE: "share of 1, four places",
    Measure.HOURS: "hours, one place",
    Measure.SCORE: "score, two places",
}


def reports_page() -> str:
    """The whole of `docs/reports.md`."""
    return "\n".join([INTRODUCTION, *map(_section, REPORTS.values())])


def _section(report: ShopReport) -> str:
    rules = f" ({', '.join(report.rules)})" if report.rules else ""
    rows = [
        f"| `{column.name}` | {column.title.zh} | {column.title.en} | {_WRITTEN[column.measure]} | {column.means} |"
        for column in report.columns
    ]
    query = fill(f"{report.query}{rules}", 120, break_long_words=False, break_on_hyphens=False)
    head = [f"## `{report.name}` · {report.title.en}", "", query, ""]
    return "\n".join(
        [*head, "| column | 标题 | title | written as | what it means |", "|---|---|---|---|---|", *rows, ""]
    )


if __name__ == "__main__":
    print(reports_page(), end="")  # noqa: T201
