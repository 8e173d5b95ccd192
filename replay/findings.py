"""What became of each played order, read from its case."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from domain.case.deadline import DeadlineState, find
from domain.case.ledger import EntryKind, net
from domain.money import Yuan
from domain.order.parcels.clock import SUSPECTED_FAKE_SHIPMENT, TRACKING_STALLED
from domain.order.receipt.clock import AUTO_CONFIRM
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.handover import unshipped
from domain.order.state import OrderOutcome, OrderState
from replay.orders import RecordedOrder


class PlayedOrder(BaseModel):
    """One order: its times as recorded, and how its case ended.

    Attributes:
        amount, compensation: in the log's currency, taken as yuan.
        hours_to_pick_up: from payment to the carrier's pick-up, in real hours.
        owed: paid in time, so that its ship deadline ran.
        never_shipped: owed, and the carrier never had it.
        auto_confirmed: receipt was confirmed by timeout; `confirmed_unsigned`: before it was signed for, or never was.
    """

    model_config = ConfigDict(frozen=True)

    order_id: str
    line: int
    placed_at: datetime
    paid_at: datetime | None
    picked_up_at: datetime | None
    signed_at: datetime | None
    amount: Yuan
    hours_to_pick_up: float | None
    stage: str
    outcome: str | None
    open: bool
    owed: bool
    late: bool
    points: int
    compensation: Yuan
    never_shipped: bool
    closed_unpaid: bool
    auto_confirmed: bool
    confirmed_unsigned: bool
    tracking_stalled: bool
    suspected_fake_shipment: bool


def found(recorded: RecordedOrder, played: RecordedOrder, state: OrderState) -> PlayedOrder:
    """What the case says.

    Args:
        recorded: the order as the log has it.
        played: the same with its times in UTC.
        state: its case, after every clock ran out.
    """
    ship_by, auto_confirm = find(state.deadlines, SHIP_BY), find(state.deadlines, AUTO_CONFIRM)
    owed = ship_by is not None and not state.closed_at
    auto_confirmed = auto_confirm is not None and auto_confirm.state is DeadlineState.ELAPSED
    tasks = {item.type for item in state.work_items}
    return PlayedOrder(
        order_id=recorded.order_id,
        line=recorded.line,
        placed_at=recorded.placed_at,
        paid_at=recorded.paid_at,
        picked_up_at=recorded.picked_up_at,
        signed_at=recorded.signed_at,
        amount=recorded.amount,
        hours_to_pick_up=_hours(played.paid_at, played.picked_up_at),
        stage=state.stage,
        outcome=state.outcome,
        open=state.open,
        owed=owed,
        late=owed and ship_by is not None and ship_by.state is DeadlineState.ELAPSED,
        points=int(net(state.ledger, EntryKind.LATE_SHIPMENT_POINTS)),
        compensation=net(state.ledger, EntryKind.LATE_SHIPMENT_COMPENSATION),
        never_shipped=owed and bool(unshipped(state)),
        closed_unpaid=state.outcome == OrderOutcome.UNPAID,
        auto_confirmed=auto_confirmed,
        confirmed_unsigned=auto_confirmed and _unsigned(played.signed_at, state.completed_at),
        tracking_stalled=TRACKING_STALLED in tasks,
        suspected_fake_shipment=SUSPECTED_FAKE_SHIPMENT in tasks,
    )


def _hours(paid_at: datetime | None, picked_up_at: datetime | None) -> float | None:
    """The times in UTC."""
    if paid_at is None or picked_up_at is None:
        return None
    return round((picked_up_at - paid_at).total_seconds() / 3600, 2)


def _unsigned(signed_at: datetime | None, completed_at: datetime | None) -> bool:
    return completed_at is not None and (signed_at is None or signed_at > completed_at)
