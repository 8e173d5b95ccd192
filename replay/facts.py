"""What a shop's systems would have told Caseline of a recorded order: its opening, and its facts as CloudEvents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.events import Reported, read_event
from domain.order.opening import Buyer, OpenedOrder, OpenOrder, OrderLine, accept_opening
from domain.policy import Platform, Policy
from domain.roles import Actor, Role
from replay.columns import Columns
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
    """The order as a client opens it: one line that was paid what is not freight."""
    line = OrderLine(
        line_id=ONLY_LINE,
        sku=order.sku[:64] or order.order_id,
        title=order.title[:200] or shape.constants.title,
        category=shape.constants.category,
        quantity=order.quantity,
        amount=order.amount - order.freight,
    )
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
        source=shape.constants.source,
        placed_at=order.placed_at,
        lines=[line],
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
    for event in events(order, platform(shape, edition), MERCHANT):
        at = datetime.fromisoformat(event["time"])
        heard_at = max(at, _announced_at(order) or at) if event["subject"].startswith("parcel/") else at
        found.append(Heard(heard_at, read_event(event, MERCHANT, REPORTERS, at)))
    return sorted(found, key=lambda heard: heard.at)


def events(order: RecordedOrder, platform: Platform, source: str) -> list[dict[str, Any]]:
    """What happened to the order, as CloudEvents of that source."""
    parcel = {"carrier": order.carrier, "tracking_no": order.waybill}
    about_order = f"order/{platform}/{order.order_id}"
    about_parcel = f"parcel/{order.carrier}/{order.waybill}"
    told: list[tuple[str, str, datetime | None, dict[str, Any]]] = [
        ("payment.received", about_order, order.paid_at, {"amount": str(order.amount)}),
        ("parcel.consigned", about_order, _announced_at(order), {**parcel, "line_ids": [ONLY_LINE]}),
        ("parcel.picked_up", about_parcel, order.picked_up_at, {}),
        ("parcel.signed", about_parcel, order.signed_at, {}),
    ]
    return [
        {
            "specversion": "1.0",
            "id": f"{order.order_id}-{type_}",
            "source": source,
            "type": type_,
            "subject": subject,
            "time": at.isoformat(),
            "data": data,
        }
        for type_, subject, at, data in told
        if at
    ]


def _announced_at(order: RecordedOrder) -> datetime | None:
    """When the seller said that it is shipped; else the pick-up's time stands for it."""
    return order.consigned_at or order.picked_up_at
