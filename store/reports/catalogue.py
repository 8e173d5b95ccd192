"""Every report there is, and how one is answered."""

from sqlalchemy import Connection

from store.reports.after_sale_reasons import AFTER_SALE_REASONS
from store.reports.disputes import DISPUTES
from store.reports.due_deadlines import DUE_DEADLINES
from store.reports.funnel import FUNNEL
from store.reports.interceptions import INTERCEPTIONS
from store.reports.open_cases import OPEN_CASES
from store.reports.payment_reminders import PAYMENT_REMINDERS
from store.reports.ratings import RATINGS
from store.reports.refund_times import REFUND_TIMES
from store.reports.shape import Period, Row, ShopReport
from store.reports.ship_times import SHIP_TIMES
from store.reports.unpaid_reasons import UNPAID_REASONS

REPORTS: dict[str, ShopReport] = {
    report.name: report
    for report in (
        FUNNEL,
        UNPAID_REASONS,
        PAYMENT_REMINDERS,
        SHIP_TIMES,
        REFUND_TIMES,
        AFTER_SALE_REASONS,
        INTERCEPTIONS,
        DISPUTES,
        RATINGS,
        OPEN_CASES,
        DUE_DEADLINES,
    )
}


def report_rows(tx: Connection, merchant: str, report: ShopReport, period: Period) -> list[Row]:
    """The lines of a report for one shop."""
    return report.rows(tx, merchant, period)
