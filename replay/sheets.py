"""Reads a workbook as a seller's workbench exports it: its cells as the texts that a CSV would have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from replay.columns import ISO, Columns
from replay.errors import LogUnusable

EXACT = 10**15
"""A spreadsheet keeps 15 digits of a number; of a longer one the last are zeros."""
ROUNDED = "rounded:"
"""Before a number whose last digits are lost: no number is written so, and it is set aside."""


def sheet_lines(path: Path, shape: Columns) -> Iterator[tuple[int, list[str]]]:
    """Every row of the first sheet that is not empty, with its number.

    Raises:
        LogUnusable: it is no workbook.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError) as error:
        raise LogUnusable(path, f"it is no workbook: {error}") from error
    try:
        width = 0
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            fields = [_text(cell, shape) for cell in cells]
            while fields and not fields[-1] and len(fields) > width:
                fields.pop()
            width = width or len(fields)
            if any(fields):
                yield number, fields + [""] * (width - len(fields))
    finally:
        book.close()


def _text(cell: object, shape: Columns) -> str:
    """As it would stand in a CSV of that shape."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat() if shape.time_format == ISO else cell.strftime(shape.time_format)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f"{ROUNDED}{cell:.0f}" if abs(cell) >= EXACT else _number(cell, shape)
    return str(cell)


def _number(value: float, shape: Columns) -> str:
    whole = f"{value:.0f}" if value == int(value) else str(Decimal(str(round(value, 6))))
    return whole.replace(".", shape.decimal)
