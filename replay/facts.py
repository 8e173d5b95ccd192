"""What a shop's systems would have told Caseline of a recorded order: its opening, and its facts as CloudEvents."""

from __future__ import annotations

from collections.abc import Iterator
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
    """The order as a client opens it: one line that was paid the whole amount, freight nothing."""
    line = OrderLine(
        line_id=ONLY_LINE,
        sku=order.order_id,
        title=shape.constants.title,
        category=shape.constants.category,
        quantity=1,
        amount=order.amount,
    )
    return OpenOrder(
        platform=platform(shape, edition),
        order_id=order.order_id,
        source=shape.constants.source,
        placed_at=order.placed_at,
        lines=[line],
        buyer=Buyer(id=order.buyer_id[:100] or "unknown"),
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
    return sorted(_facts(order, shape, edition), key=lambda heard: heard.at)


def _facts(order: RecordedOrder, shape: Columns, edition: Policy) -> Iterator[Heard]:
    parcel = {"carrier": shape.constants.carrier, "tracking_no": order.order_id}
    about_order = f"order/{platform(shape, edition)}/{order.order_id}"
    about_parcel = f"parcel/{shape.constants.carrier}/{order.order_id}"
    if order.paid_at:
        yield _heard(order, "payment.received", about_order, order.paid_at, {"amount": str(order.amount)})
    announced_at = order.consigned_at or order.picked_up_at
    if announced_at is None:
        return
    yield _heard(order, "parcel.consigned", about_order, announced_at, {**parcel, "line_ids": [ONLY_LINE]})
    for type_, at in (("parcel.picked_up", order.picked_up_at), ("parcel.signed", order.signed_at)):
        if at:
            heard = _heard(order, type_, about_parcel, at, {})
            yield Heard(max(at, announced_at), heard.reported)


def _heard(order: RecordedOrder, type_: str, subject: str, at: datetime, data: dict[str, Any]) -> Heard:
    event = {
        "specversion": "1.0",
        "id": f"{order.order_id}-{type_}",
        "source": MERCHANT,
        "type": type_,
        "subject": subject,
        "time": at.isoformat(),
        "data": data,
    }
    return Heard(at, read_event(event, MERCHANT, REPORTERS, at))
