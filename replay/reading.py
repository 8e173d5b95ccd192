"""Reads an order log: every row becomes an order to play or is set aside with its reason; none is dropped."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from replay.columns import Columns
from replay.errors import LogUnusable
from replay.merging import merge
from replay.orders import RecordedOrder, RowReason, SetAside
from replay.rows import read_row
from replay.sheets import sheet_lines


@dataclass(frozen=True, slots=True)
class OrderLog:
    """A whole log; the rows of `orders` and those that are `set_aside` together are its rows."""

    orders: list[RecordedOrder] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return sum(len(order.lines) for order in self.orders) + len(self.set_aside)


def read_log(path: Path, shape: Columns) -> OrderLog:
    """Reads a CSV, or the first sheet of a workbook (`.xlsx`).

    Raises:
        LogUnusable: neither, not in that encoding, empty, or a column is missing.
    """
    log, rows = OrderLog(), dict[str, list[RecordedOrder]]()
    for read in _rows(path, shape):
        if isinstance(read, SetAside):
            log.set_aside.append(read)
        else:
            rows.setdefault(read.order_id, []).append(read)
    lacking = {row.order_id for row in log.set_aside} if shape.columns.line_id else set[str]()
    for order_id, found in rows.items():
        _add_order(log, found, by_line=shape.columns.line_id is not None, lacking=order_id in lacking)
    if not log.rows:
        raise LogUnusable(path, "it has a header but no rows")
    log.set_aside.sort(key=lambda row: row.line)
    return log


def _add_order(log: OrderLog, rows: list[RecordedOrder], *, by_line: bool, lacking: bool) -> None:
    """An order of its rows, if they are its lines and none of them is set aside; else the first row is the order."""
    if lacking:
        log.set_aside.extend(_aside(row, RowReason.ROWS_DISAGREE) for row in rows)
    elif len(rows) == 1 or not by_line:
        log.orders.append(rows[0])
        log.set_aside.extend(_aside(row, RowReason.ORDER_REPEATED) for row in rows[1:])
    elif isinstance(merged := merge(rows), RecordedOrder):
        log.orders.append(merged)
    else:
        log.set_aside.extend(merged)


def _aside(row: RecordedOrder, reason: RowReason) -> SetAside:
    return SetAside(line=row.line, order_id=row.order_id, reason=reason)


def _rows(path: Path, shape: Columns) -> Iterator[RecordedOrder | SetAside]:
    lines = sheet_lines(path, shape) if path.suffix.lower() == ".xlsx" else _csv_lines(path, shape)
    header = [name.strip() for name in next(lines, (1, []))[1]]
    _check_header(path, header, shape)
    for number, fields in lines:
        if len(fields) == len(header):
            yield read_row(dict(zip(header, fields, strict=True)), number, shape)
        elif fields:
            yield _malformed(fields, header, number, shape)


def _csv_lines(path: Path, shape: Columns) -> Iterator[tuple[int, list[str]]]:
    """Every line with its number."""
    try:
        with path.open(encoding=shape.encoding, newline="") as file:
            lines = csv.reader(file, delimiter=shape.delimiter, strict=True)
            for fields in lines:
                yield lines.line_num, fields
    except OSError as error:
        raise LogUnusable(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise LogUnusable(path, f"it is no {shape.encoding} text; `encoding` in the mapping names another") from error
    except csv.Error as error:
        raise LogUnusable(path, f"it is no CSV: {error}") from error


def _check_header(path: Path, header: list[str], shape: Columns) -> None:
    if not any(header):
        raise LogUnusable(path, "it is empty")
    missing = [name for name in shape.columns.named().values() if name not in header]
    if missing:
        found = ", ".join(header)
        raise LogUnusable(
            path,
            f"no column {', '.join(missing)}; found: {found[:500]}. A mapping (--columns) says which column is which",
        )
    if repeated := sorted({name for name in shape.columns.named().values() if header.count(name) > 1}):
        raise LogUnusable(path, f"several columns are named {', '.join(repeated)}")


def _malformed(fields: list[str], header: list[str], line: int, shape: Columns) -> SetAside:
    place = header.index(shape.columns.order_id)
    return SetAside(
        line=line,
        order_id=fields[place].strip() if place < len(fields) else "",
        reason=RowReason.ROW_MALFORMED,
        detail=f"{len(fields)} fields, the header has {len(header)}",
    )
