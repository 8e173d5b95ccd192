"""What buyers ask for after the sale, why, and what came of it (S4-59)."""

from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, func, select

from domain.case.ids import CaseKind
from domain.case.ledger import EntryKind
from store.reports.shape import Codes, Column, Measure, Period, Row, ShopReport, Title, percentile
from store.reports.sql import booked, count_if, touched
from store.tables import CASES
from store.types import Fen


def _rows(tx: Connection, merchant: str, period: Period) -> list[Row]:
    took = _took(tx, merchant, period)
    requests = _requests(merchant, period).add_columns(
        CASES.c.state["agreed_at"].as_string().label("agreed_at"),
        CASES.c.state["refused_at"].as_string().label("refused_at"),
        booked(CASES.c.case_id, kinds=(EntryKind.REFUND,)).label("refunded"),
        booked(CASES.c.case_id, kinds=(EntryKind.COMPENSATION,)).label("compensated"),
    )
    each = requests.subquery()
    query = (
        select(
            each.c.service,
            each.c.reason,
            func.count().label("requests"),
            count_if(each.c.agreed_at.is_not(None)).label("agreed"),
            count_if(each.c.refused_at.is_not(None)).label("refused"),
            func.sum(each.c.refunded, type_=Fen).label("refunded"),
            func.sum(each.c.compensated, type_=Fen).label("compensated"),
        )
        .group_by(each.c.service, each.c.reason)
        .order_by(each.c.service, func.count().desc(), each.c.reason)
    )
    return [
        {
            "service": row.service,
            "reason": row.reason,
            "requests": row.requests,
            "agreed": row.agreed,
            "refused": row.refused,
            "closed": len(took[row.service, row.reason]),
            "refunded": row.refunded,
            "compensated": row.compensated,
            "median_hours": percentile(took[row.service, row.reason], 50),
        }
        for row in tx.execute(query)
    ]


def _took(tx: Connection, merchant: str, period: Period) -> dict[tuple[str, str], list[timedelta]]:
    """How long each decided request took, by service and reason."""
    ended_at = CASES.c.state["told_order", "ended_at"].as_string()
    decided = _requests(merchant, period).add_columns(CASES.c.opened_at, ended_at.label("ended_at"))
    took: dict[tuple[str, str], list[timedelta]] = defaultdict(list)
    for one in tx.execute(decided.where(ended_at.is_not(None)).execution_options(yield_per=1000)):
        took[one.service, one.reason].append(datetime.fromisoformat(one.ended_at) - one.opened_at)
    return took


def _requests(merchant: str, period: Period) -> Select[str, str]:
    """The requests of the period with what they ask for."""
    return select(
        CASES.c.state["demand", "service"].as_string().label("service"),
        CASES.c.state["demand", "reason"].as_string().label("reason"),
    ).where(
        *touched(merchant, CaseKind.AFTER_SALE, period),
        CASES.c.opened_at >= period.start,
        CASES.c.opened_at < period.end,
    )


AFTER_SALE_REASONS = ShopReport(
    name="after_sale_reasons",
    title=Title("售后原因", "After-sale reasons"),
    query=(
        "Requests (`cases` of kind `after_sale`) that were opened in the period, by the service and the reason that "
        "they ask for now; an amended one counts as what it was amended to. Money is what `ledger_entries` of these "
        "cases come to, net of reversals, also what was paid after the period. A request that was refused and agreed "
        "to later, or the other way round, counts as both. Of each service the most frequent reason comes first."
    ),
    rules=(),
    columns=(
        Column(
            "service",
            Title("售后类型", "Service"),
            "What is asked for, as in `request_after_sale`.",
            Measure.TEXT,
            Codes.SERVICE,
        ),
        Column("reason", Title("原因", "Reason"), "Why, as in `request_after_sale`.", Measure.TEXT, Codes.REASON),
        Column("requests", Title("申请数", "Requests"), "Requests opened."),
        Column("agreed", Title("同意", "Agreed"), "Of these, agreed to, by a person, a strategy or a clock."),
        Column("refused", Title("拒绝", "Refused"), "Of these, refused by the seller."),
        Column("closed", Title("已结束", "Decided"), "Of these, with an outcome, whichever it is."),
        Column("refunded", Title("退款金额", "Refunded"), "Paid back for them, yuan.", Measure.YUAN),
        Column(
            "compensated",
            Title("补偿金额", "Compensated"),
            "Price differences and the like paid for them.",
            Measure.YUAN,
        ),
        Column(
            "median_hours",
            Title("处理时长中位数", "Median hours"),
            "Hours from opening to the outcome, half of the decided ones took no longer.",
            Measure.HOURS,
        ),
    ),
    rows=_rows,
)
