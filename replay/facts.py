"""What a shop's systems would have told Caseline of a recorded order: its opening, and its facts as CloudEvents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.events import Reported, read_event
from domain.order.opening import Buyer, OpenedOrder, OpenOrder, OrderLine, accept_opening
from domain.order.state import Source
from domain.policy import Platform, Policy
from domain.roles import Actor, Role
from replay.columns import Columns
from replay.merging import parcels
from replay.orders import RecordedOrder

MERCHANT = "replay"
REPORTERS = {role: Actor(role=role, account=MERCHANT) for role in (Role.ERP, Role.PAYMENT, Role.CARRIER)}
ONLY_LINE = "1"


@dataclass(frozen=True, slots=True)
class Heard:
    """A fact, and when the case could first hear of it.

    That is when it happened; but a scan of a parcel that the seller has not announced yet waits for the announcement.
    """

    at: datetime
    reported: Reported


def opening(order: RecordedOrder, shape: Columns, edition: Policy) -> OpenOrder:
    """The order as a client opens it: a line a row, together paid what is not freight."""
    lines = [
        OrderLine(
            line_id=_line_id(row),
            sku=row.sku[:64] or order.order_id,
            title=row.title[:200] or shape.constants.title,
            category=shape.constants.category,
            quantity=row.quantity,
            amount=row.goods,
        )
        for row in order.lines
    ]
    buyer = Buyer(
        id=order.buyer_id[:100] or "unknown",
        name=order.buyer_name[:100] or None,
        phone=order.buyer_phone[:40] or None,
        address=order.buyer_address[:500] or None,
        region=order.buyer_region[:40] or None,
    )
    return OpenOrder(
        platform=platform(shape, edition),
        order_id=order.order_id,
        source=Source.CASH_ON_DELIVERY if order.at_the_door else shape.constants.source,
        placed_at=order.placed_at,
        lines=lines,
        freight=order.freight,
        buyer=buyer,
        policy=edition.id,
    )


def accept(request: OpenOrder, edition: Policy, now: datetime) -> OpenedOrder:
    """The accepted opening."""
    return accept_opening(request, MERCHANT, edition.id, None, REPORTERS[Role.ERP], now)


def platform(shape: Columns, edition: Policy) -> Platform:
    """The marketplace of the orders: what the mapping says, else the edition's."""
    return shape.constants.platform or edition.platform


def facts(order: RecordedOrder, shape: Columns, edition: Policy) -> list[Heard]:
    """The order's facts, in the order in which its case hears of them."""
    found = []
    announced = {_about(rows[0]): _left_at(rows) for rows in parcels(order)}
    for event in events(order, platform(shape, edition), MERCHANT):
        at = datetime.fromisoformat(event["time"])
        heard_at = max(at, announced.get(event["subject"], at))
        found.append(Heard(heard_at, read_event(event, MERCHANT, REPORTERS, at)))
    return sorted(found, key=lambda heard: heard.at)


def events(order: RecordedOrder, platform: Platform, source: str) -> list[dict[str, Any]]:
    """What happened to the order, as CloudEvents of that source."""
    about_order = f"order/{platform}/{order.order_id}"
    told = [_event(order, "payment.received", about_order, order.paid_at, {"amount": str(order.amount)}, source)]
    for rows in parcels(order):
        first, about = rows[0], _about(rows[0])
        parcel = {"carrier": first.carrier, "tracking_no": first.waybill, "line_ids": [_line_id(row) for row in rows]}
        which = f"-{first.waybill}" if order.rows else ""
        picked_up = min((row.picked_up_at for row in rows if row.picked_up_at), default=None)
        signed = max((row.signed_at for row in rows if row.signed_at), default=None)
        told += [
            _event(order, "parcel.consigned", about_order, _left_at(rows), parcel, source, which),
            _event(order, "parcel.picked_up", about, picked_up, {}, source, which),
            _event(order, "parcel.signed", about, signed, {}, source, which),
        ]
    return [event for event in told if event]


def _event(
    order: RecordedOrder,
    type_: str,
    subject: str,
    at: datetime | None,
    data: dict[str, Any],
    source: str,
    which: str = "",
) -> dict[str, Any] | None:
    """One CloudEvent, known by its order, its type and its parcel; None: it has not happened."""
    if at is None:
        return None
    return {
        "specversion": "1.0",
        "id": f"{order.order_id}-{type_}{which}",
        "source": source,
        "type": type_,
        "subject": subject,
        "time": at.isoformat(),
        "data": data,
    }


def _about(row: RecordedOrder) -> str:
    return f"parcel/{row.carrier}/{row.waybill}"


def _left_at(rows: Sequence[RecordedOrder]) -> datetime:
    """When the seller said that a parcel left."""
    return min(row.announced_at for row in rows if row.announced_at)


def _line_id(row: RecordedOrder) -> str:
    return row.line_id or ONLY_LINE
