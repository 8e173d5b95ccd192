"""What calls about payment bring in, by day and who made them (S2-45)."""

from datetime import date

from sqlalchemy import Connection, func, select

from domain.case.ledger import EntryKind
from domain.case.work import WorkState
from domain.money import ZERO
from domain.order.payment.reminders import PAYMENT_REMINDER
from store.reports.shape import Column, Measure, Period, Row, ShopReport, Title, share
from store.reports.sql import booked, china_day, count_if
from store.tables import LEDGER_ENTRIES, WORK_ITEMS
from store.types import Fen

_OUTCOMES = {
    "reached": (Title("接通", "Reached"), "Calls in which the buyer was reached."),
    "not_wanted": (Title("不要了", "Not wanted"), "Calls in which the buyer did not want the goods any more."),
    "busy": (Title("占线", "Busy"), "Calls that found the line busy."),
    "not_self": (Title("非本人", "Somebody else"), "Calls that somebody else answered."),
    "unreachable": (Title("无法接通", "Unreachable"), "Calls that nobody answered."),
}


def _rows(tx: Connection, merchant: str, period: Period) -> list[Row]:
    calls = (
        select(
            china_day(WORK_ITEMS.c.done_at).label("day"),
            func.coalesce(WORK_ITEMS.c.done_by, "").label("account"),
            WORK_ITEMS.c.case_id,
            WORK_ITEMS.c.outcome,
            WORK_ITEMS.c.done_at,
        )
        .where(
            WORK_ITEMS.c.merchant == merchant,
            WORK_ITEMS.c.type == PAYMENT_REMINDER,
            WORK_ITEMS.c.state == WorkState.DONE,
            WORK_ITEMS.c.done_at >= period.start,
            WORK_ITEMS.c.done_at < period.end,
        )
        .subquery()
    )
    per_order = (
        select(
            calls.c.day,
            calls.c.account,
            calls.c.case_id,
            func.min(calls.c.done_at).label("first_at"),
            func.count().label("calls"),
            *(count_if(calls.c.outcome == outcome).label(outcome) for outcome in _OUTCOMES),
        )
        .group_by(calls.c.day, calls.c.account, calls.c.case_id)
        .subquery()
    )
    paid_after = booked(per_order.c.case_id, LEDGER_ENTRIES.c.at >= per_order.c.first_at, kinds=(EntryKind.PAYMENT,))
    orders = select(per_order, paid_after.label("amount")).subquery()
    sums = [func.sum(orders.c[name]).label(name) for name in ("calls", *_OUTCOMES)]
    query = (
        select(
            orders.c.day,
            orders.c.account,
            *sums,
            func.count().label("orders"),
            count_if(orders.c.amount > ZERO).label("paid"),
            func.sum(orders.c.amount, type_=Fen).label("amount"),
        )
        .group_by(orders.c.day, orders.c.account)
        .order_by(orders.c.day, orders.c.account)
    )
    return [
        {
            "day": date.fromisoformat(row.day),
            "account": row.account,
            **{name: int(getattr(row, name)) for name in ("calls", *_OUTCOMES, "orders", "paid")},
            "success_rate": share(row.paid, row.orders),
            "amount": row.amount,
        }
        for row in tx.execute(query)
    ]


PAYMENT_REMINDERS = ShopReport(
    name="payment_reminders",
    title=Title("催付成效", "Payment reminders"),
    query=(
        "Calls about payment (`work_items` of type `payment_reminder`) that were done in the period, by the day they "
        "were done and the account that did them. An order is paid afterwards if `ledger_entries` of kind `payment` "
        "stand in its case from the account's first call of that day on; an order that two accounts called, or one on "
        "two days, counts with each of them."
    ),
    rules=("S2-45",),
    columns=(
        Column("day", Title("日期", "Day"), "The day of the calls.", Measure.DAY),
        Column("account", Title("帐号", "Account"), "Who called.", Measure.TEXT),
        Column("calls", Title("催付次数", "Calls"), "Calls made, whatever their outcome."),
        *(Column(name, title, means) for name, (title, means) in _OUTCOMES.items()),
        Column("orders", Title("催付订单", "Orders"), "Orders called, each once."),
        Column("paid", Title("付款订单", "Paid"), "Orders of these that paid after the call."),
        Column("success_rate", Title("成功率", "Success rate"), "`paid` of `orders`.", Measure.SHARE),
        Column(
            "amount", Title("付款金额", "Amount paid"), "What these orders paid after the call, yuan.", Measure.YUAN
        ),
    ),
    rows=_rows,
)
