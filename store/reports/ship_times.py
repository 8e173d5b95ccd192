"""How long goods take from payment to the carrier, whose own records say when they left (S2-84)."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import Connection, func, select

from domain.case.deadline import DeadlineState
from domain.case.ids import CaseKind
from domain.case.ledger import EntryKind
from domain.money import ZERO
from domain.order.shipping.clock import SHIP_BY
from store.database import Row as Found
from store.reports.shape import Column, Measure, Period, Row, ShopReport, Title, percentile, share
from store.reports.sql import booked, china_day, elements, tallied, touched
from store.tables import CASES, DEADLINES, PARCEL_SCANS

_PENALTIES = (EntryKind.LATE_SHIPMENT_POINTS, EntryKind.LATE_SHIPMENT_COMPENSATION)
_WITHIN = (24, 48, 72)


@dataclass(slots=True)
class _Tally:
    """What is counted of a day and platform; `took`: how long each order took that the carrier has."""

    orders: int = 0
    called_off: int = 0
    late: int = 0
    took: list[timedelta] = field(default_factory=list)

    def add(self, found: Found) -> None:
        """Counts one order. Goods that left before the payment, as some do, took no time."""
        self.orders += 1
        self.late += found.penalty > ZERO
        if found.scanned_at is not None:
            self.took.append(max(found.scanned_at - found.started_at, timedelta()))
        elif found.state == DeadlineState.CANCELLED:
            self.called_off += 1

    def row(self) -> Row:
        """As it is reported."""
        to_ship = self.orders - self.called_off
        within: dict[str, Decimal | None] = {
            f"within_{hours}h": share(sum(took <= timedelta(hours=hours) for took in self.took), to_ship)
            for hours in _WITHIN
        }
        return {
            "orders": self.orders,
            "called_off": self.called_off,
            "shipped": len(self.took),
            "late": self.late,
            "median_hours": percentile(self.took, 50),
            "p90_hours": percentile(self.took, 90),
            **within,
            "late_rate": share(self.late, to_ship),
        }


def _rows(tx: Connection, merchant: str, period: Period) -> list[Row]:
    lines = elements(tx, "lines")
    goods = select(1).select_from(lines).where(lines.c.value["virtual"].as_boolean().is_(False)).correlate(CASES)
    scanned_at = select(func.min(PARCEL_SCANS.c.at)).where(PARCEL_SCANS.c.case_id == CASES.c.case_id).scalar_subquery()
    query = (
        select(
            china_day(DEADLINES.c.started_at).label("day"),
            CASES.c.platform,
            DEADLINES.c.started_at,
            DEADLINES.c.state,
            scanned_at.label("scanned_at"),
            booked(CASES.c.case_id, kinds=_PENALTIES).label("penalty"),
        )
        .join(DEADLINES, DEADLINES.c.case_id == CASES.c.case_id)
        .where(
            *touched(merchant, CaseKind.ORDER, period),
            DEADLINES.c.kind == SHIP_BY,
            DEADLINES.c.number == 1,
            DEADLINES.c.started_at >= period.start,
            DEADLINES.c.started_at < period.end,
            goods.exists(),
        )
    )
    return tallied(tx, query, _Tally)


SHIP_TIMES = ShopReport(
    name="ship_times",
    title=Title("发货时效", "Ship times"),
    query=(
        "Orders whose ship deadline (`deadlines` of kind `ship_by`) began in the period: that is when they were paid "
        "in full, cash on delivery when the buyer had confirmed. Custom goods have no such deadline and orders of "
        "virtual goods alone no carrier; both are left out. An order is shipped at its earliest scan in `scans`, the "
        "time in the carrier's own records. It is late if a penalty for late shipment stands in `ledger_entries`. "
        "Shares are of the orders that were to be shipped: `orders` less `called_off`."
    ),
    rules=("S2-84",),
    columns=(
        Column("day", Title("付款日期", "Day paid"), "The day the ship deadline began.", Measure.DAY),
        Column("platform", Title("平台", "Platform"), "The marketplace.", Measure.TEXT),
        Column("orders", Title("付款订单", "Orders"), "Orders paid."),
        Column(
            "called_off", Title("发货前取消", "Called off"), "Of these, refunded or closed before any carrier had them."
        ),
        Column("shipped", Title("已发货", "Shipped"), "Of these, with the carrier."),
        Column("late", Title("延迟发货", "Late"), "Of these, with a penalty for late shipment that stands (S2-85)."),
        Column(
            "median_hours",
            Title("发货时长中位数", "Median hours"),
            "Hours from payment to the first scan, half of the shipped orders took no longer.",
            Measure.HOURS,
        ),
        Column(
            "p90_hours",
            Title("九成发货时长", "90th percentile"),
            "Hours from payment to the first scan, nine in ten of the shipped orders took no longer.",
            Measure.HOURS,
        ),
        *(
            Column(
                f"within_{hours}h",
                Title(f"{hours} 小时发货率", f"Within {hours} h"),
                f"Share that the carrier had within {hours} hours of payment.",
                Measure.SHARE,
            )
            for hours in _WITHIN
        ),
        Column("late_rate", Title("延迟发货率", "Late rate"), "Share that is late (S2-85).", Measure.SHARE),
    ),
    rows=_rows,
)
