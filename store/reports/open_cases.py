"""What is open, by where it stands."""

from datetime import date

from sqlalchemy import Connection, and_, func, select

from store.reports.shape import Column, Measure, Period, Row, ShopReport, Title
from store.reports.sql import china_day, count_if
from store.tables import CASES


def _rows(tx: Connection, merchant: str, period: Period) -> list[Row]:
    opened = and_(CASES.c.opened_at >= period.start, CASES.c.opened_at < period.end)
    query = (
        select(
            CASES.c.kind,
            CASES.c.stage,
            func.count().label("open"),
            count_if(opened).label("opened"),
            china_day(func.min(CASES.c.opened_at)).label("oldest"),
        )
        .where(CASES.c.merchant == merchant, CASES.c.open.is_(True))
        .group_by(CASES.c.kind, CASES.c.stage)
        .order_by(CASES.c.kind, CASES.c.stage)
    )
    return [
        {
            "kind": row.kind,
            "stage": row.stage,
            "open": row.open,
            "opened": row.opened,
            "oldest": date.fromisoformat(row.oldest),
        }
        for row in tx.execute(query)
    ]


OPEN_CASES = ShopReport(
    name="open_cases",
    title=Title("未结案件", "Open cases"),
    query=(
        "Cases of every kind (`cases`) that are open now, whenever they were opened, by where they stand. How many of "
        "them were opened in the period stands beside them."
    ),
    rules=(),
    columns=(
        Column("kind", Title("类型", "Kind"), "The kind of case.", Measure.TEXT),
        Column("stage", Title("状态", "Stage"), "Where they stand.", Measure.TEXT),
        Column("open", Title("未结", "Open"), "Cases that are open now."),
        Column("opened", Title("期内建立", "Opened in the period"), "Of these, opened in the period."),
        Column("oldest", Title("最早建立", "Oldest"), "The day on which the oldest of them was opened.", Measure.DAY),
    ),
    rows=_rows,
)
