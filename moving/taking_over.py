"""Takes over a shop's orders in flight: opened with their true times, with all that happened to them so far.

What happened is told first and waits in the inbox; then the order is opened, and hears all of it before any clock of
it passes. So it stands where it would stand had it been here from the beginning. Everything is known by its own id:
what was broken off is run again, and goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.events import Rejected
from domain.order.opening import OpenOrder
from domain.policy import Policy
from domain.roles import Role
from moving.outlook import Outlook, look_ahead
from replay.columns import Columns
from replay.facts import events, opening, platform
from replay.merging import parcels
from replay.orders import RecordedOrder
from services.context import Context
from services.errors import ServiceError
from services.events import REJECTED, take_events
from services.opening import open_order, resolve_opening
from store.tokens import Principal

ACCOUNT = "import"
"""Who the timelines of orders taken over name; also the source of the facts told of them."""
ROLES = (Role.ERP, Role.PAYMENT, Role.CARRIER)
AT_ONCE = 100
"""Orders whose facts are told together; as many as fit into one batch of events."""
SIDE_BY_SIDE = 10


@dataclass(frozen=True, slots=True)
class Move:
    """What is moved where.

    Attributes:
        since: from when on Caseline charges what is late; what was late before, the marketplace has charged.
    """

    here: Context
    merchant: str
    shape: Columns
    edition: Policy
    since: datetime

    @property
    def caller(self) -> Principal:
        """Whom the steps of the move are taken as."""
        return Principal(self.merchant, ACCOUNT, ROLES, ())

    def request(self, order: RecordedOrder) -> OpenOrder:
        """The order as it is opened here."""
        return opening(order, self.shape, self.edition).model_copy(update={"charged_since": self.since})


@dataclass(slots=True)
class Moved:
    """What came of it; `not_taken` says of each order that was left where it is, why."""

    opened: int = 0
    there_already: int = 0
    not_taken: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Looked:
    """How orders would stand; `not_taken` says of each that cannot be taken over, why."""

    outlook: list[Outlook] = field(default_factory=list)
    not_taken: dict[str, str] = field(default_factory=dict)


async def take_over(move: Move, orders: Sequence[RecordedOrder], advance: Callable[[int], object]) -> Moved:
    """Opens the orders and tells what happened to them; `advance` hears how many more are done."""
    moved = Moved()
    room = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(order: RecordedOrder) -> None:
        async with room:
            await _open(move, order, moved)
        advance(1)

    for first in range(0, len(orders), AT_ONCE):
        some = orders[first : first + AT_ONCE]
        await _tell(move, some, moved)
        await asyncio.gather(*(one(order) for order in some if order.order_id not in moved.not_taken))
    return moved


async def look_at(move: Move, orders: Sequence[RecordedOrder], advance: Callable[[int], object]) -> Looked:
    """How each order would stand once it is taken over; `advance` hears how many more are. Changes nothing."""
    now = await move.here.clock.now()
    opener = move.caller.acting_as(Role.ERP)
    looked = Looked()
    for order in orders:
        told = events(order, platform(move.shape, move.edition), ACCOUNT)
        try:
            opened = await resolve_opening(move.here, move.request(order), move.merchant, opener, None)
            looked.outlook.append(look_ahead(order.order_id, opened, told, now))
        except ServiceError as error:
            looked.not_taken[order.order_id] = error.detail
        except Rejected as rejected:
            looked.not_taken[order.order_id] = str(rejected)
        advance(1)
    return looked


async def _tell(move: Move, orders: Sequence[RecordedOrder], moved: Moved) -> None:
    """All that happened to some orders; one of which something cannot be told is left where it is."""
    told = [(order, event) for order in orders for event in events(order, platform(move.shape, move.edition), ACCOUNT)]
    taken = await take_events(move.here, move.caller, [event for _, event in told]) if told else []
    for (order, _), result in zip(told, taken, strict=True):
        if result.status == REJECTED:
            moved.not_taken[order.order_id] = result.reason or ""


async def _open(move: Move, order: RecordedOrder, moved: Moved) -> None:
    opener = move.caller.acting_as(Role.ERP)
    waits = bool(order.paid_at or parcels(order))
    while True:
        try:
            found = await open_order(move.here, move.caller, opener, move.request(order), facts_wait=waits)
        except ServiceError as error:
            if error.retry_after is not None:  # running cases come first, or something is away for a moment
                await asyncio.sleep(error.retry_after)
                continue
            moved.not_taken[order.order_id] = error.detail
            return
        if found.created:
            moved.opened += 1
        else:
            moved.there_already += 1
        return
