"""A report as a file for spreadsheets: CSV and XLSX. No text of a report ever becomes a formula."""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from domain.language import Language, said_in
from store.reports.shape import Cell, Column, Measure, Row, ShopReport

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes spreadsheet programs read a text as a formula, the last two after they have dropped it."""

_FORMATS = {
    Measure.TEXT: "@",
    Measure.DAY: "yyyy-mm-dd",
    Measure.MONTH: "@",
    Measure.HOUR: "@",
    Measure.COUNT: "0",
    Measure.YUAN: "#,##0.00",
    Measure.SHARE: "0.00%",
    Measure.HOURS: "0.0",
    Measure.SCORE: "0.00",
}
_NARROWEST, _WIDEST = 10, 60


def as_csv(report: ShopReport, rows: Sequence[Row]) -> bytes:
    """UTF-8 with a byte order mark, by which Excel knows it; the columns' names in the first row."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in report.columns])
    writer.writerows([[_plain(row[column.name]) for column in report.columns] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(report: ShopReport, rows: Sequence[Row], language: Language) -> bytes:
    """One sheet: numbers and days as what they are, the columns' titles bold and always in sight."""
    titles = {column.name: said_in(language, column.title) for column in report.columns}
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = report.name
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, titles[column.name], column) for column in report.columns])
    for head in sheet[1]:
        head.font = Font(bold=True)
    for row in rows:
        sheet.append([_cell(sheet, row[column.name], column) for column in report.columns])
    for place, column in enumerate(report.columns, start=1):
        widest = max(map(_width, [titles[column.name], *(row[column.name] for row in rows)]))
        sheet.column_dimensions[get_column_letter(place)].width = min(max(widest + 2, _NARROWEST), _WIDEST)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Worksheet, value: Cell, column: Column) -> SheetCell:
    cell = SheetCell(sheet, row=1, column=1)  # `append` says where
    cell.number_format = _FORMATS[column.measure]
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_STARTS)
    else:
        cell.value = value
    return cell


def _plain(value: Cell) -> str:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else _written(value)


def _written(value: str | int | Decimal | date) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _width(value: Cell) -> int:
    """How many narrow characters wide it is; Chinese ones are twice as wide."""
    return 0 if value is None else sum(1 if sign.isascii() else 2 for sign in _written(value))
