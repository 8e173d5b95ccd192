"""What becomes of orders from placing on, and how many are lost on the way (S2-01)."""

from datetime import date

from sqlalchemy import Connection, and_, func, or_, select

from domain.case.ids import CaseKind
from domain.order.state import OrderOutcome, OrderStage
from store.reports.shape import Column, Measure, Period, Row, ShopReport, Title, share
from store.reports.sql import at_the_door, china_day, count_if, touched, within
from store.tables import CASES


def _rows(tx: Connection, merchant: str, period: Period) -> list[Row]:
    placed_at = CASES.c.state["placed_at"].as_string()
    orders = (
        select(
            china_day(placed_at).label("day"),
            CASES.c.state["source"].as_string().label("source"),
            at_the_door().label("at_the_door"),
            CASES.c.stage,
            func.coalesce(CASES.c.outcome, "").label("outcome"),
        )
        .where(*touched(merchant, CaseKind.ORDER, period), within(period, placed_at))
        .subquery()
    )
    later = orders.c.at_the_door
    received = or_(
        orders.c.stage.in_((OrderStage.DELIVERED, OrderStage.COMPLETED)), orders.c.outcome == OrderOutcome.REFUNDED
    )
    past_payment = and_(orders.c.stage != OrderStage.AWAITING_PAYMENT, orders.c.outcome != OrderOutcome.UNPAID)
    paid = or_(and_(later, received), and_(~later, past_payment))
    query = (
        select(
            orders.c.day,
            orders.c.source,
            func.count().label("placed"),
            count_if(paid).label("paid"),
            *(count_if(orders.c.outcome == outcome).label(outcome) for outcome in OrderOutcome),
        )
        .group_by(orders.c.day, orders.c.source)
        .order_by(orders.c.day, orders.c.source)
    )
    return [
        {
            "day": date.fromisoformat(row.day),
            "source": row.source,
            "placed": row.placed,
            "paid": row.paid,
            "unpaid": row.unpaid,
            "cancelled": row.cancelled,
            "refunded": row.refunded,
            "completed": row.completed,
            "lost_share": share(row.unpaid + row.cancelled + row.refunded, row.placed),
        }
        for row in tx.execute(query)
    ]


FUNNEL = ShopReport(
    name="funnel",
    title=Title("订单流失", "From placed to completed"),
    query=(
        "Orders (`cases` of kind `order`) that were placed in the period, by the day they were placed and how they "
        "came about, as they stand now. Cash on delivery counts as paid once it is delivered. Lost is what was closed: "
        "never paid, cancelled, or refunded in full before completion. Younger orders may still be lost."
    ),
    rules=("S2-01",),
    columns=(
        Column("day", Title("下单日期", "Day placed"), "The day the buyer placed the order.", Measure.DAY),
        Column(
            "source",
            Title("来源", "Source"),
            "`inquiry`, `silent`, `cash_on_delivery` or `remittance` (S2-03).",
            Measure.TEXT,
        ),
        Column("placed", Title("下单", "Placed"), "Orders placed."),
        Column("paid", Title("付款", "Paid"), "Of these, paid in full, also if refunded later."),
        Column("unpaid", Title("未付款关闭", "Closed unpaid"), "Of these, closed without payment."),
        Column(
            "cancelled",
            Title("取消", "Cancelled"),
            "Of these, cancelled: cash on delivery that the buyer declined, or a refund in full in JD's words (S3-02).",
        ),
        Column("refunded", Title("全额退款", "Refunded"), "Of these, closed after a refund in full."),
        Column("completed", Title("交易成功", "Completed"), "Of these, completed."),
        Column(
            "lost_share",
            Title("流失率", "Lost"),
            "`unpaid`, `cancelled` and `refunded` together, of `placed`.",
            Measure.SHARE,
        ),
    ),
    rows=_rows,
)
