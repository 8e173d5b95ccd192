"""The report: what it counts, sums and sorts by weekday."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

from rich.console import Console

from domain.policy import policy
from replay.columns import Columns
from replay.findings import PlayedOrder
from replay.orders import RowReason, SetAside
from replay.reading import OrderLog
from replay.report import Played, ReplayReport, percentile, report
from replay.show import show

MONDAY = datetime(2018, 1, 8, 12, 0, tzinfo=UTC)


def played_order(order_id: str = "A1", paid_at: datetime | None = MONDAY, **changes: Any) -> PlayedOrder:
    ordinary = PlayedOrder(
        order_id=order_id,
        line=2,
        placed_at=MONDAY,
        paid_at=paid_at,
        picked_up_at=MONDAY + timedelta(hours=10),
        signed_at=MONDAY + timedelta(days=1),
        amount=Decimal(100),
        hours_to_pick_up=10.0,
        stage="completed",
        outcome="completed",
        open=False,
        owed=True,
        late=False,
        points=0,
        compensation=Decimal(0),
        never_shipped=False,
        closed_unpaid=False,
        auto_confirmed=True,
        confirmed_unsigned=False,
        tracking_stalled=False,
        suspected_fake_shipment=False,
    )
    return ordinary.model_copy(update=changes)


def late(order_id: str, hours: float | None, compensation: str, **changes: Any) -> PlayedOrder:
    penalty = {"late": True, "points": 3, "compensation": Decimal(compensation), "hours_to_pick_up": hours}
    return played_order(order_id, **changes).model_copy(update=penalty)


def reported(
    orders: list[PlayedOrder], set_aside: tuple[SetAside, ...] = (), shape: Columns | None = None
) -> ReplayReport:
    log = OrderLog(set_aside=list(set_aside))
    return report(Played("log.csv", log, shape or Columns(), policy("taobao-2012"), orders, seconds=1.24))


def test_late_shipments_are_counted_and_summed_with_those_never_shipped() -> None:
    """Points and compensation add up; what was closed as unpaid owed no shipment."""
    found = reported(
        [
            played_order(),
            late("A2", 90.0, "5.00"),
            late("A3", None, "30.00", never_shipped=True, open=True),
            played_order("A4", owed=False, closed_unpaid=True),
            played_order("A5", owed=False, closed_unpaid=True, paid_at=None),
        ]
    )
    shipments = found.late_shipments
    assert (shipments.owed, shipments.late, shipments.never_shipped) == (3, 2, 1)
    assert (shipments.points, shipments.compensation) == (6, Decimal("35.00"))
    assert (found.closed_unpaid, found.paid_after_closing, found.still_open) == (2, 1, 1)


def test_hours_to_pick_up_leave_out_orders_that_owed_no_shipment() -> None:
    """A parcel sent for an order that was already closed says nothing about how fast the shop ships."""
    found = reported([late(str(n), float(n), "1.00") for n in range(1, 101)] + [played_order("x", owed=False)])
    hours = found.hours_to_pick_up
    assert (hours.orders, hours.p50, hours.p90, hours.p99, hours.longest) == (100, 50, 90, 99, 100)


def test_a_percentile_is_a_value_that_was_measured() -> None:
    """Nearest rank; of nothing there is none."""
    assert percentile([], 50) is None
    assert [percentile([7.0], percent) for percent in (1, 50, 100)] == [7.0, 7.0, 7.0]
    assert percentile([1.0, 2.0, 3.0], 50) == 2.0


def test_weekdays_are_those_of_the_payment_in_the_zone_of_the_log() -> None:
    """01:00 UTC on a Tuesday is still Monday evening in São Paulo."""
    found = reported([late("A1", 90.0, "5.00", paid_at=datetime(2018, 1, 9, 1, 0, tzinfo=UTC))])
    assert [(day.day, day.paid, day.late) for day in found.weekdays if day.paid] == [("Monday", 1, 1)]


def test_rows_set_aside_are_counted_by_reason_and_listed() -> None:
    """Each reason with its sentence, each row with its line."""
    rows = tuple(SetAside(line=n, order_id="", reason=RowReason.AMOUNT_MISSING) for n in (3, 9))
    found = reported([played_order()], (*rows, SetAside(line=4, order_id="B", reason=RowReason.PLACED_MISSING)))
    assert [(count.reason, count.rows) for count in found.set_aside_by_reason] == [
        (RowReason.AMOUNT_MISSING, 2),
        (RowReason.PLACED_MISSING, 1),
    ]
    assert [row.line for row in found.set_aside] == [3, 9, 4]
    assert found.rows == 3


def test_notes_say_what_the_log_cannot_tell() -> None:
    """Without the seller's word no shipment can be fake; with its column there is no such note."""
    without = reported([played_order()])
    columns = Columns().columns.model_copy(update={"consigned_at": "said_shipped"})
    with_word = reported([played_order()], shape=Columns(columns=columns))
    assert len(without.notes) == len(with_word.notes) + 1
    assert any("taken as yuan" in note for note in without.notes)


def test_a_report_without_a_single_paid_order_can_be_shown() -> None:
    """No shares of nothing, no percentiles of nothing."""
    console = Console(file=StringIO(), width=120)
    show(reported([played_order(owed=False, closed_unpaid=True, hours_to_pick_up=None)]), console)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "Closed as unpaid" in shown
    assert "Hours to pick-up" not in shown
