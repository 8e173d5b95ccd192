"""Reports of a shop: listed with what they count, and answered as JSON, CSV or XLSX."""

import asyncio
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Annotated

from fastapi import Depends, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api import documented
from api.dependencies import Caller, Here, allowed_for
from api.language import InLanguage
from api.report_files import as_csv, as_xlsx
from api.report_words import code_titles
from api.routing import Router
from domain.language import Language, said_in
from domain.roles import Actor, Role
from domain.times import CHINA, YEARS, Day
from services.errors import NotFound, invalid_field
from store.reports.catalogue import REPORTS, report_rows
from store.reports.shape import Cell, Column, Measure, Period, Row, ShopReport

router = Router(prefix="/v1/reports", tags=["reports"], responses=documented.PROBLEMS)

DAYS = 7
"""How many days a report is about unless it is told, up to today."""
MOST_DAYS = 366

Reader = Annotated[Actor, allowed_for((Role.SUPERVISOR, Role.FINANCE, Role.OWNER, Role.OPS), "Reading reports")]


class Format(StrEnum):
    """How a report is written."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


class ColumnShown(BaseModel):
    """A column of a report."""

    name: str = Field(examples=["reason"])
    title: str = Field(examples=["原因"])
    means: str = Field(examples=["Why the buyer has not paid."])
    measure: Measure = Field(examples=["text"])
    titles: dict[str, str] = Field(
        description="What people call the codes that stand in it; empty where it holds none.",
        examples=[{"quality": "质量问题"}],
    )


class ReportShown(BaseModel):
    """A report that may be asked for: what it counts, in words, and its columns."""

    name: str = Field(examples=["unpaid_reasons"])
    title: str = Field(examples=["未付款原因"])
    query: str
    rules: list[str] = Field(examples=[["S2-45"]])
    columns: list[ColumnShown]


class Reports(BaseModel):
    """Every report there is."""

    items: list[ReportShown]
    next: None = None


class ReportAnswered(BaseModel):
    """A report over some days, both included; money is a text such as `"199.00"`, everything counted a number."""

    report: str = Field(examples=["unpaid_reasons"])
    from_: date = Field(alias="from", examples=["2026-11-01"])
    to: date = Field(examples=["2026-11-07"])
    columns: list[str] = Field(examples=[["day", "reason", "buyers", "promised"]])
    rows: list[dict[str, str | int | float | None]] = Field(
        examples=[[{"day": "2026-11-01", "reason": "too_expensive", "buyers": 3, "promised": 1}]]
    )


_FILE = {"schema": {"type": "string", "format": "binary"}}
_MEDIA = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def _named(name: str) -> ShopReport:
    if name not in REPORTS:
        raise NotFound(f"There is no report {name}.")
    return REPORTS[name]


Named = Annotated[ShopReport, Depends(_named)]


@router.get("")
async def list_reports(reader: Reader, language: InLanguage) -> Reports:
    """The reports, what each counts and what its columns mean."""
    return Reports(items=[_described(report, language) for report in REPORTS.values()])


@router.get(
    "/{name}",
    response_model=ReportAnswered,
    responses={200: {"content": {"text/csv": _FILE, _MEDIA[Format.XLSX]: _FILE}}},
)
async def get_report(
    report: Named,
    caller: Caller,
    reader: Reader,
    here: Here,
    language: InLanguage,
    from_: Annotated[
        Day | None, Query(alias="from", description="The first day (Asia/Shanghai); without it six before the last.")
    ] = None,
    to: Annotated[Day | None, Query(description="The last day, included; without it today.")] = None,
    format: Format = Format.JSON,  # noqa: A002 - the contract's name
    titles: Annotated[
        Language | None, Query(description="Language of a file's titles, for links; else as `Accept-Language` says")
    ] = None,
) -> Response:
    """One report over at most 366 days of the China clock, as the figures stand now."""
    today = (await here.clock.now()).astimezone(CHINA).date()
    period = _period(from_, to or today)
    rows = await here.db.read_at_once(report_rows, caller.merchant, report, period)
    if format is Format.JSON:
        return JSONResponse(_answered(report, period, rows).model_dump(mode="json", by_alias=True))
    write = as_csv if format is Format.CSV else partial(as_xlsx, language=titles or language)
    name = f"{report.name}_{period.first}_{period.last}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(await asyncio.to_thread(write, report, rows), media_type=_MEDIA[format], headers=headers)


def _period(first: date | None, last: date) -> Period:
    for field, day in (("from", first), ("to", last)):
        if day and day.year not in YEARS:
            raise invalid_field(
                field,
                f"the year must lie between {YEARS.start} and {YEARS.stop - 1}",
                f"年份须在 {YEARS.start} 到 {YEARS.stop - 1} 之间",
            )
    first = first or last - timedelta(days=DAYS - 1)
    if first > last:
        raise invalid_field("from", f"must not lie after to ({last})", f"不能晚于 to（{last}）")
    if (last - first).days >= MOST_DAYS:
        raise invalid_field("from", f"at most {MOST_DAYS} days at a time", f"一次最多 {MOST_DAYS} 天")
    return Period(first, last)


def _described(report: ShopReport, language: Language) -> ReportShown:
    return ReportShown(
        name=report.name,
        title=said_in(language, report.title),
        query=report.query,
        rules=list(report.rules),
        columns=[
            ColumnShown(
                name=column.name,
                title=said_in(language, column.title),
                means=column.means,
                measure=column.measure,
                titles=code_titles(column.codes, language) if column.codes else {},
            )
            for column in report.columns
        ],
    )


def _answered(report: ShopReport, period: Period, rows: list[Row]) -> ReportAnswered:
    return ReportAnswered.model_validate(
        {
            "report": report.name,
            "from": period.first,
            "to": period.last,
            "columns": [column.name for column in report.columns],
            "rows": [{column.name: _value(row[column.name], column) for column in report.columns} for row in rows],
        }
    )


def _value(cell: Cell, column: Column) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return str(cell) if column.measure is Measure.YUAN else float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
