"""Why buyers did not pay, as they told those who called them (S2-42, S2-45)."""

from datetime import date

from sqlalchemy import Connection, case, distinct, func, select

from domain.case.work import WorkState
from domain.order.payment.reminders import PAYMENT_REMINDER
from domain.order.people.interactions import UnpaidReason
from store.reports.shape import Column, Measure, Period, Row, ShopReport, Title
from store.reports.sql import china_day
from store.tables import BUYERS, WORK_ITEMS

_REASONS = ", ".join(f"`{reason}`" for reason in UnpaidReason)


def _rows(tx: Connection, merchant: str, period: Period) -> list[Row]:
    reason = WORK_ITEMS.c.data["reason"].as_string()
    answers = (
        select(
            china_day(WORK_ITEMS.c.done_at).label("day"),
            func.coalesce(reason, case((WORK_ITEMS.c.outcome == "not_wanted", UnpaidReason.NOT_WANTED))).label(
                "reason"
            ),
            func.coalesce(BUYERS.c.buyer_id, WORK_ITEMS.c.case_id).label("buyer"),
            WORK_ITEMS.c.data["promised_pay_at"].as_string().label("promised_pay_at"),
        )
        .outerjoin(BUYERS, BUYERS.c.case_id == WORK_ITEMS.c.case_id)
        .where(
            WORK_ITEMS.c.merchant == merchant,
            WORK_ITEMS.c.type == PAYMENT_REMINDER,
            WORK_ITEMS.c.state == WorkState.DONE,
            WORK_ITEMS.c.outcome.in_(("reached", "not_wanted")),
            WORK_ITEMS.c.done_at >= period.start,
            WORK_ITEMS.c.done_at < period.end,
        )
        .subquery()
    )
    buyers = func.count(distinct(answers.c.buyer))
    promised = func.count(distinct(case((answers.c.promised_pay_at.is_not(None), answers.c.buyer))))
    query = (
        select(answers.c.day, answers.c.reason, buyers.label("buyers"), promised.label("promised"))
        .where(answers.c.reason.is_not(None))
        .group_by(answers.c.day, answers.c.reason)
        .order_by(answers.c.day, buyers.desc(), answers.c.reason)
    )
    return [
        {"day": date.fromisoformat(row.day), "reason": row.reason, "buyers": row.buyers, "promised": row.promised}
        for row in tx.execute(query)
    ]


UNPAID_REASONS = ShopReport(
    name="unpaid_reasons",
    title=Title("未付款原因", "Reasons for not paying"),
    query=(
        "Calls about payment (`work_items` of type `payment_reminder`) that were done in the period with the outcome "
        "`reached` or `not_wanted`, by the day they were done and the reason in their `data`; without one, "
        "`not_wanted` counts as the reason. A buyer who gives the same reason twice a day counts once. Of each day the "
        "most frequent reason comes first."
    ),
    rules=("S2-42", "S2-45"),
    columns=(
        Column("day", Title("日期", "Day"), "The day of the call.", Measure.DAY),
        Column(
            "reason",
            Title("原因", "Reason"),
            f"What the buyer said (S2-42): {_REASONS}.",
            Measure.TEXT,
        ),
        Column("buyers", Title("买家数", "Buyers"), "How many buyers gave it."),
        Column("promised", Title("承诺付款", "Promised"), "How many of these said when they would pay."),
    ),
    rows=_rows,
)
