"""What late shipment costs, worked out from the facts in the order they happened, in the plainest way there is.

Nothing here is shared with `domain.order`: the numbers are those of the rules' text (S2-49, S2-70, S2-84, S2-85).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from domain.order.state import Source
from tests.domain.order.histories import PAYMENT_LIMIT, Happening, History
from tests.domain.orders import PLACED

WITHIN = timedelta(hours=72)
CAMPAIGN = {None: timedelta(days=7), "P5D": timedelta(days=5)}
POINTS, RATE, CAP = 3, Decimal("0.05"), Decimal(30)


def paid_at(history: History) -> datetime | None:
    """When the order was paid in full; in time, where being late would have closed it (not once goods had left)."""
    paid, moment = Decimal(0), PLACED
    payments = [h for h in history.happenings if h.type == "payment.received"]
    while paid < history.total:
        if not payments:
            return None
        payment = payments.pop(0)
        paid, moment = paid + Decimal(payment.data["amount"]), payment.when
    closed = None if history.source is Source.CASH_ON_DELIVERY else closed_unpaid_at(history)
    return None if closed and moment > closed else moment


def closed_unpaid_at(history: History) -> datetime | None:
    """When being late with the payment closed the order: not while goods were out, which is looked at daily (S4-66)."""
    limit = PLACED + PAYMENT_LIMIT
    again = limit + timedelta(days=1)
    looks = [limit, again, *(back.when for back in _of("parcel.returned", history) if back.when > again)]
    return next((look for look in looks if not is_out(history, look)), None)


def is_out(history: History, moment: datetime) -> bool:
    """Whether goods had left by then and were not back."""
    left = {consigned.parcel for consigned in _of("parcel.consigned", history) if consigned.when <= moment}
    back = {returned.parcel for returned in _of("parcel.returned", history) if returned.when <= moment}
    return not left <= back


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


def parcels_of_units(history: History) -> dict[str, list[str | None]]:
    """For each unit of each line the parcel that carries it, one consignment after the other."""
    units: dict[str, list[str | None]] = {line.line_id: [None] * line.quantity for line in history.lines}
    for consigned in _of("parcel.consigned", history):
        goods = {line["line_id"]: line["quantity"] for line in consigned.data.get("lines", ())}
        for line_id, places in units.items():
            if goods or consigned.data.get("line_ids"):
                count = goods.get(line_id, len(places) if line_id in consigned.data.get("line_ids", ()) else 0)
            else:
                count = len(places)
            free = [place for place, parcel in enumerate(places) if parcel is None]
            for place in free[:count]:
                places[place] = consigned.parcel
    return units


def with_carrier_at(history: History, parcel: str | None, *, virtual: bool) -> datetime | None:
    """When the carrier first scanned a parcel, no mere report; virtual goods: when they were said to have left."""
    told = [h for h in history.happenings if parcel is not None and h.parcel == parcel and h.type != "parcel.exception"]
    return min((h.when for h in told if (h.type == "parcel.consigned") is virtual), default=None)


def penalty(history: History, now: datetime) -> tuple[int, str]:
    """Points, and yuan to the buyer, as they must stand at this time."""
    due = ship_by(history)
    if due is None or now < due:
        return 0, "0.00"
    late = Decimal(0)
    any_late = False
    units = parcels_of_units(history)
    for line in history.lines:
        times = [with_carrier_at(history, parcel, virtual=line.virtual) for parcel in units[line.line_id]]
        missing = sum(time is None or time > due for time in times)
        if missing and not line.made_to_order:
            each = (line.amount / line.quantity).quantize(Decimal("0.01"), ROUND_DOWN)
            any_late, late = True, late + line.amount - each * (line.quantity - missing)
    compensation = min(late * RATE, CAP).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return (POINTS if any_late else 0), str(compensation)


def _of(type_: str, history: History) -> list[Happening]:
    return [happening for happening in history.happenings if happening.type == type_]
