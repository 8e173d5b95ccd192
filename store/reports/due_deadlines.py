"""What falls due, hour by hour."""

from sqlalchemy import Connection, func, select

from domain.case.deadline import DeadlineState
from store.reports.shape import Codes, Column, Measure, Period, Row, ShopReport, Title
from store.reports.sql import china_hour
from store.tables import CASES, DEADLINES


def _rows(tx: Connection, merchant: str, period: Period) -> list[Row]:
    hour = china_hour(DEADLINES.c.due_at)
    query = (
        select(hour.label("hour"), DEADLINES.c.kind, func.count().label("deadlines"))
        .join(CASES, CASES.c.case_id == DEADLINES.c.case_id)
        .where(
            CASES.c.merchant == merchant,
            DEADLINES.c.state == DeadlineState.RUNNING,
            DEADLINES.c.due_at >= period.start,
            DEADLINES.c.due_at < period.end,
        )
        .group_by(hour, DEADLINES.c.kind)
        .order_by(hour, DEADLINES.c.kind)
    )
    return [{"hour": row.hour, "kind": row.kind, "deadlines": row.deadlines} for row in tx.execute(query)]


DUE_DEADLINES = ShopReport(
    name="due_deadlines",
    title=Title("即将到期", "Falling due"),
    query=(
        "Deadlines (`deadlines`) that run now and fall due in the period, by the hour in which they do; the period may "
        "lie ahead. Those that were met, passed, were cancelled or stand still are left out."
    ),
    rules=(),
    columns=(
        Column("hour", Title("到期时间", "Hour"), "The hour of the China clock in which they fall due.", Measure.HOUR),
        Column("kind", Title("时限", "Deadline"), "What is to happen until then.", Measure.TEXT, Codes.CLOCK),
        Column("deadlines", Title("个数", "Deadlines"), "How many there are."),
    ),
    rows=_rows,
)
