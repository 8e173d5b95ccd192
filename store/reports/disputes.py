"""How many refunds went to the platform for a ruling, against the orders that ended (S4-59)."""

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from domain.after_sale.services import CLOSING_LINES
from domain.after_sale.state import AfterSaleOutcome
from domain.case.ids import CaseKind
from domain.order.state import OrderOutcome
from store.reports.shape import Column, Measure, Period, Row, ShopReport, Title, share
from store.reports.sql import at_the_door, china_month, count_if, touched, within
from store.tables import CASES, TIMELINE

_COUNTS = ("orders", "requests", "disputed", "for_buyer", "for_seller", "complaints", "complaints_upheld")
_PAY_BACK = " or ".join(f"`{service}`" for service in CLOSING_LINES)


def _rows(tx: Connection, merchant: str, period: Period) -> list[Row]:
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(_COUNTS, 0))
    for query in (_orders(merchant, period), _requests(merchant, period), _complaints(merchant, period)):
        for row in tx.execute(query):
            found = dict(row._mapping)
            counts[found.pop("month"), found.pop("platform")].update(found)
    return [
        {"month": month, "platform": platform, **found, "dispute_rate": share(found["disputed"], found["orders"])}
        for (month, platform), found in sorted(counts.items())
    ]


def _orders(merchant: str, period: Period) -> Select[str, str, int]:
    ended_at = func.coalesce(CASES.c.state["completed_at"].as_string(), CASES.c.state["closed_at"].as_string())
    paid = or_(
        CASES.c.outcome.in_((OrderOutcome.COMPLETED, OrderOutcome.REFUNDED)),
        and_(CASES.c.outcome == OrderOutcome.CANCELLED, ~at_the_door()),
    )
    each = _each(merchant, CaseKind.ORDER, period, ended_at).where(paid, within(period, ended_at)).subquery()
    return select(each.c.month, each.c.platform, func.count().label("orders")).group_by(each.c.month, each.c.platform)


def _requests(merchant: str, period: Period) -> Select[str, str, int, int, int, int]:
    ruled = select(1).where(TIMELINE.c.case_id == CASES.c.case_id, TIMELINE.c.type == "after_sale.ruled").exists()
    for_seller = func.coalesce(CASES.c.outcome, "") == AfterSaleOutcome.REJECTED
    each = (
        _each(merchant, CaseKind.AFTER_SALE, period, CASES.c.opened_at)
        .add_columns(
            CASES.c.state["intervention", "asked_at"].as_string().label("asked_at"),
            and_(ruled, ~for_seller).label("for_buyer"),
            and_(ruled, for_seller).label("for_seller"),
        )
        .where(_opened(period), CASES.c.state["demand", "service"].as_string().in_(CLOSING_LINES))
        .subquery()
    )
    return select(
        each.c.month,
        each.c.platform,
        func.count().label("requests"),
        count_if(each.c.asked_at.is_not(None)).label("disputed"),
        count_if(each.c.for_buyer).label("for_buyer"),
        count_if(each.c.for_seller).label("for_seller"),
    ).group_by(each.c.month, each.c.platform)


def _complaints(merchant: str, period: Period) -> Select[str, str, int, int]:
    upheld = CASES.c.state["upheld"].as_boolean()
    each = (
        _each(merchant, CaseKind.COMPLAINT, period, CASES.c.opened_at)
        .add_columns(upheld.label("upheld"))
        .where(_opened(period), or_(CASES.c.state["decides_from"].as_string().is_not(None), upheld.is_not(None)))
        .subquery()
    )
    return select(
        each.c.month,
        each.c.platform,
        func.count().label("complaints"),
        count_if(each.c.upheld.is_(True)).label("complaints_upheld"),
    ).group_by(each.c.month, each.c.platform)


def _each(merchant: str, kind: CaseKind, period: Period, moment: ColumnElement[Any]) -> Select[str, str]:
    return select(china_month(moment).label("month"), CASES.c.platform).where(*touched(merchant, kind, period))


def _opened(period: Period) -> ColumnElement[bool]:
    return and_(CASES.c.opened_at >= period.start, CASES.c.opened_at < period.end)


DISPUTES = ShopReport(
    name="disputes",
    title=Title("退款纠纷", "Disputes"),
    query=(
        "By month and marketplace, of the days asked for: orders (`cases` of kind `order`) by the time they were "
        "completed or closed, those never paid left out; refund requests (`after_sale` with the service "
        f"{_PAY_BACK}) and complaints (`complaint`) by the time they were opened. A request is disputed if the "
        "platform was asked in; who won is in the ruling of its timeline. The rate is of the orders that ended in the "
        "same month, whichever orders the requests belong to, as marketplaces reckon it."
    ),
    rules=("S4-59",),
    columns=(
        Column("month", Title("月份", "Month"), "The month, as far as it lies in the days asked for.", Measure.MONTH),
        Column("platform", Title("平台", "Platform"), "The marketplace.", Measure.TEXT),
        Column("orders", Title("订单数", "Orders"), "Orders completed, or closed after a refund in full."),
        Column("requests", Title("退款申请", "Refund requests"), "Refund requests opened."),
        Column("disputed", Title("纠纷退款", "Disputed refunds"), "Of these, with the platform asked in."),
        Column("for_buyer", Title("支持买家", "For the buyer"), "Of these, ruled for the buyer."),
        Column("for_seller", Title("支持卖家", "For the seller"), "Of these, ruled for the seller."),
        Column("complaints", Title("平台介入投诉", "Complaints"), "Complaints opened that were left to the platform."),
        Column("complaints_upheld", Title("投诉成立", "Complaints upheld"), "Of these, upheld."),
        Column("dispute_rate", Title("退款纠纷率", "Dispute rate"), "`disputed` of `orders`.", Measure.SHARE),
    ),
    rows=_rows,
)
