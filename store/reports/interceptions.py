"""How many parcels carriers stop, and what that costs (S1-31, S1-37)."""

from datetime import date

from sqlalchemy import Connection, func, select

from domain.case.ledger import EntryKind
from domain.intercept.state import InterceptStage
from store.intercepts import InterceptFilter, intercepts_of
from store.reports.shape import Codes, Column, Measure, Period, Row, ShopReport, Title, share
from store.reports.sql import booked, china_day, count_if
from store.tables import CASES
from store.types import Fen

_STOPPED = (InterceptStage.INTERCEPTED, InterceptStage.RETURNED, InterceptStage.CLAIMED)


def _rows(tx: Connection, merchant: str, period: Period) -> list[Row]:
    each = (
        select(
            china_day(CASES.c.opened_at).label("day"),
            CASES.c.state["carrier"].as_string().label("carrier"),
            CASES.c.stage,
            booked(CASES.c.case_id, kinds=(EntryKind.INTERCEPT_FEE,)).label("fees"),
            booked(CASES.c.case_id, kinds=(EntryKind.INTERCEPT_CLAIM,)).label("claims"),
        )
        .where(*intercepts_of(merchant, InterceptFilter(since=period.start, until=period.end)))
        .subquery()
    )
    query = (
        select(
            each.c.day,
            each.c.carrier,
            func.count().label("asked"),
            count_if(each.c.stage.in_(_STOPPED)).label("stopped"),
            count_if(each.c.stage == InterceptStage.FAILED).label("failed"),
            func.sum(each.c.fees, type_=Fen).label("fees"),
            func.sum(each.c.claims, type_=Fen).label("claims"),
        )
        .group_by(each.c.day, each.c.carrier)
        .order_by(each.c.day, each.c.carrier)
    )
    return [
        {
            "day": date.fromisoformat(row.day),
            "carrier": row.carrier,
            "asked": row.asked,
            "stopped": row.stopped,
            "failed": row.failed,
            "success_rate": share(row.stopped, row.stopped + row.failed),
            "fees": row.fees,
            "claims": row.claims,
        }
        for row in tx.execute(query)
    ]


INTERCEPTIONS = ShopReport(
    name="interceptions",
    title=Title("快递拦截", "Interceptions"),
    query=(
        "Interceptions (`cases` of kind `parcel_intercept`) that were asked for in the period, by the day and the "
        "carrier, as they stand now. Money is what `ledger_entries` of these cases come to, net of reversals. The rate "
        "is of those that the carrier has answered."
    ),
    rules=("S1-31", "S1-37"),
    columns=(
        Column("day", Title("申请日期", "Day asked"), "The day the interception was asked for.", Measure.DAY),
        Column("carrier", Title("快递", "Carrier"), "Who was to stop the parcel.", Measure.TEXT, Codes.CARRIER),
        Column("asked", Title("拦截申请", "Asked for"), "Interceptions asked for."),
        Column("stopped", Title("拦截成功", "Stopped"), "Of these, stopped, back or not."),
        Column("failed", Title("拦截失败", "Not stopped"), "Of these, not stopped."),
        Column("success_rate", Title("成功率", "Success rate"), "`stopped` of `stopped` and `failed`.", Measure.SHARE),
        Column("fees", Title("拦截费", "Fees"), "What stopping them cost, yuan.", Measure.YUAN),
        Column("claims", Title("快递理赔", "Claims"), "What carriers paid for lost or damaged ones.", Measure.YUAN),
    ),
    rows=_rows,
)
