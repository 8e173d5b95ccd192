"""How long buyers wait for their money, from asking for it (S4-59)."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import Connection, func, select

from domain.after_sale.services import CLOSING_LINES
from domain.case.ids import CaseKind
from domain.case.ledger import EntryKind
from domain.money import ZERO
from store.database import Row as Found
from store.reports.shape import Column, Measure, Period, Row, ShopReport, Title, percentile, share
from store.reports.sql import booked, china_day, tallied, touched
from store.tables import CASES, LEDGER_ENTRIES

_WITHIN = (24, 72)


@dataclass(slots=True)
class _Tally:
    """What is counted of a day and platform; `took`: how long each request took that was paid."""

    requests: int = 0
    amount: Decimal = ZERO
    took: list[timedelta] = field(default_factory=list)

    def add(self, found: Found) -> None:
        """Counts one request; what was paid and taken back again is not paid."""
        self.requests += 1
        self.amount += found.amount
        if found.amount > ZERO:
            self.took.append(found.paid_at - found.opened_at)

    def row(self) -> Row:
        """As it is reported."""
        within: dict[str, Decimal | None] = {
            f"within_{hours}h": share(sum(took <= timedelta(hours=hours) for took in self.took), len(self.took))
            for hours in _WITHIN
        }
        return {
            "requests": self.requests,
            "refunded": len(self.took),
            "amount": self.amount,
            "median_hours": percentile(self.took, 50),
            "p90_hours": percentile(self.took, 90),
            **within,
        }


def _rows(tx: Connection, merchant: str, period: Period) -> list[Row]:
    paid_at = (
        select(func.min(LEDGER_ENTRIES.c.at))
        .where(LEDGER_ENTRIES.c.case_id == CASES.c.case_id, LEDGER_ENTRIES.c.kind == EntryKind.REFUND)
        .scalar_subquery()
    )
    query = select(
        china_day(CASES.c.opened_at).label("day"),
        CASES.c.platform,
        CASES.c.opened_at,
        paid_at.label("paid_at"),
        booked(CASES.c.case_id, kinds=(EntryKind.REFUND,)).label("amount"),
    ).where(
        *touched(merchant, CaseKind.AFTER_SALE, period),
        CASES.c.opened_at >= period.start,
        CASES.c.opened_at < period.end,
        CASES.c.state["demand", "service"].as_string().in_(CLOSING_LINES),
    )
    return tallied(tx, query, _Tally)


REFUND_TIMES = ShopReport(
    name="refund_times",
    title=Title("退款时效", "Refund times"),
    query=(
        "Refund requests (`cases` of kind `after_sale` with the service "
        f"{' or '.join(f'`{service}`' for service in CLOSING_LINES)}) that were opened in the period, by the day and "
        "the marketplace. One is refunded if `ledger_entries` of kind `refund` stand in its case; the first of them "
        "says when. Younger requests may still be refunded."
    ),
    rules=(),
    columns=(
        Column("day", Title("申请日期", "Day asked"), "The day the buyer asked for the money.", Measure.DAY),
        Column("platform", Title("平台", "Platform"), "The marketplace.", Measure.TEXT),
        Column("requests", Title("退款申请", "Refund requests"), "Refund requests opened."),
        Column("refunded", Title("已退款", "Refunded"), "Of these, refunded."),
        Column("amount", Title("退款金额", "Amount"), "What was paid back for them, yuan.", Measure.YUAN),
        Column(
            "median_hours",
            Title("退款时长中位数", "Median hours"),
            "Hours from asking to the first payment, half of the refunded ones took no longer.",
            Measure.HOURS,
        ),
        Column(
            "p90_hours",
            Title("九成退款时长", "90th percentile"),
            "Hours from asking to the first payment, nine in ten of the refunded ones took no longer.",
            Measure.HOURS,
        ),
        *(
            Column(
                f"within_{hours}h",
                Title(f"{hours} 小时退款率", f"Within {hours} h"),
                f"Share of the refunded ones that were paid within {hours} hours.",
                Measure.SHARE,
            )
            for hours in _WITHIN
        ),
    ),
    rows=_rows,
)
