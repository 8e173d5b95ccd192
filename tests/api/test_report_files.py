"""Reports as files: what a spreadsheet program makes of them."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from api.report_files import as_csv, as_xlsx
from domain.language import Language
from store.reports.catalogue import REPORTS
from store.reports.shape import Row

REPORT = REPORTS["payment_reminders"]
NAMES = [column.name for column in REPORT.columns]
DANGEROUS = ['=HYPERLINK("http://x";"x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]


def row(account: str = "小李", rate: Decimal | None = Decimal("0.3333")) -> Row:
    counts: Row = dict.fromkeys(NAMES[2:-2], 1)
    amount = Decimal("1209.50")
    return {"day": date(2026, 11, 11), "account": account, **counts, "success_rate": rate, "amount": amount}


def sheet_of(*rows: Row) -> Worksheet:
    sheet = load_workbook(BytesIO(as_xlsx(REPORT, rows, Language.ZH))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def read_csv(*rows: Row) -> list[list[str]]:
    return list(csv.reader(StringIO(as_csv(REPORT, rows).decode("utf-8-sig"), newline="")))


def test_csv_is_marked_as_utf_8_and_begins_with_the_columns() -> None:
    """Excel takes a file without the mark for another encoding; lines end as RFC 4180 has it."""
    written = as_csv(REPORT, [row(rate=None)])
    assert written.startswith(b"\xef\xbb\xbfday,account,calls,")
    assert written.count(b"\r\n") == 2
    head, line = read_csv(row(rate=None))
    assert head == NAMES
    assert (line[0], line[1], line[-2], line[-1]) == ("2026-11-11", "小李", "", "1209.50")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula(text: str) -> None:
    """CSV has an apostrophe before it; XLSX holds it as a text that is shown as it is."""
    assert read_csv(row(text))[1][1] == f"'{text}"
    cell = sheet_of(row(text))["B2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert str(cell.value).strip() == text.strip()


def test_a_plain_text_stays_as_it_is() -> None:
    """A sign inside is no formula, and what Excel cannot hold is left out."""
    assert read_csv(row("a=b-c"))[1][1] == "a=b-c"
    cell = sheet_of(row("a=b\x00-c"))["B2"]
    assert (cell.value, cell.quotePrefix) == ("a=b-c", False)


def test_xlsx_has_typed_cells() -> None:
    """Days are days, numbers numbers, money with two places, shares in per cent; nothing is an empty cell."""
    sheet = sheet_of(row(), row(rate=None))
    day, account, calls, *_, rate, amount = sheet[2]
    assert (day.value, day.number_format) == (datetime(2026, 11, 11), "yyyy-mm-dd")  # noqa: DTZ001 - as it is read
    assert (account.data_type, calls.data_type, calls.value) == ("s", "n", 1)
    assert (rate.value, rate.number_format) == (0.3333, "0.00%")
    assert (amount.value, amount.number_format) == (1209.5, "#,##0.00")
    assert sheet[3][-2].value is None


def test_xlsx_has_a_head_that_stays_in_sight() -> None:
    """Titles, bold and frozen; columns are wide enough for what stands in them, up to a limit."""
    sheet = sheet_of(row("很长的帐号名" * 3), row("x" * 500))
    assert [cell.value for cell in sheet[1]] == [column.title.zh for column in REPORT.columns]
    assert all(cell.font.b for cell in sheet[1])
    assert not sheet["A2"].font.b
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width >= 12
    assert sheet.column_dimensions["B"].width == 60


def test_a_report_of_nothing_has_its_head() -> None:
    """No row, but the columns."""
    assert read_csv() == [NAMES]
    assert sheet_of().max_row == 1
