"""What late shipment costs, worked out from the facts in the order they happened, in the plainest way there is.

Nothing here is shared with `domain.order`: the numbers are those of the rules' text (S2-49, S2-70, S2-84, S2-85).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from domain.order.state import Source
from tests.domain.order.histories import PAYMENT_LIMIT, Happening, History
from tests.domain.orders import PLACED

WITHIN = timedelta(hours=72)
CAMPAIGN = {None: timedelta(days=7), "P5D": timedelta(days=5)}
POINTS, RATE, CAP = 3, Decimal("0.05"), Decimal(30)


def paid_at(history: History) -> datetime | None:
    """When the order was paid in full; in time, where being late would have closed it."""
    paid, moment = Decimal(0), PLACED
    payments = [h for h in history.happenings if h.type == "payment.received"]
    while paid < history.total:
        if not payments:
            return None
        payment = payments.pop(0)
        paid, moment = paid + Decimal(payment.data["amount"]), payment.when
    closes = history.source is not Source.CASH_ON_DELIVERY
    return None if closes and moment > PLACED + PAYMENT_LIMIT else moment


def ship_by(history: History) -> datetime | None:
    """Until when the goods had to be with the carrier; None if that never mattered."""
    paid = paid_at(history)
    if history.source is Source.CASH_ON_DELIVERY:
        return None  # its clock runs from the confirmation with the buyer, which no fact here is
    if paid is None or all(line.made_to_order for line in history.lines):
        return None
    if history.promised_ship_by and history.promised_ship_by > paid:
        return history.promised_ship_by
    if history.campaign:
        return paid + CAMPAIGN[history.campaign.ship_within]
    return paid + WITHIN


def parcels(history: History) -> dict[str, set[str]]:
    """Which lines each parcel carries, one consignment after the other."""
    packed: dict[str, set[str]] = {}
    known = {line.line_id for line in history.lines}
    for consigned in _of("parcel.consigned", history):
        taken = set().union(*packed.values())
        named = set(consigned.data["line_ids"]) & known if consigned.data["line_ids"] else known - taken
        packed.setdefault(consigned.data["tracking_no"], set()).update(named)
    return packed


def with_carrier_at(history: History, line_id: str, *, virtual: bool) -> datetime | None:
    """The first moment at which the carrier had scanned each parcel of a line that was said to have left by then.

    For virtual goods, when they were first said to have left.
    """
    mine = [parcel for parcel, line_ids in parcels(history).items() if line_id in line_ids]
    said = {parcel: min(h.when for h in _of("parcel.consigned", history) if h.parcel == parcel) for parcel in mine}
    if virtual:
        return min(said.values(), default=None)
    scans = [h for h in history.happenings if h.parcel in mine and h.type != "parcel.consigned"]
    for moment in sorted(scan.when for scan in scans):
        scanned = {scan.parcel for scan in scans if scan.when <= moment}
        if {parcel for parcel in mine if said[parcel] <= moment} <= scanned:
            return moment
    return None


def penalty(history: History, now: datetime) -> tuple[int, str]:
    """Points, and yuan to the buyer, as they must stand at this time."""
    due = ship_by(history)
    if due is None or now < due:
        return 0, "0.00"
    late = Decimal(0)
    any_late = False
    for line in history.lines:
        handed_over = with_carrier_at(history, line.line_id, virtual=line.virtual)
        if not line.made_to_order and (handed_over is None or handed_over > due):
            any_late, late = True, late + line.amount
    compensation = min(late * RATE, CAP).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return (POINTS if any_late else 0), str(compensation)


def _of(type_: str, history: History) -> list[Happening]:
    return [happening for happening in history.happenings if happening.type == type_]
