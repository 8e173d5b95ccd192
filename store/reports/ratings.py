"""How buyers rate a shop (S2-68)."""

from typing import Any

from sqlalchemy import Connection, func, select, true

from domain.case.ids import CaseKind
from domain.order.people.interactions import Grade
from store.reports.shape import Column, Measure, Period, Row, ShopReport, Title, average
from store.reports.sql import china_month, count_if, elements, touched, within
from store.tables import CASES

_SCORES = ("description", "service", "logistics")


def _rows(tx: Connection, merchant: str, period: Period) -> list[Row]:
    ratings = elements(tx, "ratings")
    rating: Any = ratings.c.value
    rated_at = rating["at"].as_string()
    each = (
        select(
            china_month(rated_at).label("month"),
            rating["grade"].as_string().label("grade"),
            *(rating[score].as_integer().label(score) for score in _SCORES),
        )
        .select_from(CASES)
        .join(ratings, true())
        .where(*touched(merchant, CaseKind.ORDER, period), within(period, rated_at))
        .subquery()
    )
    query = (
        select(
            each.c.month,
            func.count().label("ratings"),
            *(count_if(each.c.grade == grade).label(grade) for grade in Grade),
            *(func.coalesce(func.sum(each.c[score]), 0).label(f"{score}_sum") for score in _SCORES),
            *(func.count(each.c[score]).label(f"{score}_count") for score in _SCORES),
        )
        .group_by(each.c.month)
        .order_by(each.c.month)
    )
    return [
        {
            "month": row.month,
            "ratings": row.ratings,
            **{grade: getattr(row, grade) for grade in Grade},
            **{score: average(getattr(row, f"{score}_sum"), getattr(row, f"{score}_count")) for score in _SCORES},
        }
        for row in tx.execute(query)
    ]


RATINGS = ShopReport(
    name="ratings",
    title=Title("评价与动态评分", "Ratings"),
    query=(
        "Ratings that orders (`cases` of kind `order`) got in the period (`ratings` in their state), by the month they "
        "were given. A score that the buyer left out is left out of its average."
    ),
    rules=("S2-68",),
    columns=(
        Column("month", Title("月份", "Month"), "The month, as far as it lies in the days asked for.", Measure.MONTH),
        Column("ratings", Title("评价数", "Ratings"), "Ratings given."),
        Column("good", Title("好评", "Good"), "Of these, good."),
        Column("neutral", Title("中评", "Neutral"), "Of these, neutral."),
        Column("bad", Title("差评", "Bad"), "Of these, bad."),
        Column(
            "description", Title("描述相符", "As described"), "Average of 1 to 5: goods as described.", Measure.SCORE
        ),
        Column("service", Title("服务态度", "Service"), "Average of 1 to 5: the seller's service.", Measure.SCORE),
        Column("logistics", Title("物流服务", "Logistics"), "Average of 1 to 5: delivery.", Measure.SCORE),
    ),
    rows=_rows,
)
